"""The language server: what an editor shows and offers while somebody types a plan, a progress file or the settings."""
