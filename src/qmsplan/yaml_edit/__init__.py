"""Changes to YAML files that keep what the user typed, and the one canonical layout (`fmt`)."""
