"""Refer clients: thirty seconds on a phone."""

import reflex as rx

from salestrekker_portal.domains.access.permissions import REFUSALS, Permission
from salestrekker_portal.domains.contacts.rules import NAME_LIMIT
from salestrekker_portal.domains.partners.rules import SUMMARY_LIMIT
from salestrekker_portal.domains.partners.wishes import BEST_TIME_LIMIT, PURPOSES, WISH_LIMIT
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.partner.here import PARTNER_LOADS, PartnerHere, back_link, partner_page
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


def _wish(name: str, label: str, **more) -> rx.Component:
    return text_input(id=name, name=name, label=label, error=Form.errors[name], optional=True, **more)


def _wishes() -> list[rx.Component]:
    """What makes a first call a good one; all of it may be left out."""
    purpose = select(
        id="purpose",
        name="purpose",
        label="They want to",
        choices=list(PURPOSES.items()),
        blank="Not known yet",
        error=Form.errors["purpose"],
        optional=True,
    )
    amounts = pair(
        _wish("price", "Price", help="About, for example 750k.", limit=WISH_LIMIT),
        _wish("auction", "Day of the auction", help="For example 21 3 2026.", limit=WISH_LIMIT),
    )
    return [purpose, amounts, _wish("best_time", "Best time to call", limit=BEST_TIME_LIMIT)]


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
            *_wishes(),
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


def _own_link() -> rx.Component:
    """For a card, a window or a website: clients leave their details themselves."""
    end = ask_first(
        button("End the link", tone="danger", on_click=Form.end_link),
        press=looks_like_link("End this link", danger=True),
        title="End this link?",
        text="Wherever it stands or is printed, it opens nothing any more.",
    )
    there = rx.el.div(
        rx.el.p("Whoever opens it leaves their details, and you follow them like any other client of yours."),
        rx.el.img(src=Form.own_code, alt="The link as a code for a phone’s camera", width="180", height="180"),
        rx.el.p(rx.el.code(Form.own_link, class_name="breakable")),
        button("Copy the link", icon="copy", on_click=rx.set_clipboard(Form.own_link)),
        button("Copy for a website", icon="code", on_click=rx.set_clipboard(Form.embed)),
        end,
        class_name="stack",
    )
    none = rx.el.div(
        rx.el.p("Have a link and a code of your own: clients leave their details themselves."),
        button("Make my link", icon="link", on_click=Form.make_link),
        class_name="stack",
    )
    return card(rx.cond(Form.own_link != "", there, none), title="Your own link")


def _form() -> rx.Component:
    return rx.el.div(
        rx.el.form(
            _who(),
            _what(),
            tick(id="agreed", name="agreed", label="My client agrees that I pass on their details"),
            rx.el.p("We keep that you ticked it, and when.", class_name="small muted"),
            rx.cond(
                PartnerHere.can_add_files,
                rx.el.p("A file for the broker, such as the contract? Once this is saved, add it on the next page."),
                rx.fragment(),
            ),
            rx.el.div(submit("Save"), link_to_button("Cancel", to="/partner", tone="quiet"), class_name="button-row"),
            on_submit=Form.save,
            no_validate=True,
            key="refer-" + Form.form.to_string(),
            class_name="stack",
        ),
        rx.el.div(_next(), _own_link(), class_name="stack"),
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
        text=REFUSALS[Permission.REFERRAL_ADD],
        mark="lock",
    )
    body = rx.cond((Form.refused == "") & PartnerHere.can_add_deals, _form(), refused)
    return partner_page(
        page_head(
            title="Add new deal",
            lead="About 30 seconds. The broker calls them.",
            above=back_link(),
        ),
        rx.cond(Form.ready, body, skeleton_form()),
        current="deals",
    )
