"""The roomy look."""

import reflex as rx

from .. import data, feedback, forms, frame
from ..marks import icon, outside
from . import parts


def _next_step() -> rx.Component:
    return data.card(
        rx.el.div(
            rx.el.p("Your next step", icon("clock"), "about 6 minutes", class_name="eyebrow"),
            rx.el.h2("Tell us what you owe"),
            rx.el.p("Cards, car loans and anything else you pay off.", class_name="muted"),
            forms.button_row(forms.link_to_button("Continue your profile", to="#", tone="primary")),
            data.meter(54, label="Your profile", text="6 of 11 parts"),
            class_name="stack",
        ),
        tone="next",
    )


def _stages() -> rx.Component:
    names = [
        ("Getting to know you", "done"),
        ("Your details", "now"),
        ("Comparing lenders", "next"),
        ("Settled", "next"),
    ]
    return data.card(
        data.stages(*[data.stage(name=name, state=state) for name, state in names]), title="Where your loan is up to"
    )


def _documents() -> rx.Component:
    due = data.badge("Send again", tone="warn", icon="rotate-ccw")
    box = rx.el.div(
        rx.el.div(
            rx.el.h3("Savings account statements"),
            data.badge("Check this", tone="bad", icon="circle-alert"),
            class_name="box-head",
        ),
        rx.el.p("Shows the deposit building up.", class_name="box-why"),
        rx.el.div(
            data.file_row(name="statement-feb.pdf", meta="6 pages, 1.2 MB"),
            data.file_row(name="licence-back.jpg", meta="62 %, about 5 seconds left", percent=62, picture=True),
            class_name="box-files",
        ),
        feedback.banner(tone="bad", title="This covers 2 months.", text="December is missing.", close=True, live=False),
        forms.button("Keep anyway"),
        class_name="box is-bad",
    )
    listed = data.card(
        data.rows(
            data.row_link(to="#", name="Lease agreement", note="Alice asked again", end=due),
            data.row_link(to="#", name="Two recent payslips", note="Due Fri 13 Mar"),
        ),
        title="Documents",
        end=outside("See documents", href="#"),
    )
    return rx.fragment(listed, box)


def _item() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.div(rx.el.h3("Car loan, Tidewater Credit"), rx.el.p("Both of you", class_name="small muted")),
            rx.el.div("$26,900.00", rx.el.small("owed"), class_name="item-sum"),
            class_name="item-head",
        ),
        class_name="item is-held",
    )


def client_gallery() -> rx.Component:
    """A client's pages with every roomy piece."""
    left = rx.el.div(
        _next_step(),
        _stages(),
        _documents(),
        data.totals([("You owe together", "$28,130.00"), ("Repayments a month", "$706.00")], by="Siobhán $14,065.00"),
        _item(),
        data.facts([("Title", "Ms"), ("Name", "Siobhán Maeve O’Dea")]),
        parts.buttons(),
        parts.text_fields("c"),
        parts.choices("c"),
        parts.answers(),
        feedback.skeleton_form(),
        class_name="stack",
    )
    team = data.card(
        data.person(
            name="Alice O’Rourke",
            initials="AO",
            role="Your broker",
            tone="accent",
            end=forms.icon_button(name="phone", label="Call Alice"),
        ),
        title="Your team",
    )
    return frame.client_frame(
        frame.page_head(title="Good morning, Siobhán", lead="Your home loan with Tāne"),
        rx.el.div(left, rx.el.div(team, parts.marks(), class_name="stack"), class_name="columns"),
        current="dashboard",
        firm="Harbour Finance",
        person="Siobhán O’Dea",
        initials="SO",
        address="3 Wharf Street, Example Bay NSW",
        saved=feedback.saved_mark("Saved 9:41 am"),
        band=feedback.locked_band(
            title="Your answers are locked while the lender has your application.",
            text="You can read everything here. If something has changed, ask Alice.",
            actions=forms.button("Ask to change something", small=True),
        ),
        unread=2,
    )


def gate_gallery() -> rx.Component:
    """Arrival with a wrong PIN."""
    words = rx.el.div(
        rx.el.div(
            data.avatar("AO", tone="accent", size="large"),
            rx.el.h1("Alice O’Rourke at Harbour Finance has invited you"),
            class_name="gate-person",
        ),
        rx.el.p("This is where you and Tāne share what a lender needs for your home loan.", class_name="muted"),
    )
    card = rx.el.form(
        feedback.banner(tone="bad", title="That PIN isn’t right. You have 4 tries left.", text="Use the newest text."),
        forms.pin_input(help="We sent it by text to •••• 157.", error="", default_value="0491"),
        forms.submit("Continue", wide=True),
        rx.el.p("Next: two short documents to read, about 3 minutes.", class_name="small muted"),
        class_name="card stack",
    )
    phone = outside(
        icon("phone", size=20), "0491 570 156", href="tel:0491570156", class_name="button is-quiet is-small"
    )
    return frame.gate_frame(
        words, card, firm="Harbour Finance", shape="two", end=phone, foot=rx.el.span("Harbour Finance, 3 Wharf Street")
    )
