"""Text in, values out: files to plans, progress and settings, with diagnostics where they are wrong."""
