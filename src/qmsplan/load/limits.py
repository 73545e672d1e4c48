"""How much a file may hold, and what means nothing in it: the same for every reader."""

from __future__ import annotations

LARGEST = 1024 * 1024
"""Bytes of a file."""
DEEPEST = 20
"""Containers inside each other."""
MOST_NODES = 200_000
"""Keys and values."""
LONGEST_SCALAR = 20_000
"""Characters of one text."""
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""Plain texts that mean no value."""
