"""The drawer in which a message to clients gets its words."""

import reflex as rx

from salestrekker_portal.portals.settings.client_portal.messages_state import ClientMessagesState as M
from salestrekker_portal.portals.settings.wording import Said, wording_drawer
from salestrekker_portal.ui import forms
from salestrekker_portal.ui.overlay import ask_first

_SAID = Said(
    reader="client",
    button_to="their page",
    sms_goes="Sent where SMS is ticked. It never has a link: the link and the PIN travel separately.",
)


def wording_dialog() -> rx.Component:
    """Open while a message is being written; a broker's own wording gives way to the firm's."""
    firms = rx.cond(
        M.draft["is_mine"],
        ask_first(
            forms.button("Use the organisation’s", tone="danger", on_click=M.follow(M.draft["key"])),
            press=forms.looks_like_button("Use the organisation’s", tone="quiet"),
            title="Use the organisation’s wording?",
            text="The wording of your own is removed.",
        ),
        rx.fragment(),
    )
    return wording_drawer(M, _SAID, back=firms)
