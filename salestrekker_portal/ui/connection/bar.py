"""The bar that says what is between the page and us."""

import reflex as rx

from ..forms.buttons import button
from ..marks import icon

OFFLINE = "You're offline. What you type is kept and sent when you're back."
UNREACHABLE = "We can't be reached from here right now. What you type is kept and sent when you're back."
WAITING = "Connecting again. What you type is kept."
BLOCKED = "This network is blocking our page"
BLOCKED_MEANS = "What was saved is safe. What you type now stays on this screen until the connection is back."
WHAT_HELPS = (
    "Switch your phone from wi-fi to mobile data.",
    "At work or in a hotel? Their network may not allow live pages. Try at home.",
    "Turn off your VPN or ad blocker for this page.",
)

# Where the client's rewritten code finds what chooses the way in: see portals/events/both_ways.py.
WAYS = rx.asset("./ways.js", shared=True).importable_path


class ConnectionBar(rx.Component):
    """Shows one of its four children: offline, unreachable, waiting, blocked. `lost` says that events don't pass."""

    library = rx.asset("./connection_bar.jsx", shared=True).importable_path
    tag = "ConnectionBar"
    lost: rx.Var[bool]


def connection_bar(lost: rx.Var[bool]) -> rx.Component:
    """The four things that can be so; the script finds out which."""
    return ConnectionBar.create(*bars(), lost=lost)


def bars() -> list[rx.Component]:
    """What each of the four says, in the script's order."""

    def short(sign: str, words: str) -> rx.Component:
        return rx.el.div(icon(sign, size=18), words, class_name="offline-bar")

    return [short("wifi-off", OFFLINE), short("wifi-off", UNREACHABLE), short("refresh-cw", WAITING), _blocked()]


def _blocked() -> rx.Component:
    helps = rx.el.details(
        rx.el.summary("What usually helps"),
        rx.el.ul(*[rx.el.li(each) for each in WHAT_HELPS]),
    )
    again = button("Try again now", small=True, custom_attrs={"data-try-again": ""})
    words = rx.el.div(rx.el.strong(BLOCKED), rx.el.p(BLOCKED_MEANS), helps, class_name="grow")
    return rx.el.div(icon("wifi-off", size=20), words, again, class_name="offline-bar is-blocked")
