"""Loads what tests share: real servers and browsers, databases, and the people in them."""

pytest_plugins = ["tests.support.fixtures", "tests.support.on_the_stack", "tests.support.world"]
