"""Loads the fixtures that need real servers and browsers; the cast and the sessions live beside their tests."""

pytest_plugins = ["tests.support.fixtures"]
