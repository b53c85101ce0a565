"""The client's frame: the firm on top, five places to go, tabs at the thumb."""

import reflex as rx

from ..data.marks import avatar
from ..kinds import Child, Number, Text, optional, when
from ..marks import unseen
from .parts import brand, legal, main, nav_links, own_menu, skip_link

NAV = [
    ("dashboard", "Dashboard", "/portal", "house"),
    ("profile", "Profile", "/portal/profile", "user"),
    ("documents", "Documents", "/portal/documents", "file-text"),
    ("messages", "Messages", "/portal/messages", "message-circle"),
    ("privacy", "Privacy", "/portal/privacy", "shield"),
]


def client_frame(
    *children: Child,
    current: Text,
    firm: Text,
    person: Text,
    initials: Text,
    logo: Text = "",
    theme: Text = "",
    address: Text = "",
    saved: Child | None = None,
    contact: Child | None = None,
    band: Child | None = None,
    unread: Number | None = None,
    around: Child | None = None,
) -> rx.Component:
    """A client's page. `saved` (a `saved_mark`) and `contact` (ask the broker) stand at the top right.

    `band` lies across the page under the bar (`feedback.locked_band`); `around` over everything.
    `theme` is the firm's own colour (#rrggbb), for the light look only. `current` is a key of `NAV`;
    `unread` messages are counted beside Messages.
    """
    counts = {"messages": unread} if unread is not None else None
    wide = [(key, words, to, "") for key, words, to, _ in NAV]
    top = rx.el.header(
        rx.el.div(
            brand(firm=firm, logo=logo, to="/portal"),
            rx.el.nav(
                *nav_links(wide, current=current, class_name="topnav-link", counts=counts),
                aria_label="Main",
                class_name="topnav",
            ),
            rx.el.div(
                saved if saved is not None else rx.fragment(),
                contact if contact is not None else rx.fragment(),
                own_menu(
                    rx.fragment(avatar(initials, tone="accent"), unseen(person), unseen(", your menu")), portal="client"
                ),
                class_name="topbar-end",
            ),
            class_name="topbar-in",
        ),
        class_name="topbar",
    )
    tabs = nav_links(NAV, current=current, class_name="tab", counts=counts)
    return rx.el.div(
        skip_link(),
        top,
        band if band is not None else rx.fragment(),
        main(*children),
        legal(rx.el.span(firm, optional(address, rx.el.span(", ", address)))),
        rx.el.nav(*tabs, aria_label="Tabs", class_name="tabbar"),
        around if around is not None else rx.fragment(),
        class_name=["frame roomy client", when(theme, "is-branded")],
        style={"--brand": theme},
    )
