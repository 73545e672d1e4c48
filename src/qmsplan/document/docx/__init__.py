"""Blocks to a Word file, as WordprocessingML written directly (ECMA-376, transitional)."""
