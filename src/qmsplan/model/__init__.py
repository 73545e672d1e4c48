"""Plans and records as frozen values. No file, line, clock or console is known here."""
