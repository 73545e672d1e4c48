"""Environment variables that switch something; a module of its own, so that asking costs nothing."""

DEBUG = "QMSPLAN_DEBUG"
"""Set it to see the traceback of an error of ours."""
