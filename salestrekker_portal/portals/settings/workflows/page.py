"""Settings, Workflows and stages."""

import reflex as rx

from salestrekker_portal.domains.workflows.rules import TITLE_LIMIT
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.portals.settings.workflows.automations import automations
from salestrekker_portal.portals.settings.workflows.automations_state import AutomationsState as A
from salestrekker_portal.portals.settings.workflows.dialogs import dialogs, kind_field
from salestrekker_portal.portals.settings.workflows.state import PAGE
from salestrekker_portal.portals.settings.workflows.state import WorkflowsState as S
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, forms
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import link


@page(
    PAGE,
    title="Workflows and stages",
    portal=Portal.BROKER,
    on_load=[ShellState.load, SettingsHere.load, S.load, A.load],
)
def workflows_page() -> rx.Component:
    return settings_page(
        _which(),
        _name(),
        _stages(),
        automations(),
        dialogs(),
        current="workflows",
        title="Workflows and stages",
        lead="The steps that deals go through, and what clients read about each.",
        saved=rx.cond(A.saved, A.saved, S.saved),
        ready=S.ready & A.ready,
        end=forms.button("Add workflow", icon="plus", on_click=S.ask_add),
    )


def _which() -> rx.Component:
    def one(each: rx.Var) -> rx.Component:
        current = rx.cond(each["current"], "page", "false")
        return link(each["name"], to=each["path"], class_name="segment", aria_current=current, key=each["id"])

    return rx.el.nav(rx.foreach(S.workflows, one), aria_label="Workflows", class_name="segmented")


def _name() -> rx.Component:
    form = rx.el.form(
        forms.filled_from({"name": S.name, "kind": S.kind, "monthly_goal": S.monthly_goal}),
        forms.text_input(
            id="name",
            name="name",
            label="Name of the workflow",
            default_value=S.name,
            limit=TITLE_LIMIT,
            error=rx.cond(S.dialog == "", S.errors["name"], ""),
        ),
        kind_field("kind", S.kind),
        forms.text_input(
            id="monthly-goal",
            name="monthly_goal",
            label="Goal a month",
            help="What should settle here in a month. It stands in the forecast.",
            default_value=S.monthly_goal,
            input_mode="decimal",
            optional=True,
            error=S.errors["monthly_goal"],
        ),
        rx.el.div(
            forms.submit("Save", tone="second"),
            forms.button("Duplicate", icon="copy", tone="quiet", on_click=S.duplicate),
            forms.button("Delete workflow", icon="trash-2", tone="quiet", on_click=S.ask_remove),
            class_name="button-row",
        ),
        on_submit=S.rename,
        key=S.workflow_id + "-" + S.form.to_string(),
        no_validate=True,
        class_name="fields",
    )
    return data.card(form)


def _stages() -> rx.Component:
    return data.card(
        data.rows(rx.foreach(S.stages, _line)),
        title="Stages",
        end=forms.button("Add stage", icon="plus", small=True, on_click=S.open_stage("")),
        flush=True,
    )


def _line(stage: rx.Var) -> rx.Component:
    name = stage["name"].to(str)
    marks = rx.fragment(
        optional(stage["colour"], rx.el.span(class_name="stage-colour", custom_attrs={"data-colour": stage["colour"]})),
        rx.el.h3(name, class_name="row-name"),
        rx.cond(stage["read_only"], data.badge("Read-only", icon="lock"), data.badge("Editable", tone="ok")),
        rx.cond(stage["milestone"], data.badge("Milestone", icon="flag", tone="info"), rx.fragment()),
    )
    words = rx.el.div(
        rx.el.div(marks, class_name="row is-tight is-wrap"),
        rx.el.p("Clients read “", stage["client_name"], "”. ", stage["client_meaning"], class_name="row-note"),
        rx.el.p(stage["facts"], class_name="row-note"),
        class_name="grow breakable",
    )
    key = stage["id"].to(str)
    acts = rx.el.div(
        forms.icon_button(name="arrow-up", label="Move up: " + name, small=True, on_click=S.shift(key, True)),
        forms.icon_button(name="arrow-down", label="Move down: " + name, small=True, on_click=S.shift(key, False)),
        forms.icon_button(name="pencil", label="Change " + name, small=True, on_click=S.open_stage(key)),
        forms.icon_button(name="trash-2", label="Delete " + name, small=True, on_click=S.ask_remove_stage(key)),
        class_name="row is-tight",
    )
    return rx.el.li(rx.el.div(words, acts, class_name="row is-wrap"), key=key)
