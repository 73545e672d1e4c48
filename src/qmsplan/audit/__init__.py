"""What plans and records answer of each clause of the standard, at which line, with what evidence. For `qmsplan
audit`."""
