"""What a page says back: saved, refused, empty, waiting, offline."""

from .fleeting import fleeting
from .marks import offline_bar, saved_mark, toast_region
from .pages import error_page, no_permission, not_found
from .panels import banner, confirm, empty, locked_band
from .skeletons import skeleton_board, skeleton_card, skeleton_form, skeleton_rows

__all__ = [
    "banner",
    "confirm",
    "empty",
    "error_page",
    "fleeting",
    "locked_band",
    "no_permission",
    "not_found",
    "offline_bar",
    "saved_mark",
    "skeleton_board",
    "skeleton_card",
    "skeleton_form",
    "skeleton_rows",
    "toast_region",
]
