"""What the exit codes mean, everywhere."""

CLEAN = 0
FINDINGS = 1
BROKEN = 2
"""Wrong use, or input that stopped the work."""
INTERRUPTED = 130
PIPE_CLOSED = 141
