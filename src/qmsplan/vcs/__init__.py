"""What git knows: files of a revision, what changed between two, the commits of a file. It only ever reads."""
