"""The Excel form of a unit: what it is asked over a period, written as a workbook, and what it typed, read back."""
