"""Refer clients: thirty seconds on a phone."""

import reflex as rx

from salestrekker_portal.domains.contacts.rules import NAME_LIMIT
from salestrekker_portal.domains.partners.rules import SUMMARY_LIMIT
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.partner.here import PARTNER_LOADS, back_link, partner_page
from salestrekker_portal.portals.partner.refer.state import PartnerReferState
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import card
from salestrekker_portal.ui.feedback import banner, empty, skeleton_form
from salestrekker_portal.ui.forms import (
    button,
    fields,
    link_to_button,
    looks_like_link,
    pair,
    select,
    submit,
    text_area,
    text_input,
    tick,
    ticks,
)
from salestrekker_portal.ui.frame import page_head
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import link
from salestrekker_portal.ui.overlay import ask_first

Form = PartnerReferState


def _field(key: rx.Var, name: str, label: str, **more) -> rx.Component:
    full = name + "_" + key.to(str)
    return text_input(id=full, name=full, label=label, error=Form.errors[full], auto_complete="off", **more)


def _person(key: rx.Var, place: rx.Var) -> rx.Component:
    remove = ask_first(
        button("Take out", tone="danger", on_click=Form.remove_person(key)),
        press=looks_like_link("Remove", danger=True),
        title="Take this client out?",
        text="What you typed about them here is gone.",
    )
    head = rx.cond(
        place > 0,
        rx.el.div(rx.el.h3("Another client"), remove, class_name="row is-apart"),
        rx.fragment(),
    )
    return rx.el.div(
        head,
        pair(
            _field(key, "first_name", "First name", limit=NAME_LIMIT),
            _field(key, "last_name", "Last name", limit=NAME_LIMIT),
        ),
        pair(
            _field(key, "phone", "Phone", type="tel", input_mode="tel"),
            _field(key, "email", "Email", type="email"),
        ),
        class_name="fields is-wide",
        key=key,
    )


def _warning() -> rx.Component:
    mine = rx.foreach(
        Form.own_deals, lambda each: rx.el.p(link("Open ", each["label"], to=each["value"]), key=each["value"])
    )
    return optional(Form.warning, rx.el.div(banner(mine, tone="warn", text=Form.warning, live=False), role="alert"))


def _who() -> rx.Component:
    more = button("Add new contact", icon="user-plus", wide=True, on_click=Form.add_person)
    return card(
        rx.el.div(
            rx.foreach(Form.people, _person),
            rx.el.p("One of phone and email is enough. Both help us call sooner.", class_name="small muted"),
            _warning(),
            rx.cond(Form.people.length() < 6, more, rx.fragment()),
            class_name="stack",
        ),
        title="Who needs a loan?",
    )


def _what() -> rx.Component:
    each_label = rx.foreach(
        Form.labels,
        lambda label: tick(
            id="label_" + label["value"], name="label_" + label["value"], label=label["label"], key=label["value"]
        ),
    )
    return card(
        fields(
            text_area(
                id="summary",
                name="summary",
                label="Summary",
                help="A line or two about what they need. No bank or health details.",
                error=Form.errors["summary"],
                limit=SUMMARY_LIMIT,
            ),
            select(
                id="broker",
                name="broker",
                label="Broker",
                choices=Form.brokers,
                default_value=Form.broker,
                key=Form.broker,
                error=Form.errors["broker"],
            ),
            rx.cond(
                Form.labels.length() > 0,
                ticks(rx.el.div(each_label, class_name="ticks-grid"), id="labels", label="Labels", optional=True),
                rx.fragment(),
            ),
            wide=True,
        ),
        title="What should the broker know?",
    )


def _next() -> rx.Component:
    steps = (
        "The deal appears on your board and on the broker’s, with your name in it.",
        "The broker gets an e-mail and calls your client.",
        "You see each step on your board as it happens.",
    )
    return card(
        rx.el.ol(
            *[rx.el.li(rx.el.b(str(n), class_name="numbered-no"), words) for n, words in enumerate(steps, 1)],
            class_name="numbered",
        ),
        title="What happens next",
    )


def _form() -> rx.Component:
    return rx.el.div(
        rx.el.form(
            _who(),
            _what(),
            rx.el.p("Only refer people who know that you are passing on their details.", class_name="small muted"),
            rx.el.div(submit("Save"), link_to_button("Cancel", to="/partner", tone="quiet"), class_name="button-row"),
            on_submit=Form.save,
            no_validate=True,
            key="refer-" + Form.form.to_string(),
            class_name="stack",
        ),
        _next(),
        class_name="columns",
    )


@page(
    "/partner/refer",
    title="Add new deal",
    portal=Portal.PARTNER,
    on_load=[*PARTNER_LOADS, PartnerReferState.load],
)
def partner_refer_page() -> rx.Component:
    """The form, or why there is none."""
    refused = empty(
        link_to_button("Your deals", to="/partner", tone="primary"),
        title="Adding deals is switched off",
        text=Form.refused,
        mark="lock",
    )
    body = rx.cond(Form.refused != "", refused, _form())
    return partner_page(
        page_head(
            title="Add new deal",
            lead="About 30 seconds. The broker calls them.",
            above=back_link(),
        ),
        rx.cond(Form.ready, body, skeleton_form()),
        current="deals",
    )
