"""The drawer in which a message to clients gets its words."""

import reflex as rx

from salestrekker_portal.portals.settings.client_portal.messages_state import ClientMessagesState as M
from salestrekker_portal.portals.settings.wording import FORM, Said, wording_drawer, wording_fields
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
    form = rx.el.form(
        rx.el.input(type="hidden", name="key", value=M.draft["key"]),
        forms.filled_from(M.draft),
        wording_fields(M, _SAID),
        id=FORM,
        on_submit=M.save,
        no_validate=True,
        key="wording-" + M.form.to_string(),
    )
    return wording_drawer(M, form, back=firms)
