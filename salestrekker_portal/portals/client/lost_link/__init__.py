"""Asking for a lost link again."""
