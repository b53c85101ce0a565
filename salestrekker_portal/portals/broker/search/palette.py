"""The search in the bar of every broker's page."""

import reflex as rx

from salestrekker_portal.portals.broker.search.state import HEADS, HitShown, SearchState
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon
from salestrekker_portal.ui.overlay.palette import palette, palette_line

# Long enough that a quick writer asks once a word, short enough that nobody waits.
PAUSE_MS = 120


def search_everywhere() -> rx.Component:
    near = rx.el.p("Nothing is spelt so. Names close to it:", class_name="palette-near")
    foot = rx.el.p(
        rx.el.span(rx.el.kbd("↑", class_name="kbd"), rx.el.kbd("↓", class_name="kbd"), " choose"),
        rx.el.span(rx.el.kbd("Enter", class_name="kbd"), " open"),
        rx.el.span(rx.el.kbd("Esc", class_name="kbd"), " close"),
        rx.el.span(rx.el.kbd("?", class_name="kbd"), " on any page: all keys"),
        aria_hidden="true",
        class_name="palette-foot",
    )
    return palette(
        rx.el.p(SearchState.said, role="status", class_name="palette-said"),
        optional(SearchState.near, near),
        rx.el.div(rx.foreach(SearchState.hits, _line), class_name="palette-lines"),
        foot,
        label="Search everywhere",
        placeholder="Search people, deals, documents",
        on_open=SearchState.open,
        on_type=SearchState.search.debounce(PAUSE_MS),
    )


def _line(each: rx.Var[HitShown]) -> rx.Component:
    marks = [(kind.value, icon(mark, size=16)) for kind, (_, mark) in HEADS.items()]
    return rx.fragment(
        optional(each["head"], rx.el.p(each["head"], class_name="palette-group")),
        palette_line(
            to=each["to"],
            title=each["title"],
            note=each["note"],
            mark=rx.match(each["mark"], *marks, icon("arrow-right", size=16)),
        ),
        key=each["id"],
    )
