"""The drawer that merges two contacts, and what was merged lately."""

import reflex as rx

from salestrekker_portal.portals.broker.contact_fields import contact_search
from salestrekker_portal.portals.broker.contacts.merge_rows import MergeLine
from salestrekker_portal.portals.broker.contacts.merge_state import MergeChoice, MergeState
from salestrekker_portal.portals.broker.contacts.one_state import ContactPageState
from salestrekker_portal.ui import data, feedback, forms, overlay
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import link
from salestrekker_portal.ui.overlay.ask_first import ask_first

M = MergeState


def merged_lately() -> rx.Component:
    """Merges of the last 30 days, each with its way back."""

    def line(each: rx.Var[MergeLine]) -> rx.Component:
        back = ask_first(
            forms.button("Take apart", tone="danger", on_click=M.take_apart(each["id"].to(str))),
            press=forms.looks_like_button("Undo", tone="quiet"),
            title="Make them two contacts again?",
            text="Each gets back the deals, documents and details that were theirs.",
        )
        there = rx.cond(each["path"] != "", link("Open them", to=each["path"]), rx.fragment())
        words = rx.el.div(rx.el.span(each["words"], class_name="row-note breakable"), there, class_name="grow")
        return rx.el.li(rx.el.div(words, back, class_name="row"), key=each["id"])

    return rx.cond(
        ContactPageState.merges.length() > 0,
        data.card(data.rows(rx.foreach(ContactPageState.merges, line)), title="Merged lately", flush=True),
        rx.fragment(),
    )


def merge_drawer() -> rx.Component:
    """Somebody is looked for, then what would happen is shown."""
    look = rx.el.div(
        rx.el.p("Is somebody in your contacts twice? Find the other one; this one stays.", class_name="small muted"),
        contact_search(M, id="merge-with"),
        class_name="stack is-tight",
    )
    return overlay.drawer(
        rx.cond(M.other["id"] == "", look, _preview()),
        id="merge",
        open=M.shown,
        on_close=M.show(False),
        title="Merge with another contact",
    )


def _preview() -> rx.Component:
    refused = optional(M.refusal, feedback.banner(tone="bad", title=M.refusal))
    return rx.el.form(
        rx.el.input(type="hidden", name="other", value=M.other["id"], read_only=True),
        data.person(name=M.other["name"], initials="", role="Goes into this contact"),
        refused,
        rx.cond(M.refusal == "", rx.el.p(M.moves, class_name="breakable"), rx.fragment()),
        rx.cond(M.refusal == "", rx.foreach(M.choices, _choice), rx.fragment()),
        rx.el.p("For 30 days you can take them apart again, until they are invited or tell something.",
                class_name="small muted"),
        forms.form_foot(
            forms.button("Not the same", tone="quiet", on_click=M.not_the_same(M.other["id"].to(str))),
            forms.button("Cancel", on_click=M.show(False)),
            rx.cond(M.refusal == "", forms.submit("Merge into this contact"), rx.fragment()),
        ),
        on_submit=M.merge,
        no_validate=True,
        class_name="fields",
    )  # fmt: skip


def _choice(each: rx.Var[MergeChoice]) -> rx.Component:
    name = each["name"].to(str)
    return forms.select(
        id="merge-" + name, name=name, label=each["label"], choices=[("kept", each["kept"]), ("gone", each["gone"])],
        blank=None, default_value="kept", key=name,
    )  # fmt: skip
