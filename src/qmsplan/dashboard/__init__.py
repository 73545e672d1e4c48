"""The page for a director: the status as one HTML file that needs no server, no network and no scripts."""
