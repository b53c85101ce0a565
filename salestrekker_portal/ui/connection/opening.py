"""What stands on the screen between a link and the server's first word about where it leads."""

import reflex as rx

from ..beside import beside


class Opening(rx.Component):
    """Shows its child while the address is about something else than `shows`, and hides the page meanwhile.

    `shows` is what the tab shows by the server's word, "" while it has said none; `parts` how many parts of an address
    say what it is about, by its first part (all, where it isn't named).
    """

    library = beside("opening.jsx").importable_path
    tag = "Opening"
    shows: rx.Var[str]
    parts: rx.Var[dict[str, int]]


def opening(*, shows: rx.Var[str], parts: dict[str, int]) -> rx.Component:
    """The cover of a page that hasn't come yet."""
    bones = [rx.el.span(class_name=f"bone {kind}") for kind in ("is-title", "", "is-short", "is-block")]
    words = rx.el.p("Opening…", role="status", class_name="muted")
    return Opening.create(rx.el.div(words, *bones, class_name="opening stack"), shows=shows, parts=parts)
