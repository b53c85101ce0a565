"""The partner's frame: which firm, deals and settings, and nothing else."""

import reflex as rx

from ..data.marks import avatar
from ..kinds import Child, Text
from ..marks import unseen
from .parts import brand, main, nav_links, own_menu, skip_link

NAV = [
    ("deals", "Deals", "/partner", "square-kanban"),
    ("results", "Results", "/partner/results", "chart-column"),
    ("settings", "Settings", "/partner/settings", "settings-2"),
]


def partner_frame(
    *children: Child,
    current: Text,
    firm: Text,
    person: Text,
    initials: Text,
    logo: Text = "",
    organisations: Child | None = None,
    saved: Child | None = None,
    around: Child | None = None,
) -> rx.Component:
    """A partner's page. `organisations` replaces the firm's name by a menu when there is more than one."""
    wide = [(key, words, to, "") for key, words, to, _ in NAV]
    own = rx.fragment(
        avatar(initials, tone="warn", size="small"),
        rx.el.span(person, class_name="only-wide"),
        unseen(", your menu"),
    )
    top = rx.el.header(
        rx.el.div(
            organisations if organisations is not None else brand(firm=firm, logo=logo, to="/partner"),
            rx.el.nav(
                *nav_links(wide, current=current, class_name="topnav-link"),
                aria_label="Main",
                class_name="topnav",
            ),
            rx.el.div(
                saved if saved is not None else rx.fragment(),
                own_menu(rx.el.span(own, class_name="button is-quiet is-small"), portal="partner"),
                class_name="topbar-end",
            ),
            class_name="topbar-in",
        ),
        class_name="topbar",
    )
    return rx.el.div(
        skip_link(),
        top,
        main(*children),
        rx.el.nav(*nav_links(NAV, current=current, class_name="tab"), aria_label="Tabs", class_name="tabbar"),
        around if around is not None else rx.fragment(),
        class_name="frame roomy partner",
    )
