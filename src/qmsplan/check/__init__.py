"""Rules run over files: the only place where findings meet lines and columns."""
