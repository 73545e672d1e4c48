"""The command line: the only place that prints, reads the clock, finds files and exits."""
