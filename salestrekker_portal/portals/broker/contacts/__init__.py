"""Everybody the brokerage knows."""
