"""What the partners of a deal see of it, said to the broker: as much as its clients allow."""

import reflex as rx

from salestrekker_portal.ui.data import badge


def what_they_see(allowed: rx.Var, *, private: rx.Var) -> rx.Component:
    """A sentence, and a mark where the clients let partners see nothing."""
    mark = badge("Kept private by the client", tone="warn", icon="eye-off")
    also = rx.cond(
        private,
        ", and are told nothing.",
        ", and the notes and documents that you share with them. No amounts.",
    )
    said = rx.el.p("Partners see ", allowed, also, " Clients choose this under Privacy.", class_name="small muted")
    return rx.fragment(rx.cond(private, rx.el.p(mark), rx.fragment()), said)
