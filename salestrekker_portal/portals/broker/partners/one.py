"""The drawer of one partner: details to change, what they did, or the question before removing them."""

import reflex as rx

from salestrekker_portal.domains.partners.rules import FIRM_LIMIT
from salestrekker_portal.kernel.names import PERSON_LIMIT
from salestrekker_portal.portals.broker.partners.one_state import OnePartnerState as S
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.overlay import drawer


def one_partner() -> rx.Component:
    """Shut until somebody asks for it."""
    title = rx.match(S.shown, ("activity", "Activity of "), ("remove", "Remove "), ("lost", "Lost phone of "), "Edit ")
    body = rx.match(
        S.shown,
        ("edit", _edit()),
        ("activity", _activity()),
        ("remove", _remove()),
        ("lost", _lost()),
        rx.fragment(),
    )
    return drawer(body, id="one-partner", open=S.shown != "", on_close=S.close, title=title.to(str) + S.name)


def _field(name: str, label: str, **more) -> rx.Component:
    return forms.text_input(
        id=f"one-{name}",
        name=name,
        label=label,
        default_value=S.typed[name],
        error=S.errors[name],
        key=S.partner + name,
        **more,
    )


def _edit() -> rx.Component:
    form = rx.el.form(
        rx.el.input(type="hidden", name="partner", value=S.partner, read_only=True),
        forms.filled_from(S.typed),
        forms.fields(
            forms.pair(
                _field("first_name", "First name", limit=PERSON_LIMIT),
                _field("last_name", "Last name", limit=PERSON_LIMIT),
            ),
            _field("phone", "Phone", type="tel", optional=True),
            _field("firm", "Firm", optional=True, limit=FIRM_LIMIT),
            rx.el.p(
                S.email, ": the e-mail can’t be changed. For another one, add a new partner.", class_name="small muted"
            ),
            forms.form_foot(forms.button("Cancel", on_click=S.close), forms.submit("Save")),
        ),
        on_submit=S.save,
        no_validate=True,
    )
    theirs = feedback.banner(rx.el.p(S.refusal), tone="info", title="Theirs to change", live=False)
    return rx.cond(S.refusal != "", theirs, form)


def _activity() -> rx.Component:
    rows = rx.foreach(
        S.deeds,
        lambda each: data.activity_row(
            initials=each["initials"], words=each["words"], when_at=each["at"], exact=each["exact"], key=each["id"]
        ),
    )
    none = rx.el.p("Nothing yet.", class_name="muted")
    return rx.cond(S.deeds.length() > 0, rx.el.div(rows), none)


def _remove() -> rx.Component:
    return feedback.confirm(
        forms.button("Remove partner", tone="danger", on_click=S.remove(S.partner)),
        forms.button("Keep", tone="quiet", on_click=S.close),
        title=rx.Var.create("Remove ") + S.name + "?",
        text="They are out at once and follow none of your deals any more. Their leads, notes and files stay. "
        "To stop them for a while, switch them off instead.",
    )


def _lost() -> rx.Component:
    return feedback.confirm(
        forms.button("Take it away", tone="danger", on_click=S.reset_factor(S.partner)),
        forms.button("Keep", tone="quiet", on_click=S.close),
        title=rx.Var.create("Take the second step of ") + S.name + " away?",
        text="Only once you have spoken to them. Their password alone lets them in again. "
        "They are signed out, and told by e-mail.",
    )
