"""Word files of any origin held against the official format: `qmsplan check-docx`."""
