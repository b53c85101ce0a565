"""The dense look."""

import reflex as rx

from .. import data, feedback, forms, frame, overlay
from ..marks import unseen
from . import parts


def _overview() -> rx.Component:
    blockers = data.card(
        rx.el.ul(
            data.blocker(
                name="1 document to review",
                text="Sam’s payslip came in at 9:32.",
                act=forms.button("Review payslip", tone="primary"),
            ),
            data.blocker(name="Tāne can’t sign in yet", text="No mobile number.", tone="bad"),
            data.blocker(name="Credit guide acknowledged", tone="ok"),
        ),
        title="What blocks “Lodged”",
        end=data.meter(57, label="Blockers cleared"),
        flush=True,
    )
    contacts = data.card(
        data.contact_row(
            name="Sam O’Brien",
            initials="SO",
            role="Client, primary",
            email="sam@example.com",
            phone="0491 570 156",
            state=data.badge("Active", tone="ok", icon="user-check"),
            actions=forms.icon_button(name="ellipsis", label="More about Sam", small=True),
        ),
        data.contact_row(name="Pāua Conveyancing", initials="PC", role="Conveyancer", company=True),
        title="Contacts",
        beside=data.count(2),
        flush=True,
    )
    loan = data.card(
        data.facts(
            [("Lender", "Wattle Mutual"), ("Loan amount", "$740,000"), ("Rate", "5.89% p.a."), ("Term", "30 years")],
            columns=2,
        ),
        title="Loan information",
        end=forms.button("Edit", tone="quiet", icon="pencil"),
    )
    return rx.el.div(blockers, contacts, loan, class_name="stack")


def _aside() -> rx.Component:
    return rx.el.div(
        data.card(
            data.note(author="You", initials="AO", when_at="9:40", body="Card limit went up.", audience="team"),
            data.note(author="Sam", initials="SO", when_at="9:12", body="Is that fine?", audience="client"),
            title="Latest notes",
            flush=True,
        ),
        data.card(
            data.file_row(name="Payslip Feb 2026.pdf", state=data.badge("To review", tone="warn")),
            data.file_row(name="Credit guide v4.pdf", state=data.badge("Client", tone="info", icon="eye")),
            title="Latest files",
            flush=True,
        ),
        data.card(
            data.activity_row(initials="SO", words="Sam uploaded Payslip Feb 2026.pdf", when_at="9:32"),
            title="Who did what",
            flush=True,
        ),
        class_name="stack",
    )


def _head() -> rx.Component:
    stages = [
        ("New enquiry", "done", "19 Feb 2026"),
        ("Fact find", "done", "23 Feb 2026"),
        ("Preparing", "now", "4 days"),
        ("Lodged", "next", "Next"),
    ]
    return rx.el.div(
        frame.crumbs([("Deals", "#"), ("Home loans", "#")]),
        rx.el.div(
            rx.el.h1("O’Brien & Wikaira – Merewether"),
            rx.el.div(rx.el.b("$740,000"), rx.el.span("HF-2026-0142"), class_name="deal-meta"),
            class_name="deal-title",
        ),
        data.stage_strip(
            *[data.stage_part(name=name, state=state, note=note) for name, state, note in stages],
            now="Preparing",
            progress="stage 3 of 4",
        ),
        class_name="deal-head",
    )


def _preflight() -> rx.Component:
    rows = [
        data.preflight_row(
            state="failing", name="No mobile number", reason="The PIN goes by SMS.", fix_to="#", fix="Add mobile"
        ),
        data.preflight_row(state="waiting", name="Number is not the same as yours"),
        data.preflight_row(state="ok", name="SMS is on, 214 credits left"),
    ]
    return parts.shelf("Before you invite Tāne", rx.el.ul(*rows, class_name="boxed"))


def _table() -> rx.Component:
    body = rx.el.tr(
        rx.el.th("O’Brien & Wikaira", scope="row"),
        rx.el.td(data.badge("Active", tone="ok")),
        rx.el.td("$740,000", class_name="money is-right"),
    )
    return data.table(label="Deals", columns=[("Deal", False), ("Portal", False), ("Value", True)], body=body)


def broker_gallery(*, drawer_open: bool = False) -> rx.Component:
    """A deal of a broker with every dense piece."""
    more = overlay.menu(
        overlay.menu_link("Open", to="#", icon="external-link"),
        overlay.menu_button("Archive", icon="archive", danger=True),
        summary=rx.el.span("Quick actions", class_name="button"),
        end=True,
    )
    around = rx.fragment(
        overlay.drawer(
            _preflight(),
            id="share",
            open=drawer_open,
            on_close=rx.noop(),
            title="Client portal share",
            foot=forms.button("Done", tone="primary"),
        ),
        feedback.offline_bar(),
    )
    shelves = [
        parts.buttons(),
        parts.marks(),
        parts.text_fields("b"),
        parts.choices("b"),
        parts.answers(),
        _preflight(),
    ]
    return frame.broker_frame(
        frame.deal_frame(
            rx.el.div(more, unseen("Gallery"), class_name="row"),
            rx.el.div(
                rx.el.div(_overview(), _aside(), class_name="columns"),
                _table(),
                *shelves,
                feedback.skeleton_card(),
                class_name="stack",
            ),
            current="overview",
            facts={"required": "5 of 8", "profile": "86%"},
        ),
        current="deals",
        firm="Harbour Finance",
        person="Alice O’Rourke",
        role="Broker, admin",
        initials="AO",
        compact=True,
        search=forms.search_box(id="find", label="Search people, deals, documents", key_hint="Ctrl K"),
        actions=rx.fragment(forms.button(rx.el.span("Add deal", class_name="word"), icon="plus"), frame.bell(unread=3)),
        head=_head(),
        around=around,
    )
