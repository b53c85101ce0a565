"""Bank statements of a deal."""
