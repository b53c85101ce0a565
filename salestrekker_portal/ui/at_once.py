"""The place in a built page where the server puts what somebody may see, before any script has run."""

import reflex as rx

# Around what the server replaces: portals/http/first_looks.py.
BEGIN, END = "<!--first-look-->", "<!--/first-look-->"


def first_look_place(waiting: str, *, class_name: str) -> rx.Component:
    """`waiting` is HTML for the time without data. React leaves it alone until it draws the real thing, which is still
    to come: the place is busy."""
    attributes = {"suppressHydrationWarning": True, "aria-busy": "true"}
    return rx.html(f"{BEGIN}{waiting}{END}", class_name=class_name, custom_attrs=attributes)
