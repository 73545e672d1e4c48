"""What happened, as entries of progress files: an entry from its fields, the file it goes into, that file with it."""
