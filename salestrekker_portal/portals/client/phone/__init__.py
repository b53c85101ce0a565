"""A screen of the client portal."""
