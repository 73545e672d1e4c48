"""What changed in meaning between two versions of a plan. Parts are matched by id, never by their place in the file."""
