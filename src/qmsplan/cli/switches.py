"""Environment variables that switch something; a module of its own, so that asking costs nothing."""

OFF = "QMSPLAN_NO_CACHE"
"""Set it to keep nothing and to believe nothing that was kept."""
DEBUG = "QMSPLAN_DEBUG"
"""Set it to see the traceback of an error of ours."""
