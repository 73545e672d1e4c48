"""What answers each clause of the standard, at which line, with what evidence."""
