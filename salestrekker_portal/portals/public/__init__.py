"""Screens that anybody may open."""
