"""What a select, a menu or a row of chips offers."""

from typing import TypedDict


class Choice(TypedDict):
    """One of several: `value` is sent, `label` is read."""

    value: str
    label: str
