"""What stands around every page: bars, rails, gates, the page's own heading."""

from .broker import bell, broker_frame, broker_main, deal_frame, settings_frame, settings_nav, side_link
from .client import client_frame
from .gate import door, gate_frame, landing_frame
from .partner import partner_frame
from .parts import brand, crumbs, legal, own_menu, page_head, sign_out_form, skip_link

__all__ = [
    "bell",
    "brand",
    "broker_frame",
    "broker_main",
    "client_frame",
    "crumbs",
    "deal_frame",
    "door",
    "gate_frame",
    "landing_frame",
    "legal",
    "own_menu",
    "page_head",
    "partner_frame",
    "settings_frame",
    "settings_nav",
    "side_link",
    "sign_out_form",
    "skip_link",
]
