"""The broker's frame: rail at the left (tabs on the phone), bar on top, and the side list inside a deal."""

from typing import Any

import reflex as rx

from ..data.marks import avatar, count
from ..kinds import Child, Number, Text, given, optional, when
from ..marks import icon, link, unseen
from .parts import brand_mark, main, nav_links, own_menu, skip_link

NAV = [
    ("deals", "Deals", "/board", "square-kanban"),
    ("tasks", "Tasks", "/tasks", "list-checks"),
    ("contacts", "Contacts", "/contacts", "users"),
    ("partners", "Partners", "/partners", "handshake"),
    ("insights", "Insights", "/insights", "chart-column"),
    ("settings", "Settings", "/settings", "settings-2"),
]

DEAL_NAV = [
    ("overview", "Overview", "", "house"),
    ("loans", "Loans and securities", "/loans", "circle-dollar-sign"),
    ("profile", "Client profile", "/profile", "user"),
    ("required", "Required documents", "/required-documents", "file-check"),
    ("documents", "Documents", "/documents", "file"),
    ("bank", "Bank statements", "/bank-statements", "landmark"),
    ("tasks", "Tasks", "/tasks", "list-checks"),
    ("notes", "Notes", "/notes", "sticky-note"),
    ("activity", "Activity", "/activity", "activity"),
    ("share", "Client portal share", "/share", "link"),
]


def _rail(*, current: Text, firm: Text, logo: Text, person: Text, role: Text, initials: Text) -> rx.Component:
    own = rx.fragment(
        avatar(initials, size="small", tone="accent"),
        rx.el.span(
            rx.el.span(person, class_name="rail-own-name"),
            rx.el.span(role, unseen(", your menu"), class_name="rail-own-role"),
            class_name="grow",
        ),
        icon("ellipsis", size=14),
    )
    return rx.el.div(
        rx.el.div(
            rx.el.div(brand_mark(logo), class_name="rail-head"),
            rx.el.nav(
                rx.el.ul(*[rx.el.li(item) for item in nav_links(NAV, current=current, class_name="rail-link")]),
                aria_label="Main",
                class_name="rail-nav",
            ),
            rx.el.div(
                rx.el.div(
                    icon("building-2", size=20),
                    rx.el.span(rx.el.span(firm, class_name="rail-own-name"), class_name="grow"),
                    class_name="rail-own",
                ),
                own_menu(rx.el.span(own, class_name="rail-own"), portal="broker", end=False),
                class_name="rail-foot",
            ),
            class_name="rail-in",
        ),
        class_name="rail",
        role="complementary",
        aria_label="Portal",
    )


def bell(*, unread: Number, to: Text = "/notifications") -> rx.Component:
    """News that waits, with how much of it."""
    return link(
        icon("bell", size=18),
        unseen("Notifications"),
        optional(unread, count(unread, loud=True, meaning="unread")),
        to=to,
        class_name="button is-icon bell",
    )


def _own_small(initials: Text) -> rx.Component:
    # The rail is away on the phone, and signing out must not be.
    return rx.fragment(avatar(initials, size="small", tone="accent"), unseen("Your menu"))


def broker_frame(
    *children: Child,
    current: Text,
    firm: Text,
    person: Text,
    role: Text,
    initials: Text,
    logo: Text = "",
    compact: bool = False,
    search: Child | None = None,
    actions: Child | None = None,
    head: Child | None = None,
    around: Child | None = None,
) -> rx.Component:
    """A broker's page. `search` and `actions` fill the top bar (a bell goes into `actions`).

    `compact` folds the rail to icon above word. `head` stands full-width above the page (a deal's strip).
    `around` lies over everything (dialogs, toasts, the offline bar). `current` is a key of `NAV`.
    """
    bar = rx.el.header(
        search if search is not None else rx.fragment(),
        rx.el.div(
            actions if actions is not None else rx.fragment(),
            rx.el.div(own_menu(_own_small(initials), portal="broker"), class_name="own-narrow"),
            class_name="broker-bar-end",
        ),
        class_name="broker-bar",
    )
    over = rx.el.section(head, aria_label="Deal") if head is not None else rx.fragment()
    tabs = rx.el.nav(*nav_links(NAV, current=current, class_name="tab"), aria_label="Tabs", class_name="tabbar")
    return rx.el.div(
        skip_link(),
        _rail(current=current, firm=firm, logo=logo, person=person, role=role, initials=initials),
        rx.el.div(bar, over, *children, class_name="broker-main"),
        tabs,
        around if around is not None else rx.fragment(),
        class_name="frame dense broker is-compact" if compact else "frame dense broker",
    )


def broker_main(*children: Child) -> rx.Component:
    """The main part of a broker's page that has no side list."""
    return main(*children)


def side_link(*, words: Text, to: Text, mark: str, current: Text | bool, fact: Text = "") -> rx.Component:
    """One line of the list beside a deal; `fact` stands at its end ("5 of 8") and is not part of its name.

    `to` may be relative to the page's address: "../notes".
    """
    end = rx.el.span(fact, class_name="side-fact", aria_hidden="true")
    return link(
        icon(mark),
        rx.el.span(words),
        optional(fact, end) if given(fact) else rx.fragment(),
        to=to,
        custom_attrs={"relative": "path"},
        class_name="side-link",
        aria_current=when(current, "page", "false"),
    )


def deal_frame(
    *children: Child,
    current: str,
    facts: dict[str, Text] | None = None,
    extra: Child | None = None,
) -> rx.Component:
    """Side list and page inside a deal; put it into `broker_frame(compact=True)`.

    `current` is a key of `DEAL_NAV`; `facts` words per key at the end of a line. The links are relative to the
    address of the page, so they are right before the server has said anything about the deal.
    """
    facts = facts or {}
    up = "." if current == "overview" else ".."
    items = [
        rx.el.li(
            side_link(
                words=words,
                to=f"{up}{tail}",
                mark=mark,
                current=key == current,
                fact=facts.get(key, ""),
            ),
            class_name="is-apart" if key == "share" else "",
        )
        for key, words, tail, mark in DEAL_NAV
    ]
    more = rx.el.li(extra) if extra is not None else rx.fragment()
    return rx.el.div(
        rx.el.nav(rx.el.ul(*items, more), aria_label="This deal", class_name="side-nav"),
        main(*children),
        class_name="deal-layout",
    )


def settings_nav(*, items: list[tuple[str, str, str, str]], current: str) -> rx.Component:
    """The list beside a settings page: (key, words, address, icon)."""
    lines = [
        rx.el.li(side_link(words=words, to=to, mark=mark, current=key == current)) for key, words, to, mark in items
    ]
    return rx.el.nav(rx.el.ul(*lines), aria_label="Settings", class_name="side-nav")


def settings_frame(*children: Child, groups: list[tuple[str, list, Any]], current: str) -> rx.Component:
    """A settings page and the list beside it; put it into `broker_frame`.

    `groups` are (heading, items as in `settings_nav`, whether it is there: a flag or a Var).
    """
    lists = [optional(there, _settings_group(heading, items, current)) for heading, items, there in groups]
    return rx.el.div(
        rx.el.nav(*lists, aria_label="Settings", class_name="side-nav is-grouped"),
        main(*children),
        class_name="deal-layout",
    )


def _settings_group(heading: str, items: list[tuple[str, str, str, str]], current: str) -> rx.Component:
    lines = [
        rx.el.li(side_link(words=words, to=to, mark=mark, current=key == current)) for key, words, to, mark in items
    ]
    return rx.fragment(rx.el.p(heading, class_name="side-group"), rx.el.ul(*lines, aria_label=heading))
