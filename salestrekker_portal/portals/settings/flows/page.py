"""Settings, Flows."""

import reflex as rx

from salestrekker_portal.domains.organisations.flow_choice import FLOW_TYPES, MOST_LETTERS
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.flows.state import FIRM, OWN
from salestrekker_portal.portals.settings.flows.state import FlowsState as S
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.portals.shared.flow_picker import section_picker
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.overlay import drawer


@page("/settings/flows", title="Flows", portal=Portal.BROKER, on_load=[ShellState.load, SettingsHere.load, S.load])
def flows_page() -> rx.Component:
    return settings_page(
        data.card(data.rows(rx.foreach(S.flows, _line)), flush=True),
        _form(),
        current="flows",
        title="Flows",
        lead="Which parts of the client profile a client is asked for. The organisation’s flows are for everybody; "
        "your own are for your deals and your invitations. Changing a flow does not change portals that are shared "
        "already.",
        saved=S.saved,
        ready=S.ready,
        end=forms.button("Add flow", icon="plus", tone="primary", on_click=S.edit("")),
        admin=False,
        broker=True,
    )


def _line(each: rx.Var) -> rx.Component:
    key, name = each["id"].to(str), each["name"].to(str)
    changing = rx.fragment(
        forms.icon_button(name="arrow-up", label="Move up: " + name, small=True, on_click=S.shift(key, True)),
        forms.icon_button(name="arrow-down", label="Move down: " + name, small=True, on_click=S.shift(key, False)),
        forms.icon_button(name="pencil", label="Change " + name, small=True, on_click=S.edit(key)),
        forms.icon_button(name="archive", label="Retire " + name, small=True, on_click=S.ask_retire(key)),
    )
    copy = rx.cond(each["may"], "Duplicate " + name, "Copy to your own: " + name)
    acts = rx.el.div(
        rx.cond(each["may"], changing, rx.fragment()),
        forms.icon_button(name="copy", label=copy, small=True, on_click=S.duplicate(key)),
        class_name="row is-tight",
    )
    words = rx.el.div(
        rx.el.div(
            rx.el.h3(name, class_name="row-name"),
            data.badge(each["type"]),
            data.badge(each["whose"]),
            class_name="row is-tight is-wrap",
        ),
        rx.el.p(each["facts"], class_name="row-note"),
        class_name="grow breakable",
    )
    question = feedback.confirm(
        forms.button("Retire flow", tone="danger", on_click=S.retire(key)),
        forms.button("Keep it", on_click=S.close),
        title="Retire “" + name + "”?",
        text="New invitations can’t choose it any more. Portals that were shared with it stay as they are.",
        show=S.retiring == key,
    )
    return rx.el.li(rx.el.div(words, acts, class_name="row is-wrap"), question, key=key)


def _whose() -> rx.Component:
    """An admin's new flow is the firm's, or their own; a broker's is their own."""
    return forms.select(
        id="flow-whose",
        name="whose",
        label="For",
        choices=[(FIRM, "Every broker here"), (OWN, "Me only")],
        blank=None,
        default_value=FIRM,
    )


def _form() -> rx.Component:
    form = rx.el.form(
        forms.fields(
            rx.el.input(type="hidden", name="flow", value=S.draft["id"]),
            forms.filled_from({"name": S.draft["name"], "flow_type": S.draft["type"], "sections": S.draft["sections"]}),
            forms.select(
                id="flow-type",
                name="flow_type",
                label="Type",
                choices=list(FLOW_TYPES.items()),
                blank=None,
                value=S.draft["type"],
                on_change=S.choose_type,
                error=S.errors["flow_type"],
                help="Invitations offer a flow to deals of its type. The type decides which pages there are.",
            ),
            rx.cond(SettingsHere.is_admin & (S.draft["id"] == ""), _whose(), rx.fragment()),
            forms.text_input(
                id="flow-name",
                name="name",
                label="Name",
                default_value=S.draft["name"],
                error=S.errors["name"],
                limit=MOST_LETTERS,
            ),
            section_picker(
                S.pages, on_page=S.tick_page, on_section=S.tick_section, error=S.errors["sections"], id="flow-sections"
            ),
            rx.el.div(forms.submit("Save flow"), forms.button("Cancel", on_click=S.close), class_name="button-row"),
        ),
        on_submit=S.save,
        no_validate=True,
    )
    title = rx.cond(S.draft["id"] != "", "Change flow", "Add flow")
    return drawer(form, id="flow", open=S.open, on_close=S.close, title=title)
