"""The fields of an automation: where and when, on which deals, and what it does in which order."""

import reflex as rx

from salestrekker_portal.domains.automations.rules import MOST_STEPS, NOTE_LIMIT, field_of
from salestrekker_portal.domains.questions.flows import LOAN_NAMES
from salestrekker_portal.portals.settings.workflows.automations_state import AutomationsState as A
from salestrekker_portal.ui import forms
from salestrekker_portal.ui.kinds import Flag
from salestrekker_portal.ui.marks import icon

LOANS = [(loan.value, words) for loan, words in LOAN_NAMES.items()]
BROUGHT = [("partner", "A partner"), ("own", "Nobody: the firm’s own")]


def automation_fields(
    prefix: str, errors: rx.Var, facts: rx.Var | None = None, *, narrowed: Flag, longer: Flag
) -> rx.Component:
    """Blank for a new one, or as one is. `narrowed` and `longer`: whether the folded parts stand open."""

    def typing(name: str) -> dict:
        value = "" if facts is None else facts[name]
        return {"id": f"{prefix}-{name}", "name": name, "error": errors[name], "default_value": value}

    def step(place: int) -> list[rx.Component]:
        what, words = (typing(field_of(name, place)) for name in ("what", "words"))
        return [
            forms.select(
                label=f"After that, {place + 1}" if place else "What it does",
                choices=A.deeds, blank="Nothing more" if place else "Choose one", **what,
            ),
            forms.text_area(
                label=f"What it says, {place + 1}" if place else "What it says",
                help="What somebody or the client reads; or tasks, one a line: Ring them, 3 days.",
                limit=NOTE_LIMIT, optional=True, rows="2" if place else "3", **words,
            ),
        ]  # fmt: skip

    return rx.fragment(
        forms.pair(
            forms.select(label="Stage", choices=A.stages, **typing("stage")),
            forms.text_input(
                label="Days in the stage",
                help="0 or nothing: two minutes after it arrives.",
                input_mode="numeric",
                **typing("days"),
            ),
        ),
        _folded("Only for some deals", _conditions(typing), open=narrowed),
        *step(0),
        _folded("And then", *[each for place in range(1, MOST_STEPS) for each in step(place)], open=longer),
    )


def _conditions(typing) -> rx.Component:
    """All that are set have to hold."""
    return rx.fragment(
        forms.pair(
            forms.select(label="Type of deal", choices=LOANS, blank="Any", **typing("loan")),
            forms.select(label="Brought by", choices=BROUGHT, blank="Anybody", **typing("brought")),
        ),
        forms.pair(
            forms.money(label="Amount at least", optional=True, **typing("least")),
            forms.money(label="Amount at most", optional=True, **typing("most")),
        ),
        forms.pair(
            forms.select(label="With the label", choices=A.labels, blank="Any or none", **typing("label")),
            forms.select(label="Without the label", choices=A.labels, blank="None in particular", **typing("unlabel")),
        ),
    )


def _folded(summary: str, *children: rx.Component, open: Flag) -> rx.Component:
    return rx.el.details(
        rx.el.summary(icon("chevron-right"), summary),
        rx.el.div(*children, class_name="reveal stack"),
        open=open,
        class_name="help",
    )
