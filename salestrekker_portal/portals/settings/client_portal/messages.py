"""Messages to clients: one line each, with its ways and the pen for its words."""

import reflex as rx

from salestrekker_portal.portals.broker.words import credits_left
from salestrekker_portal.portals.settings.client_portal.messages_state import ClientMessagesState as M
from salestrekker_portal.portals.settings.here import SettingsHere
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.forms.prompt import choice_input
from salestrekker_portal.ui.marks import icon, link


def messages_card() -> rx.Component:
    """Who gets them, what an SMS costs, and the matrix."""
    credits = rx.cond(
        SettingsHere.is_admin,
        link(M.credits, " SMS", credits_left(M.credits), to="/settings/billing", class_name="link"),
        rx.el.span(M.credits, " SMS", credits_left(M.credits), class_name="muted"),
    )
    return data.card(
        rx.el.div(
            rx.el.p(
                "For contacts with access to the client portal. Each of them can switch off what is not essential. "
                "An SMS spends your organisation’s credits: 1 for each 160 characters.",
                class_name="small muted",
            ),
            rx.cond(M.may_text, rx.fragment(), _sms_off()),
            class_name="card-body stack is-tight",
        ),
        rx.cond(M.ready, rx.fragment(_matrix(), _note()), rx.el.div(feedback.skeleton_rows(), class_name="card-body")),
        title="Messages to clients",
        end=rx.el.span(feedback.saved_mark(M.saved), credits, class_name="row"),
        flush=True,
        id="messages",
    )


def _note() -> rx.Component:
    choices = [("whole", "All of it"), ("line", "Its first line"), ("none", "Nothing, only that it is there")]
    choice = forms.choice_cards(
        id="note-shows",
        label="What an e-mail shows of a note that you share",
        help="A text never shows any of it. In your own wording it stands where you put [Message], or else at the end.",
        choices=choices,
        value=M.shows,
        columns="is-three",
        disabled=~M.may_edit,
        on_change=M.show_note,
    )
    return rx.el.div(choice, class_name="card-body")


def _sms_off() -> rx.Component:
    on = forms.link_to_button("Switch on SMS", to="/settings/connect", small=True)
    ask = forms.button("Ask an admin", small=True, on_click=SettingsHere.ask("connect"))
    said = feedback.banner(
        tone="warn",
        title="SMS is off in Connect",
        text="Nothing goes by SMS, whatever is ticked here.",
        actions=rx.cond(SettingsHere.is_admin, on, ask),
        live=False,
    )
    return rx.el.div(said, id="sms-off")


def _matrix() -> rx.Component:
    head = rx.el.tr(
        rx.el.th("When", scope="col"),
        rx.el.th("E-mail", scope="col", class_name="is-way"),
        rx.el.th("SMS", scope="col", class_name="is-way"),
        rx.el.th(rx.el.span("Wording", class_name="unseen"), scope="col"),
    )
    return rx.el.table(
        rx.el.thead(head), rx.el.tbody(rx.foreach(M.rows, _row)), class_name="table is-matrix", aria_label="Messages"
    )


def _row(row: rx.Var) -> rx.Component:
    badges = rx.match(
        row["words"],
        ("own", data.badge("Your words", tone="accent")),
        ("firm", data.badge("Own words", tone="info")),
        rx.cond(row["mine"], data.badge("Your choice"), rx.fragment()),
    )
    pen = forms.button(
        rx.cond(M.may_edit, "Wording", "Look"),
        rx.el.span(" of ", row["label"], class_name="unseen"),
        small=True,
        tone="quiet",
        on_click=M.edit(row["key"].to(str)),
    )
    return rx.el.tr(
        rx.el.th(
            rx.el.span(row["label"], class_name="strong"), " ", badges,
            rx.el.span(row["note"], class_name="row-note block"), scope="row",
        ),
        rx.el.td(_way(row, "email", "e-mail"), class_name="is-way"),
        rx.el.td(_way(row, "sms", "SMS"), class_name="is-way"),
        rx.el.td(pen, class_name="is-right"),
        key=row["key"],
    )  # fmt: skip


def _way(row: rx.Var, channel: str, words: str) -> rx.Component:
    """A tick where there is a choice, a word where there is none."""
    shut = ~M.may_edit
    more = {}
    if channel == "sms":
        # What was ticked before SMS went off can still be taken away.
        shut = shut | (~M.may_text & (row[channel] != "on"))
        more = {"aria_describedby": rx.cond(M.may_text, "", "sms-off")}
    box = choice_input(
        type="checkbox",
        class_name="tick-input",
        checked=row[channel] == "on",
        on_change=lambda on: M.switch(row["key"].to(str), channel, on),
        disabled=shut,
        aria_label=row["label"].to(str) + f" by {words}",
        **more,
    )
    always = rx.el.span(icon("lock", size=14), "Always", class_name="way-always small muted")
    never = rx.el.span("–", rx.el.span(f"Never by {words}", class_name="unseen"), class_name="muted")
    return rx.match(row[channel], ("always", always), ("never", never), box)
