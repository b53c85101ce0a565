"""Links to stored files. They are addresses of the server, not screens: the page's own router must not take them."""

from typing import Any

import reflex as rx


def view_link(*children: rx.Component | rx.Var | str, id: rx.Var[str] | str, **props: Any) -> rx.Component:
    """Show a PDF or a picture in a tab of its own; other kinds are downloaded."""
    href = _address(id) + "?view=1"
    # rx.el.a is the router's link: without reload_document it looks for a screen of that name and finds none.
    return rx.el.a(*children, href=href, reload_document=True, target="_blank", rel="noopener", **props)


def download_link(*children: rx.Component | rx.Var | str, id: rx.Var[str] | str, **props: Any) -> rx.Component:
    """Save the file under its own name, which the server sends."""
    return rx.el.a(*children, href=_address(id), reload_document=True, download=True, **props)


def _address(id: rx.Var[str] | str) -> rx.Var[str]:
    return rx.Var.create("/files/") + rx.Var.create(id).to(str)
