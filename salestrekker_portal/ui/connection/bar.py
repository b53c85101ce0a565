"""The bar that says what is between the page and us."""

import reflex as rx

from ..beside import beside
from ..forms.buttons import button
from ..kinds import Child
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
WAYS = beside("ways.js").importable_path
# And what stamps each event with the page that it was pressed on: portals/events/pressed_here.py.
PRESSED = beside("pressed.js").importable_path
# And what the server may ask of a page: portals/events/deeds.py.
DEEDS = beside("deeds.js").importable_path


class ConnectionBar(rx.Component):
    """Shows one of its four children: offline, unreachable, waiting, blocked. `lost` says that events don't pass."""

    library = beside("connection_bar.jsx").importable_path
    tag = "ConnectionBar"
    lost: rx.Var[bool]


def connection_bar(lost: rx.Var[bool], call: Child | None = None) -> rx.Component:
    """The four things that can be so; the script finds out which. `call` is a way to reach somebody meanwhile."""
    return ConnectionBar.create(*bars(call), lost=lost)


def bars(call: Child | None = None) -> list[rx.Component]:
    """What each of the four says, in the script's order."""
    by_phone = call if call is not None else rx.fragment()

    def short(sign: str, words: str, *more: Child) -> rx.Component:
        return rx.el.div(icon(sign, size=18), rx.el.span(words), *more, class_name="offline-bar")

    return [
        short("wifi-off", OFFLINE, by_phone),
        short("wifi-off", UNREACHABLE, by_phone),
        short("refresh-cw", WAITING),  # over in a moment: nobody should reach for the phone
        _blocked(by_phone),
    ]


def _blocked(by_phone: Child) -> rx.Component:
    helps = rx.el.details(
        rx.el.summary("What usually helps"),
        rx.el.ul(*[rx.el.li(each) for each in WHAT_HELPS]),
    )
    again = button("Try again now", small=True, custom_attrs={"data-try-again": ""})
    words = rx.el.div(rx.el.strong(BLOCKED), rx.el.p(BLOCKED_MEANS), helps, class_name="grow")
    acts = rx.el.div(by_phone, again, class_name="offline-acts")
    return rx.el.div(icon("wifi-off", size=20), words, acts, class_name="offline-bar is-blocked")
