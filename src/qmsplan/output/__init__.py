"""Values to text for people (terminal, Markdown, Word comments) and to data for programs (JSON, CSV, SARIF, xlsx, ics).
Nothing here computes or prints; `cli` does the printing."""
