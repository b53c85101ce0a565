"""The cards of the workflows page about what its stages do by themselves."""

import reflex as rx

from salestrekker_portal.portals.settings.workflows.automation_fields import automation_fields
from salestrekker_portal.portals.settings.workflows.automations_state import AutomationsState as A
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import link
from salestrekker_portal.ui.overlay import ask_first, drawer


def automations() -> rx.Component:
    """What there is, a form for another, the log, and the drawer that changes one."""
    none = rx.el.p("None yet. An automation acts as the deal’s owner and may do what they may.", class_name="muted")
    no_log = rx.el.p("Nothing has run yet.", class_name="muted card-body")
    return rx.fragment(
        data.card(
            rx.cond(
                A.lines.length() > 0, data.rows(rx.foreach(A.lines, _one)), rx.el.div(none, class_name="card-body")
            ),
            title="Automations",
            flush=True,
        ),
        data.card(_add(), title="Add an automation"),
        data.card(
            rx.cond(A.log.length() > 0, data.rows(rx.foreach(A.log, _ran)), no_log),
            title="What automations did",
            flush=True,
        ),
        _change(),
    )


def _add() -> rx.Component:
    return rx.el.form(
        automation_fields("automation", A.errors, narrowed=A.unfolded, longer=A.unfolded),
        rx.el.div(forms.submit("Add automation"), class_name="button-row"),
        on_submit=A.add,
        no_validate=True,
        class_name="fields",
        key="add-automation-" + A.form.to_string(),
    )


def _change() -> rx.Component:
    return drawer(
        rx.el.form(
            rx.el.input(type="hidden", name="automation", value=A.editing, read_only=True),
            forms.filled_from(A.facts),
            forms.fields(automation_fields("changed", A.wrong, A.facts, narrowed=A.narrowed, longer=A.longer)),
            id="change-automation-form",
            on_submit=A.save,
            no_validate=True,
            key="change-automation-" + A.opened.to_string(),
        ),
        id="change-automation",
        open=A.editing != "",
        on_close=A.close,
        title="Change automation",
        foot=rx.fragment(forms.button("Cancel", on_click=A.close), forms.submit("Save", form="change-automation-form")),
    )


def _one(each: rx.Var) -> rx.Component:
    key, what = each["id"].to(str), each["what"].to(str)
    state = rx.cond(each["on"], data.badge("On", tone="ok"), data.badge("Off"))
    words = rx.el.div(
        rx.el.div(rx.el.h3(each["stage"], class_name="row-name"), state, class_name="row is-tight is-wrap"),
        rx.el.p(what),
        optional(each["words"], rx.el.p("“", each["words"], "”", class_name="row-note")),
        class_name="grow breakable",
    )
    switch = rx.cond(
        each["on"],
        forms.button("Switch off", small=True, on_click=A.switch(key, False)),
        rx.cond(
            each["tried"],
            forms.button("Switch on", small=True, tone="primary", on_click=A.switch(key, True)),
            rx.el.span("Try it first", class_name="row-note"),
        ),
    )
    delete = ask_first(
        forms.button("Delete automation", tone="danger", on_click=A.delete(key)),
        press=forms.looks_like_button("Delete", small=True),
        title="Delete this automation?",
        text="It stops at once. What it did stays, and so does the log.",
    )
    change = forms.button("Change", small=True, on_click=A.edit(key), aria_label="Change: " + each["stage"].to(str))
    acts = rx.el.div(switch, change, delete, class_name="row is-tight")
    line = rx.el.div(words, acts, class_name="row is-wrap")
    said = optional(each["said"], feedback.banner(tone="info", text=each["said"], close=True))
    return rx.el.li(rx.el.div(line, _try(key, each["stage"].to(str)), said, class_name="stack"), key=key)


def _try(key: rx.Var, stage: rx.Var) -> rx.Component:
    return rx.el.form(
        rx.el.input(type="hidden", name="automation", value=key),
        forms.select(id="try-" + key, name="deal", label="Try it on a deal", choices=A.deals, blank="Choose a deal"),
        rx.el.div(forms.submit("Try it", tone="second", aria_label="Try it: " + stage), class_name="button-row"),
        on_submit=A.try_on,
        no_validate=True,
        class_name="fields",
    )


def _ran(each: rx.Var) -> rx.Component:
    came = rx.match(
        each["came"],
        ("done", data.badge("Done", tone="ok")),
        ("passed", data.badge("Not for it")),
        data.badge("Not done", tone="warn"),
    )
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.div(link(each["deal"], to=each["to"]), came, class_name="row is-tight is-wrap"),
                rx.el.p(each["result"]),
                rx.el.p(each["about"], class_name="row-note"),
                class_name="grow breakable",
            ),
            class_name="row",
        ),
        key=each["id"],
    )
