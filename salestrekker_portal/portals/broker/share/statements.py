"""Asking for bank statements with an invitation."""

import reflex as rx

from salestrekker_portal.portals.broker.share.bank_gate import BankGateState as G
from salestrekker_portal.portals.broker.share.state import ShareState as S
from salestrekker_portal.ui.forms import tick
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import link


def statements_field() -> rx.Component:
    """The tick; without a provider it says why it can't be ticked and where that is put right (S0-06)."""
    shut = G.closed != ""
    asked = tick(
        id="statements",
        label=rx.fragment("Ask for bank statements, last ", G.months, " months"),
        note=rx.cond(shut, G.closed, "They connect their bank, or upload files. An e-mail of its own says so."),
        checked=S.statements & ~shut,
        disabled=shut,
        on_change=S.set_statements,
    )
    return rx.fragment(asked, optional(G.fix, link("Activate a provider", to=G.fix, class_name="small")))
