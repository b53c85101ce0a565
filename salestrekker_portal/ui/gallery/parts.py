"""What the galleries share: the same controls, shown in each density."""

import reflex as rx

from .. import data, feedback, forms
from ..kinds import Child


def shelf(title: str, *children: Child) -> rx.Component:
    """One heading with what belongs under it."""
    return data.card(rx.el.div(*children, class_name="stack"), title=title)


def buttons() -> rx.Component:
    """Every button, and a disabled one with its reason."""
    return shelf(
        "Buttons",
        forms.button_row(
            forms.button("Add deal", tone="primary", icon="plus"),
            forms.button("Second"),
            forms.button("Quiet", tone="quiet"),
            forms.button("Revoke access", tone="danger", icon="ban"),
            forms.button("Small", small=True),
            forms.icon_button(name="ellipsis", label="More"),
            forms.link_button("Remove", danger=True),
        ),
        forms.button_row(
            forms.reason_beside(id="why", reason="Add a mobile number first", bad=True),
            forms.button("Invite", tone="primary", icon="send", disabled=True, aria_describedby="why"),
            forms.link_to_button("Open", to="#", icon="arrow-right"),
        ),
        forms.segmented_links(
            label="View",
            items=[("Board", "#board", "square-kanban"), ("List", "#list", "list")],
            current="#board",
        ),
        rx.el.div(forms.chip("Waiting on us ", data.count(7), on=True), forms.chip("Stale"), class_name="chips"),
    )


def text_fields(at: str) -> rx.Component:
    """Typed fields, plain, with help, wrong and locked; `at` keeps their ids apart."""
    return shelf(
        "Fields",
        forms.fields(
            forms.text_input(id=f"{at}-name", label="First name", default_value="Siobhán"),
            forms.text_input(id=f"{at}-mid", label="Middle name", optional=True),
            forms.text_input(
                id=f"{at}-mail",
                label="Email",
                type="email",
                default_value="tane@",
                error="Add the rest of the address.",
            ),
            forms.pair(
                forms.money(id=f"{at}-limit", label="Card limit", default_value="8,000.00"),
                forms.percent(id=f"{at}-share", label="Share", default_value="50"),
            ),
            forms.date_input(
                id=f"{at}-born", label="Date of birth", default_value="27/3/2091", error="This day is in the future."
            ),
            forms.select(id=f"{at}-flow", label="Flow", choices=[("full", "Home loan, full profile")]),
            forms.text_area(id=f"{at}-sum", label="Summary", help="What would they like to do?"),
            forms.text_input(id=f"{at}-lock", label="Locked", default_value="Australian citizen", read_only=True),
            forms.search_box(id=f"{at}-find", label="Search people, deals, documents", key_hint="Ctrl K"),
        ),
        forms.form_foot(
            forms.button("Previous"), forms.button("Save and go on", tone="primary"), note="2 answers are missing here."
        ),
    )


def choices(at: str) -> rx.Component:
    """Radios, ticks and switches, and what an answer brings up."""
    return shelf(
        "Choices",
        forms.fields(
            forms.yes_no(id=f"{at}-own", label="Have you ever used another name?", value="yes"),
            forms.reveal(forms.text_input(id=f"{at}-prev", label="Previous name"), why="Asked because you said yes"),
            forms.choice_cards(
                id=f"{at}-then",
                label="When you get the new loan, will you",
                choices=[("keep", "Keep it"), ("close", "Close it")],
                value="keep",
                error="Choose one of these.",
            ),
            forms.ticks(
                forms.tick(id=f"{at}-t1", label="Contract of sale", end="due 12 Mar 2026", default_checked=True),
                forms.tick(id=f"{at}-t2", label="Two latest payslips", note="Both sides"),
                id=f"{at}-docs",
                label="Required documents",
                boxed=True,
            ),
            forms.switch(id=f"{at}-sw", label="Share with client", note="Sam sees it", default_checked=True),
            forms.help_more(rx.el.p("Words of help."), summary="What makes a good one"),
        ),
    )


def marks() -> rx.Component:
    """Badges, counts, people and progress."""
    tones = [
        ("Draft", "plain", "circle"),
        ("Accepted", "ok", "check"),
        ("To review", "warn", "eye"),
        ("Asked again", "bad", "undo-2"),
        ("Invited", "info", "mail"),
        ("Our move", "accent", "square"),
        ("Not invited", "outline", None),
    ]
    return shelf(
        "Marks",
        rx.el.div(
            *[data.badge(words, tone=tone, icon=icon) for words, tone, icon in tones], class_name="row is-wrap is-tight"
        ),
        rx.el.div(
            data.label("First home"),
            data.count(3),
            data.count(2, loud=True, meaning="unread"),
            data.avatar("AO", tone="accent", here=True),
            data.avatar("SO", tone="info", size="small"),
            data.avatar("HF", square=True),
            *[data.ring(percent) for percent in (0, 42, 100)],
            *[data.whose_move(who) for who in ("ours", "client", "lender")],
            class_name="row is-wrap",
        ),
        data.meter(54, label="Your profile", text="6 of 11 parts"),
        data.person(name="Alice O’Rourke", initials="AO", role="Your broker", tone="accent"),
    )


def answers() -> rx.Component:
    """What the app says back."""
    return shelf(
        "Answers",
        feedback.banner(tone="info", title="Next update by Fri 13 Mar", text="Alice has promised to write by then."),
        feedback.banner(tone="warn", text="Alice asked again: page 2 is cut off."),
        feedback.banner(tone="bad", title="That PIN isn’t right.", text="You have 4 tries left.", live=False),
        feedback.banner(tone="ok", text="Tāne is invited. We’ll tell you when he first signs in."),
        rx.el.div(feedback.saved_mark("Saved 9:41 am"), feedback.saved_mark("", failed="Not saved"), class_name="row"),
        feedback.confirm(
            forms.button("Revoke access", tone="danger"),
            forms.button("Keep access", tone="quiet"),
            title="Revoke Tāne’s access?",
            text="He is signed out at once and his link explains why.",
        ),
        feedback.empty(
            forms.button("Add new deal", tone="primary", icon="plus"),
            title="No deals yet",
            text="When you send a client, you follow them here.",
            level="h3",
        ),
    )
