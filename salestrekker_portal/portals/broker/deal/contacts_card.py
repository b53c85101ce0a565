"""The people of a deal: how to reach them, whether they are in the portal, and a quick fix of both."""

import reflex as rx

from salestrekker_portal.domains.contacts.rules import NAME_LIMIT
from salestrekker_portal.kernel.days import TIME_ZONES
from salestrekker_portal.portals.broker.deal.add_contact import add_contact_button
from salestrekker_portal.portals.broker.deal.contact_access import access_menu, revoke_question
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.broker.deal.overview_state import OverviewState
from salestrekker_portal.portals.broker.letters.drawer import write_to_button
from salestrekker_portal.portals.broker.words import PORTAL_BADGES
from salestrekker_portal.ui import data, forms
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, link, outside


def contacts_card() -> rx.Component:
    return data.card(
        rx.foreach(OverviewState.contacts, _contact),
        title="Contacts",
        beside=data.count(OverviewState.contacts.length()),
        end=add_contact_button(),
        flush=True,
    )


def _contact(each: rx.Var) -> rx.Component:
    editing = OverviewState.editing == each["id"]
    return rx.el.div(
        data.avatar(each["initials"], tone="info"),
        rx.el.div(
            rx.el.div(
                # The buttons of the row are described by the name instead of containing it, so that in the share
                # panel a button with a person's name is that person's.
                rx.el.span(each["name"], class_name="contact-name", id="name-" + each["id"].to(str)),
                rx.el.span(each["role"], class_name="small muted"),
                data.status_badge(each["portal"], cases=PORTAL_BADGES),
                optional(each["seen"], rx.el.span(each["seen"], class_name="small muted")),
                class_name="row is-tight is-wrap",
            ),
            optional(each["alike"], _alike(each)),
            rx.cond(editing, _edit(each), _ways(each)),
            revoke_question(each),
            class_name="grow",
        ),
        rx.el.div(_actions(each), class_name="contact-acts"),
        class_name="contact",
        key=each["id"],
    )


def _alike(each: rx.Var) -> rx.Component:
    """For the broker alone: the partner who referred them reads the same whoever they are."""
    theirs = link("Open their deal", to=each["alike_path"].to(str), class_name="small")
    return rx.el.p(
        icon("users", size=14),
        rx.el.span(each["alike"]),
        optional(each["alike_path"], theirs),
        class_name="row is-tight is-wrap small muted",
    )


def _ways(each: rx.Var) -> rx.Component:
    def way(value: rx.Var, name: str, href: str, mark: str, missing: str) -> rx.Component:
        shown = rx.el.span(
            outside(icon(mark), value, href=href + value.to(str), class_name="contact-way"),
            forms.icon_button(
                name="copy",
                label=f"Copy {name}",
                aria_describedby="name-" + each["id"].to(str),
                small=True,
                on_click=rx.set_clipboard(value),
            ),
            class_name="row is-tight",
        )
        absent = rx.el.span(
            rx.el.span(icon("circle-alert"), missing, class_name="button-reason is-bad"),
            forms.link_button(f"Add {name}", on_click=OverviewState.edit(each["id"])),
            class_name="row is-tight",
        )
        return rx.cond(value != "", shown, absent)

    return rx.el.div(
        way(each["email"], "e-mail", "mailto:", "mail", "No e-mail"),
        way(each["mobile"], "mobile", "tel:", "smartphone", "No mobile number"),
        class_name="contact-ways",
    )


def _actions(each: rx.Var) -> rx.Component:
    share = DealFrameState.deal_path + "/share?who=" + each["id"].to(str)
    invite = forms.link_to_button("Invite", to=share, small=True, icon="link")
    outside_now = (each["portal"] == "not_invited") | (each["portal"] == "revoked")
    waiting = outside_now & ~DealFrameState.locked
    return rx.fragment(
        rx.cond(waiting, invite, rx.fragment()),
        rx.cond(
            DealFrameState.archived,
            rx.fragment(),
            write_to_button("contact-" + each["id"].to(str), aria_describedby="name-" + each["id"].to(str)),
        ),
        rx.cond(outside_now, rx.fragment(), access_menu(each, share)),
        forms.icon_button(
            name="pencil",
            label="Change mobile and e-mail",
            aria_describedby="name-" + each["id"].to(str),
            small=True,
            on_click=OverviewState.edit(each["id"]),
        ),
    )


def _edit(each: rx.Var) -> rx.Component:
    errors = OverviewState.errors

    def one(name: str, label: str, **props) -> rx.Component:
        return forms.text_input(
            id=f"contact-{name}", name=name, label=label, default_value=each[name], error=errors[name], **props
        )

    names = forms.pair(
        one("first_name", "First name", limit=NAME_LIMIT), one("last_name", "Last name", limit=NAME_LIMIT)
    )
    return rx.el.form(
        forms.filled_from(each),
        forms.fields(
            rx.cond(each["company"], rx.el.p("Its contact person", class_name="small muted"), rx.fragment()),
            names,
            forms.pair(one("mobile", "Mobile", type="tel"), one("email", "Email", type="email")),
            forms.select(
                id="contact-time_zone",
                name="time_zone",
                label="Time zone",
                choices=TIME_ZONES,
                blank="Guess it",
                default_value=each["time_zone"].to(str),
                help=OverviewState.zone_guess,
                error=errors["time_zone"],
            ),
        ),
        forms.form_foot(
            forms.button("Cancel", small=True, on_click=OverviewState.edit("")), forms.submit("Save", small=True)
        ),
        on_submit=OverviewState.save_contact,
        no_validate=True,
        custom_attrs={"data-about": each["id"]},
    )
