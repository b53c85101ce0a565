"""Showing what is known."""

from .marks import (
    avatar,
    badge,
    count,
    label,
    labels,
    mark_icon,
    meter,
    person,
    ring,
    status_badge,
    whose_move,
)

__all__ = [
    "avatar",
    "badge",
    "count",
    "label",
    "labels",
    "mark_icon",
    "meter",
    "person",
    "ring",
    "status_badge",
    "whose_move",
]
