"""Showing what is known."""

from .arrived import arrived
from .carried_days import carried_days, carried_months
from .column_width import column_width
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
from .rows import (
    activity_row,
    audience_badge,
    blocker,
    contact_row,
    file_row,
    note,
    preflight_row,
)
from .stages import column, stage, stage_part, stage_strip, stages, tile
from .surfaces import card, fact, facts, row_link, rows, table, totals, totals_line
from .video import video_card

__all__ = [
    "activity_row",
    "arrived",
    "audience_badge",
    "avatar",
    "badge",
    "blocker",
    "card",
    "carried_days",
    "carried_months",
    "column",
    "column_width",
    "contact_row",
    "count",
    "fact",
    "facts",
    "file_row",
    "label",
    "labels",
    "mark_icon",
    "meter",
    "note",
    "person",
    "preflight_row",
    "ring",
    "row_link",
    "rows",
    "stage",
    "stage_part",
    "stage_strip",
    "stages",
    "status_badge",
    "table",
    "tile",
    "totals",
    "totals_line",
    "video_card",
    "whose_move",
]
