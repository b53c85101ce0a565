"""The timeline of a contact over all their deals."""

import reflex as rx

from salestrekker_portal.domains.insights.contact_timeline import TimelineFilter
from salestrekker_portal.portals.broker.contacts.one_state import ContactPageState
from salestrekker_portal.portals.broker.contacts.timeline_rows import TimelineLine
from salestrekker_portal.ui import data, forms
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, link

S = ContactPageState
WORDS = {
    TimelineFilter.ALL: "All",
    TimelineFilter.MESSAGES: "Messages",
    TimelineFilter.NOTES: "Notes",
    TimelineFilter.CHANGES: "Changes",
}
SIGNS = {
    "task": "list-checks", "file": "file-text", "mail": "mail", "text": "smartphone", "agreed": "shield-check",
    "portal": "user-check", "moved": "arrow-right", "call": "phone", "note": "lock", "message": "message-square",
}  # fmt: skip


def timeline_card() -> rx.Component:
    chips = rx.el.div(
        *[
            forms.chip(words, on=S.which == which.value, on_click=ContactPageState.narrow(which.value))
            for which, words in WORDS.items()
        ],
        role="group",
        aria_label="What to show",
        class_name="chips",
    )
    none = rx.el.p("Nothing here yet.", class_name="small muted card-none")
    earlier = optional(S.earlier, forms.link_button("Show earlier", on_click=ContactPageState.show_earlier))
    listed = rx.el.div(
        rx.el.ol(rx.foreach(S.timeline, _line), class_name="timeline"), earlier, class_name="timeline-in"
    )
    return data.card(rx.cond(S.timeline.length() > 0, listed, none), title="Timeline", end=chips, flush=True)


def _line(each: rx.Var[TimelineLine]) -> rx.Component:
    sign = rx.match(
        each["mark"], *[(mark, icon(name, size=13)) for mark, name in SIGNS.items()], icon("pencil", size=13)
    )
    how = rx.match(
        each["how"],
        ("", rx.fragment()),
        ("sent", data.badge("Sent", tone="ok", icon="check")),
        ("delivered", data.badge("Delivered", tone="ok", icon="check-check")),
        ("bounced", data.badge("Came back", tone="bad", icon="undo-2")),
        ("failed", data.badge("Failed", tone="bad", icon="x")),
        ("withdrawn", data.badge("Withdrawn", icon="undo-2")),
        ("unknown", data.badge("Checking", tone="warn", icon="clock")),
        data.badge("Waiting", tone="info", icon="clock"),
    )
    words = rx.el.div(
        rx.el.span(each["words"], " ", how, class_name="breakable"),
        link(each["deal"], to=each["deal_path"], class_name="block small muted truncate"),
        optional(each["quote"], rx.el.p(each["quote"], class_name="timeline-quote lines breakable")),
        class_name="timeline-words",
    )
    return rx.el.li(
        optional(each["head"], rx.el.h3(each["head"], class_name="timeline-day")),
        rx.el.div(
            rx.el.span(sign, class_name="timeline-dot", aria_hidden="true"),
            words,
            rx.el.time(each["time"], title=each["exact"]),
            class_name="timeline-row",
        ),
        key=each["id"],
    )
