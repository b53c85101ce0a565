"""Everything that is typed into, chosen from or pressed."""

from .buttons import (
    button,
    button_row,
    chip,
    icon_button,
    link_button,
    link_to_button,
    reason_beside,
    segmented_links,
    segmented_radios,
    submit,
)
from .choices import bare_tick, choice_card, choice_cards, switch, tick, ticks, yes_no
from .fields import described_by, field, fields, form_foot, group, help_more, pair, reveal
from .filled_from import filled_from
from .inputs import (
    date_input,
    date_parts,
    money,
    percent,
    search_box,
    select,
    select_options,
    text_area,
    text_input,
)
from .looks import looks_like_button, looks_like_icon_button, looks_like_link
from .mention import PREFIX as TELL_PREFIX
from .mention import tell_someone
from .offers import address_input
from .pin import pin_input

__all__ = [
    "TELL_PREFIX",
    "address_input",
    "bare_tick",
    "button",
    "button_row",
    "chip",
    "choice_card",
    "choice_cards",
    "date_input",
    "date_parts",
    "described_by",
    "field",
    "fields",
    "filled_from",
    "form_foot",
    "group",
    "help_more",
    "icon_button",
    "link_button",
    "link_to_button",
    "looks_like_button",
    "looks_like_icon_button",
    "looks_like_link",
    "money",
    "pair",
    "percent",
    "pin_input",
    "reason_beside",
    "reveal",
    "search_box",
    "segmented_links",
    "segmented_radios",
    "select",
    "select_options",
    "submit",
    "switch",
    "tell_someone",
    "text_area",
    "text_input",
    "tick",
    "ticks",
    "yes_no",
]
