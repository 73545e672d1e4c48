"""What a plan means as bytes and digests, so that a signature can be held against it years later."""
