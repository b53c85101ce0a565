"""Pieces that the frames of all three portals share."""

from typing import Any, Literal

import reflex as rx

from ..data.marks import count
from ..forms.post import post_form
from ..kinds import Child, Number, Text, given, optional, when
from ..marks import icon, link, outside


def skip_link() -> rx.Component:
    """The first thing that the Tab key finds."""
    return rx.el.a("Skip to the main content", href="#main", class_name="skip-link")


def main(*children: Child, class_name: str = "page") -> rx.Component:
    """The one main landmark of a page; it can take the focus after a change of page."""
    # -1: the skip link and a change of page may put the focus here, the Tab key doesn't stop at it.
    return rx.el.main(*children, id="main", tab_index=-1, class_name=class_name)


def _mark() -> rx.Component:
    return rx.el.svg(
        rx.el.path(d="M3 16.5l5.2-10 3.6 6.2 2.2-3.4 4 7.2"),
        rx.el.path(d="M2 20h20"),
        view_box="0 0 24 24",
        width="20",
        height="20",
        fill="none",
        stroke="currentColor",
        stroke_width="2",
        stroke_linecap="round",
        stroke_linejoin="round",
        aria_hidden="true",
    )


def brand_mark(logo: Text = "") -> rx.Component:
    """The firm's logo in a square, or our own mark while it has none. `logo` is an address."""
    drawn = when(logo, rx.el.img(src=logo, alt=""), _mark()) if given(logo) else _mark()
    return rx.el.span(drawn, class_name="brand-mark", aria_hidden="true")


def brand(*, firm: Text, logo: Text = "", to: Text | None = None) -> rx.Component:
    """Logo and name of the firm; a link when `to` is given."""
    inside = [brand_mark(logo), rx.el.span(firm, class_name="brand-name")]
    return rx.el.span(*inside, class_name="brand") if to is None else link(*inside, to=to, class_name="brand")


def nav_links(
    items: list[tuple[str, str, str, str]],
    *,
    current: Text,
    class_name: str,
    counts: dict[str, Number] | None = None,
) -> list[rx.Component]:
    """Links of a menu: items are (key, words, address, icon or ""); `counts` puts a number beside a key."""
    return [
        link(
            icon(mark, size=20) if mark else rx.fragment(),
            rx.el.span(words),
            _counted(counts, key),
            to=to,
            class_name=class_name,
            aria_current=when(current == key, "page", "false"),
        )
        for key, words, to, mark in items
    ]


def _counted(counts: dict[str, Number] | None, key: str) -> Child:
    number = (counts or {}).get(key)
    # Hidden from the link's name: "Messages" stays "Messages" while two wait, and the title says how many.
    said = rx.el.span(count(number, loud=True), aria_hidden="true") if number is not None else rx.fragment()
    return optional(number, said) if number is not None else said


def page_head(
    *actions: Child, title: Text, lead: Text = "", eyebrow: Text = "", above: Child | None = None
) -> rx.Component:
    """The page's one `h1`, a line under it, and the actions at its right."""
    return rx.el.header(
        rx.el.div(
            above if above is not None else rx.fragment(),
            optional(eyebrow, rx.el.p(eyebrow, class_name="eyebrow")) if given(eyebrow) else rx.fragment(),
            rx.el.h1(title),
            optional(lead, rx.el.p(lead, class_name="page-lead")) if given(lead) else rx.fragment(),
            class_name="page-head-words",
        ),
        rx.el.div(*actions, class_name="button-row") if actions else rx.fragment(),
        class_name="page-head",
    )


def crumbs(items: list[tuple[Text, Text]]) -> rx.Component:
    """Where this page is: (words, address) from the top."""
    return rx.el.nav(
        rx.el.ol(*[rx.el.li(link(words, to=to)) for words, to in items]),
        aria_label="You are here",
        class_name="crumbs",
    )


def sign_out_form(
    *, portal: Literal["broker", "client", "partner"], class_name: str = "menu-item", words: str = "Sign out"
) -> rx.Component:
    """Signing out of one portal is a plain POST: the cookie goes, and the next page loads anew."""
    return post_form(
        rx.el.input(type="hidden", name="portal", value=portal),
        rx.el.button(icon("log-out"), words, type="submit", class_name=class_name),
        action="/session/end",
    )


def theme_button() -> rx.Component:
    """Light or dark, kept on this machine."""
    words = rx.cond(rx.color_mode == "dark", "Light colours", "Dark colours")
    mark = rx.cond(rx.color_mode == "dark", icon("sun"), icon("moon"))
    return rx.el.button(mark, words, type="button", class_name="menu-item", on_click=rx.toggle_color_mode)


def own_menu(
    summary: Child,
    *items: Child,
    portal: Literal["broker", "client", "partner"],
    end: bool = True,
    label: Text = "Your menu",
) -> rx.Component:
    """The menu behind one's own name: the items given, then colours and signing out."""
    from ..overlay.menu import menu

    return menu(*items, theme_button(), sign_out_form(portal=portal), summary=summary, end=end, label=label)


def legal(*children: Child) -> rx.Component:
    """The foot of a page: the firm's address and its documents."""
    return rx.el.footer(rx.el.div(*children, class_name="legal-in"), class_name="legal")


def call_link(*, phone: Text, words: Text | None = None, **props: Any) -> rx.Component:
    """A number to press; `words` stand instead of the number."""
    return outside(
        icon("phone", size=18),
        rx.el.span(phone if words is None else words),
        href=f"tel:{phone}",
        class_name="button is-quiet is-small",
        **props,
    )
