"""Loads what tests share: real servers and browsers, databases, and the people in them."""

from salestrekker_portal.watching.garbage import leave_out_what_is_there

pytest_plugins = ["tests.support.fixtures", "tests.support.on_the_stack", "tests.support.world"]


def pytest_collection_finish() -> None:
    """Sixteen thousand tests and all that they import: looked through for garbage once, not every few seconds."""
    leave_out_what_is_there()
