"""The dialogs of the workflows page: a stage, a new workflow, and what happens to deals before anything goes."""

import reflex as rx

from salestrekker_portal.domains.workflows.rules import COLOURS, KINDS, MEANING_LIMIT, STAGE_NAME_LIMIT, TITLE_LIMIT
from salestrekker_portal.portals.settings.workflows.state import WorkflowsState as S
from salestrekker_portal.ui import feedback, forms
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.overlay import modal


def dialogs() -> rx.Component:
    """All of them; one at most is open."""
    return rx.fragment(_stage(), _remove_stage(), _add(), _remove())


def _dialog(form: rx.Component, *, id: str, kind: str, title) -> rx.Component:
    return modal(form, id=id, open=S.dialog == kind, on_close=S.close, title=title)


def _form(*children: rx.Component, send, words: str, tone: str = "primary") -> rx.Component:
    foot = rx.el.div(forms.submit(words, tone=tone), forms.button("Cancel", on_click=S.close), class_name="button-row")
    said = optional(S.errors[""], feedback.banner(tone="bad", text=S.errors[""], close=True))
    return rx.el.form(forms.fields(said, *children, foot), on_submit=send, no_validate=True)


def _text(name: str, label: str, *, id: str = "", **more) -> rx.Component:
    return forms.text_input(
        id=id or f"stage-{name}", name=name, label=label, default_value=S.stage[name], error=S.errors[name], **more
    )


def _stage() -> rx.Component:
    form = _form(
        rx.el.input(type="hidden", name="stage", value=S.stage["id"]),
        forms.filled_from(S.stage),
        _text("name", "Name", help="What your team reads.", limit=STAGE_NAME_LIMIT),
        _text(
            "client_name",
            "Client-facing name",
            help="What clients and partners read. Empty: the same name.",
            limit=STAGE_NAME_LIMIT,
        ),
        forms.text_area(
            id="stage-client_meaning",
            name="client_meaning",
            label="What it means, for clients",
            default_value=S.stage["client_meaning"],
            error=S.errors["client_meaning"],
            limit=MEANING_LIMIT,
            optional=True,
        ),
        forms.pair(
            _text("probability_pct", "Probability, per cent", input_mode="numeric"),
            _text("stale_days", "Stale after, days", input_mode="numeric", help="0: never."),
        ),
        forms.select(
            id="stage-colour",
            name="colour",
            label="Colour",
            choices=[(key, words) for key, words in COLOURS.items() if key],
            blank="None",
            default_value=S.stage["colour"],
            error=S.errors["colour"],
        ),
        _stage_tasks(),
        *_stage_ticks(),
        send=S.save_stage,
        words="Save stage",
    )
    title = rx.cond(S.stage["id"] != "", "Change stage", "Add stage")
    return _dialog(form, id="stage", kind="stage", title=title)


def _stage_tasks() -> rx.Component:
    return forms.text_area(
        id="stage-tasks",
        name="tasks",
        label="Tasks when a deal arrives",
        optional=True,
        help="One a line, with the days until it is due: Order the valuation, 3 days. For the deal’s owner.",
        default_value=S.stage["tasks"],
        error=S.errors["tasks"],
    )


def _stage_ticks() -> list[rx.Component]:
    return [
        forms.tick(
            id="stage-read_only",
            name="read_only",
            label="Fact find is read-only",
            note="Clients see their answers and can’t change them. It takes effect at once, on open pages too.",
            default_checked=S.stage["read_only"],
        ),
        forms.tick(
            id="stage-with_lender",
            name="with_lender",
            label="The lender acts next",
            default_checked=S.stage["with_lender"],
        ),
        forms.tick(
            id="stage-milestone",
            name="milestone",
            label="A milestone",
            note="Reports count from one milestone to the next.",
            default_checked=S.stage["milestone"],
        ),
    ]


def _goal(prefix: str) -> rx.Component:
    """Where the deals go."""
    return rx.fragment(
        forms.select(
            id=f"{prefix}-to_stage",
            name="to_stage",
            label="Move the deals to",
            choices=S.targets,
            blank="Choose a stage",
            error=S.errors["to_stage"],
        ),
        forms.tick(
            id=f"{prefix}-goal",
            name="goal",
            value="archive",
            label="Archive the deals instead",
            note="Their clients’ access ends. Archived deals can be brought back.",
        ),
    )


def _remove_stage() -> rx.Component:
    form = _form(
        rx.el.input(type="hidden", name="stage", value=S.stage["id"]),
        rx.el.p(S.stage["name"], ": ", S.stage["facts"], class_name="muted"),
        _goal("remove-stage"),
        send=S.remove_stage,
        words="Delete stage",
        tone="danger",
    )
    return _dialog(form, id="remove-stage", kind="remove_stage", title="Delete this stage?")


def _add() -> rx.Component:
    name = forms.text_input(id="new-name", name="name", label="Name", error=S.errors["name"], limit=TITLE_LIMIT)
    form = _form(name, kind_field("new-kind", "home_loan"), send=S.add, words="Add workflow")
    return _dialog(form, id="add", kind="add", title="Add workflow")


def kind_field(id: str, value) -> rx.Component:
    """What a workflow is for."""
    return forms.select(
        id=id,
        name="kind",
        label="Type",
        choices=list(KINDS.items()),
        blank=None,
        default_value=value,
        help="What the fact find of new deals asks; each deal may be another.",
        error=S.errors["kind"],
    )


def _remove() -> rx.Component:
    form = _form(
        feedback.banner(tone="warn", text="No deal is lost: each moves, or is archived.", close=True, live=False),
        _goal("remove"),
        forms.text_input(
            id="confirm-name", name="name", label="Type “" + S.name + "” to confirm", error=S.errors["name"]
        ),
        send=S.remove,
        words="Delete workflow",
        tone="danger",
    )
    return _dialog(form, id="remove", kind="remove", title="Delete this workflow?")
