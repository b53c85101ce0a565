"""A screen of a deal."""
