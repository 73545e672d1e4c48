"""Text out: the one canonical layout of plans, progress files and settings. Nothing of their meaning changes."""
