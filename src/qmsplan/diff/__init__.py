"""What changed in meaning between two versions of a plan, matched by id, never by place."""
