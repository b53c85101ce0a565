"""Partners: who refers clients to the firm, and who looks after each of them."""

import reflex as rx

from salestrekker_portal.domains.partners.rules import FIRM_LIMIT
from salestrekker_portal.kernel.names import PERSON_LIMIT
from salestrekker_portal.portals.broker.around.shell import broker_page
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.broker.partners.one import one_partner
from salestrekker_portal.portals.broker.partners.one_state import OnePartnerState
from salestrekker_portal.portals.broker.partners.state import PartnersState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms, frame
from salestrekker_portal.ui.marks import icon
from salestrekker_portal.ui.overlay import drawer, menu, menu_button
from salestrekker_portal.ui.overlay.keys import pressed_by

STATES = {
    "invited": ("Invited", "info", "mail"),
    "active": ("Active", "ok", "user-check"),
    "off": ("Switched off", "outline", "user-x"),
}
WHY_NOT = "Only a broker or an admin can add partners."


@page(
    "/partners",
    title="Partners",
    portal=Portal.BROKER,
    on_load=[ShellState.load, PartnersState.load, OnePartnerState.close],
)
def partners_page() -> rx.Component:
    """The list; the first time, what partners are for."""
    some = rx.cond(PartnersState.partners.length() > 0, _table(), _none())
    head = frame.page_head(
        _add_button(),
        rx.cond(PartnersState.may_manage, rx.fragment(), forms.reason_beside(id="partners-why", reason=WHY_NOT)),
        title="Partners",
        lead="They refer clients, see the stages of the deals you share, and write to you.",
    )
    return broker_page(
        frame.broker_main(head, _no_mail(), rx.cond(PartnersState.loaded, some, feedback.skeleton_rows())),
        current="partners",
        around=rx.fragment(_drawer(), one_partner()),
    )


def _add_button() -> rx.Component:
    return forms.button(
        "Add partner",
        icon="plus",
        tone="primary",
        disabled=~PartnersState.may_manage,
        on_click=PartnersState.open_adding,
        aria_describedby="partners-why",
        **pressed_by("a"),
    )


def _no_mail() -> rx.Component:
    said = feedback.banner(
        tone="warn",
        title="New partners get no e-mail",
        text="“Partner added” is off in Settings, Partner Portal. Nobody can sign in before you send the invitation, "
        "or hand over the sign-in link, from their menu.",
        live=False,
    )
    warns = PartnersState.loaded & ~PartnersState.announces & PartnersState.may_manage
    return rx.cond(warns, rx.el.div(said, class_name="partners-note"), rx.fragment())


def _none() -> rx.Component:
    return feedback.empty(
        title="No partners yet",
        text="Add an agent or an accountant who sends you clients.",
        mark="handshake",
    )


def _table() -> rx.Component:
    columns = [(words, False) for words in ("Partner", "E-mail", "Phone", "Assigned to")]
    more = [("Deals", True), ("State", False), (rx.el.span("Actions", class_name="unseen"), False)]
    return data.table(label="Partners", columns=[*columns, *more], body=rx.foreach(PartnersState.partners, _line))


def _line(each: rx.Var) -> rx.Component:
    name = rx.el.span(
        data.avatar(each["initials"], size="small"),
        rx.el.span(each["name"], rx.el.span(each["firm"], class_name="small muted"), class_name="stack is-close"),
        class_name="row is-tight",
    )
    return rx.el.tr(
        rx.el.th(name, scope="row"),
        rx.el.td(each["email"]),
        rx.el.td(each["phone"], class_name="nowrap"),
        rx.el.td(_assigned(each)),
        rx.el.td(each["deals"], class_name="is-right"),
        rx.el.td(data.status_badge(each["state"], cases=STATES)),
        rx.el.td(_actions(each)),
        key=each["id"],
    )


def _assigned(each: rx.Var) -> rx.Component:
    return rx.el.div(
        rx.el.select(
            rx.el.option("Nobody", value="", disabled=True),
            forms.select_options(PartnersState.brokers),
            value=each["assigned"],
            on_change=lambda user: PartnersState.assign(each["id"], user),
            disabled=~PartnersState.may_manage,
            aria_label="Assigned to, for " + each["name"],
            class_name="input",
        ),
        icon("chevron-down"),
        class_name="select",
    )


def _actions(each: rx.Var) -> rx.Component:
    off = menu_button("Switch off", icon="user-x", danger=True, on_click=PartnersState.switch_off(each["id"]))
    on = menu_button("Switch on", icon="user-check", on_click=PartnersState.switch_on(each["id"]))
    again = menu_button("Resend invitation", icon="send", on_click=PartnersState.resend(each["id"]))
    edit = menu_button("Edit", icon="pencil", on_click=OnePartnerState.edit(each["id"]))
    look = menu_button("Activity", icon="history", on_click=OnePartnerState.look(each["id"]))
    remove = menu_button("Remove", icon="trash-2", danger=True, on_click=OnePartnerState.ask(each["id"]))
    copy = menu_button("Copy sign-in link", icon="copy", on_click=PartnersState.copy_link(each["id"]))
    lost = menu_button("Lost phone", icon="smartphone", on_click=OnePartnerState.ask_lost(each["id"]))
    is_off = each["state"] == "off"
    actions = menu(
        rx.cond(is_off, rx.fragment(), again),
        rx.cond(is_off, rx.fragment(), copy),
        edit,
        look,
        rx.cond(each["has_factor"], lost, rx.fragment()),
        rx.cond(is_off, on, off),
        remove,
        summary=rx.el.span(
            icon("ellipsis"), rx.el.span("Actions for ", each["name"], class_name="unseen"), class_name="button is-icon"
        ),
        end=True,
    )
    return rx.cond(PartnersState.may_manage, actions, rx.fragment())


def _text(name: str, label: str, **more) -> rx.Component:
    return forms.text_input(id=f"partner-{name}", name=name, label=label, error=PartnersState.errors[name], **more)


def _drawer() -> rx.Component:
    form = rx.el.form(
        forms.fields(
            forms.pair(
                _text("first_name", "First name", limit=PERSON_LIMIT),
                _text("last_name", "Last name", limit=PERSON_LIMIT),
            ),
            _text("email", "Email", type="email", help="The invitation goes there. It can't be changed later."),
            _text("phone", "Phone", type="tel", optional=True),
            _text("firm", "Firm", optional=True, limit=FIRM_LIMIT),
            forms.select(
                id="partner-assigned",
                name="assigned",
                label="Assigned to",
                choices=PartnersState.brokers,
                default_value=PartnersState.me,
                help="Gets this partner’s leads unless the partner chooses another broker.",
                error=PartnersState.errors["assigned"],
            ),
            forms.form_foot(
                forms.button("Cancel", on_click=PartnersState.close_adding),
                forms.submit(rx.cond(PartnersState.announces, "Add and invite", "Add")),
                note=rx.cond(
                    PartnersState.announces,
                    "They get an e-mail with a link to choose a password. Nothing is shared yet.",
                    "No e-mail goes to them: hand over their sign-in link afterwards. Nothing is shared yet.",
                ),
            ),
        ),
        on_submit=PartnersState.add,
        no_validate=True,
    )
    return drawer(
        form,
        id="add-partner",
        open=PartnersState.adding,
        on_close=PartnersState.close_adding,
        title="Add partner",
    )
