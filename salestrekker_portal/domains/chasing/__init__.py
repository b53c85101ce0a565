"""Reminding clients of what has not come, until it does."""
