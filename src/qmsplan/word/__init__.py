"""The one reader of Word files."""
