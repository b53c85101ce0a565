"""Settings, Labels."""

import reflex as rx

from salestrekker_portal.domains.labels.service import NAME_LIMIT
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.portals.settings.labels.state import LabelsState as S
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms


@page("/settings/labels", title="Labels", portal=Portal.BROKER, on_load=[ShellState.load, SettingsHere.load, S.load])
def labels_page() -> rx.Component:
    add = rx.el.form(
        forms.text_input(id="new-label", name="name", label="New label", error=S.errors["add"], limit=NAME_LIMIT),
        rx.el.div(forms.submit("Add label"), class_name="button-row"),
        on_submit=S.save,
        no_validate=True,
        class_name="fields",
        key="add-" + S.form.to_string(),
    )
    none = rx.el.p("No labels yet.", class_name="muted card-body")
    return settings_page(
        data.card(add),
        data.card(rx.cond(S.labels.length() > 0, data.rows(rx.foreach(S.labels, _line)), none), flush=True),
        current="labels",
        title="Labels",
        lead="Words to find deals by. Partners choose from them when they refer a client.",
        saved=S.saved,
        ready=S.ready,
    )


def _line(each: rx.Var) -> rx.Component:
    key, name = each["id"].to(str), each["name"].to(str)
    shown = rx.el.div(
        rx.el.div(data.label(name), rx.el.span(" ", each["use"], class_name="row-note"), class_name="grow breakable"),
        forms.icon_button(name="pencil", label="Rename " + name, small=True, on_click=S.edit(key, False)),
        forms.icon_button(name="trash-2", label="Delete " + name, small=True, on_click=S.edit(key, True)),
        class_name="row",
    )
    form = rx.el.form(
        rx.el.input(type="hidden", name="label", value=key),
        forms.filled_from({"name": name}),
        forms.text_input(
            id="label-" + key, name="name", label="Name", default_value=name, error=S.errors["edit"], limit=NAME_LIMIT
        ),
        rx.el.div(forms.submit("Save"), forms.button("Cancel", on_click=S.edit("", False)), class_name="button-row"),
        on_submit=S.save,
        no_validate=True,
        class_name="fields",
    )
    question = feedback.confirm(
        forms.button("Delete label", tone="danger", on_click=S.remove(key)),
        forms.button("Keep it", on_click=S.edit("", False)),
        title="Delete “" + name + "”?",
        text="It comes off the deals that carry it. The deals stay.",
    )
    body = rx.cond(S.editing == key, form, rx.cond(S.removing == key, question, shown))
    return rx.el.li(body, key=key)
