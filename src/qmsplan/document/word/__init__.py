"""Word files that come back: read without trust, and held against what a plan prints."""
