"""qmsplan: quality plans as text, official documents and their state as results."""

__version__ = "0.1.0"
