"""Where a client lands whose session is over: they signed out, their time ran out, or their access ended."""

import reflex as rx

from salestrekker_portal.portals.client.arrival.no_way_in import ask_again, contact_broker, message, revoked
from salestrekker_portal.portals.client.arrival.page import waiting
from salestrekker_portal.portals.client.arrival.state import ArrivalState as S
from salestrekker_portal.portals.pages import page
from salestrekker_portal.ui.forms import link_to_button


@page("/portal/ended", title="Signed out", portal=None, on_load=[S.load_ended])
def ended_page() -> rx.Component:
    back = "To come back, open the link in your newest invitation e-mail and enter your PIN."
    timed_out = (
        "You were away for long enough that we closed your file, to keep it safe. What you typed is kept. " + back
    )
    title = rx.match(
        S.leaving,
        ("timed_out", "Your time here ran out"),
        ("signed_out", "You are signed out"),
        ("still_in", "You are still signed in"),
        "You are not signed in",
    )
    still_in = link_to_button("Go on", to="/portal", tone="primary", wide=True)
    out = message(
        rx.cond(S.leaving == "still_in", still_in, ask_again("Lost the link? Ask for it again")),
        contact_broker(),
        eyebrow=rx.cond(S.leaving == "still_in", "Signed in", "Signed out"),
        title=title,
        lead=rx.match(S.leaving, ("timed_out", timed_out), ("still_in", "Your file is open in this browser."), back),
    )
    return rx.match(S.link_state, ("", waiting()), ("revoked", revoked()), out)
