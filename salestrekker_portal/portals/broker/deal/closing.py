"""The questions before a deal is settled, or said not to go ahead."""

import reflex as rx

from salestrekker_portal.domains.notes.service import MOST_LETTERS
from salestrekker_portal.domains.pipeline.stopping import OUTCOMES, REASONS
from salestrekker_portal.portals.broker.deal.closing_state import StopDealState
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.ui import feedback, forms
from salestrekker_portal.ui.kinds import Child

S = DealFrameState


def question(title: str, text: rx.Var | str, form: Child, refused: Child) -> rx.Component:
    """A form asked where its button was, with what will happen; who may not is told instead."""
    box = rx.el.div(
        rx.el.p(title, class_name="confirm-title"),
        rx.el.p(text, class_name="confirm-text"),
        form,
        role="group",
        aria_label=title,
        class_name="confirm",
    )
    return rx.cond(S.settle_refusal != "", refused, box)


def _foot(words: str, cancel) -> rx.Component:
    return rx.el.div(
        forms.submit(words, tone="danger"), forms.button("Cancel", on_click=cancel), class_name="button-row"
    )


def _refused(cancel) -> rx.Component:
    return feedback.banner(tone="warn", text=S.settle_refusal, actions=forms.button("Cancel", on_click=cancel))


def settle_question() -> rx.Component:
    """On which day, and anything that the team should know."""
    day = forms.date_input(
        id="settled-on", name="on", label="Settled on", help="Empty for today. For example, 17/4/2026",
        default_value=S.settled_day, error=S.settle_errors["on"], auto_focus=True,
    )  # fmt: skip
    shown = question(
        "Settle this deal?",
        S.settle_warning + "The deal is locked and leaves the board; you can unlock it later.",
        rx.el.form(
            forms.fields(day, _note("settle-note", S.settle_errors["text"])),
            _foot("Settle deal", S.ask("")),
            on_submit=DealFrameState.settle,
            no_validate=True,
        ),
        _refused(S.ask("")),
    )
    return rx.cond(S.asking == "settle", shown, rx.fragment())


def stop_question() -> rx.Component:
    """What happened, why, and a note for the team."""

    def choice(name: str, label: str, choices: dict, **props: bool) -> rx.Component:
        return forms.select(
            id=f"stop-{name}", name=name, label=label, choices=list(choices.items()),
            error=StopDealState.errors[name], **props,
        )  # fmt: skip

    what = {outcome.value: words for outcome, words in OUTCOMES.items()}
    shown = question(
        "Not going ahead?",
        S.settle_warning + "The deal leaves the board with its reason; you can bring it back.",
        rx.el.form(
            forms.fields(
                forms.pair(choice("outcome", "What happened", what, auto_focus=True), choice("reason", "Why", REASONS)),
                _note("stop-note", StopDealState.errors["text"]),
            ),
            _foot("Mark as not going ahead", StopDealState.close),
            on_submit=StopDealState.stop,
            no_validate=True,
        ),
        _refused(StopDealState.close),
    )
    return rx.cond(StopDealState.shown, shown, rx.fragment())


def _note(id: str, error: rx.Var) -> rx.Component:
    return forms.text_area(
        id=id, name="note", label="Note for the team", optional=True, error=error, limit=MOST_LETTERS
    )
