"""Screens of the brokerage’s staff."""
