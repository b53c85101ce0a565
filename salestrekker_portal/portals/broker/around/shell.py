"""The broker's page: rail, bar with "Add deal", notices, and the drawer that adds a deal."""

import reflex as rx

from salestrekker_portal.portals.broker.add_deal.drawer import add_deal_button, add_deal_drawer
from salestrekker_portal.portals.broker.around.bell_state import BellState
from salestrekker_portal.portals.broker.around.keys import GO, SECTIONS
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.broker.moving.dialog import moved_notice, moving_dialog
from salestrekker_portal.portals.broker.search.palette import search_everywhere
from salestrekker_portal.portals.shared.live_signal import bell_signal
from salestrekker_portal.portals.shared.notice_region import notice_region
from salestrekker_portal.portals.shared.proof_dialog import proof_dialog
from salestrekker_portal.ui import frame
from salestrekker_portal.ui.kinds import Child
from salestrekker_portal.ui.overlay.keys import keys_sheet


def broker_page(
    *children: Child, current: str, compact: bool = False, head: Child | None = None, around: Child | None = None
) -> rx.Component:
    """A page of the brokerage; its `on_load` begins with `ShellState.load`.

    `current` is "deals", "contacts" or "partners"; `compact` folds the rail; `head` stands full-width above.
    """
    return frame.broker_frame(
        *children,
        current=current,
        firm=ShellState.firm,
        person=ShellState.person,
        role=ShellState.role,
        initials=ShellState.initials,
        compact=compact,
        search=search_everywhere(),
        head=head,
        actions=rx.fragment(add_deal_button(), _bell()),
        around=rx.fragment(
            add_deal_drawer(),
            keys_sheet(SECTIONS, go=GO),
            around if around is not None else rx.fragment(),
            moving_dialog(),
            proof_dialog(),
            notice_region(),
            moved_notice(),
        ),
    )


def _bell() -> rx.Component:
    """Read when the page is there, so that no page waits for it; afterwards whenever it rings."""
    return rx.fragment(
        rx.el.span(frame.bell(unread=BellState.unread), on_mount=BellState.load, class_name="bell-place"),
        bell_signal(on_change=BellState.load),
    )
