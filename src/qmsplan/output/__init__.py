"""Values to text. Nothing here computes, prints or knows a file system."""
