"""The notes tab of a deal."""

import reflex as rx

from salestrekker_portal.domains.notes.queries import NoteFilter
from salestrekker_portal.domains.notes.service import MOST_LETTERS
from salestrekker_portal.portals.broker.deal.frame import DEAL_LOADS, deal_frame
from salestrekker_portal.portals.broker.deal_notes.editing import change_button, earlier_button, note_drawer
from salestrekker_portal.portals.broker.deal_notes.state import DealNotesState as S
from salestrekker_portal.portals.events.about import TabAbout
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.portals.shared.note_files import attaching, files_under
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import arrived, avatar, badge, card
from salestrekker_portal.ui.feedback import banner, empty, skeleton_rows
from salestrekker_portal.ui.forms import icon_button, search_box, select, submit, switch, tell_someone, text_area
from salestrekker_portal.ui.kinds import optional, when
from salestrekker_portal.ui.marks import icon

_GONE = "The note that you were told of is no longer here."


def _switches() -> rx.Component:
    def one(id: str, label: str, checked: rx.Var, on_change, **props) -> rx.Component:
        return switch(id=id, name=id, label=label, checked=checked, on_change=on_change, **props)

    no = S.refusal != ""
    return rx.el.div(
        one("share-client", "Share with client", S.share_client, S.set_share_client, disabled=no),
        one("share-partner", "Share with partner", S.share_partner, S.set_share_partner, disabled=no),
        one("important", "Important", S.important, S.set_important),
        class_name="row is-wrap",
    )


def _clip() -> rx.Component:
    return attaching(
        S.drafts,
        box=rx.Var.create("note-") + S.deal_id,
        fields={"portal": "broker", "deal": S.deal_id, "with": "note"},
        known=S.known,
        on_done=S.load,
        on_discard=S.leave_out,
        hint="Whoever reads the note reads its files. They are under Documents too.",
    )


def _composer() -> rx.Component:
    field = text_area(
        id="note", name="text", label="Note", rows="3", error=S.error, key=S.saved.to_string(), limit=MOST_LETTERS
    )
    who = rx.cond(
        S.share_client & (S.clients.length() > 1),
        select(
            id="only",
            name="only",
            label="Which client",
            choices=S.clients,
            blank="All clients of this deal",
            value=S.only,
            on_change=S.set_only,
        ),
        rx.fragment(),
    )  # fmt: skip
    reach = rx.cond(
        S.share_client | S.share_partner, "People outside the team will read this.", "Only the team reads this."
    )
    return card(
        rx.el.form(
            rx.el.div(
                field,
                tell_someone(S.colleagues, id="note-tell", of="note", key="tell-" + S.saved.to_string()),
                rx.cond(S.deal_id != "", _clip(), rx.fragment()),
                _switches(),
                optional(S.refusal, rx.el.p(S.refusal, class_name="small muted")),
                who,
                rx.el.div(
                    rx.el.span(reach, class_name="small muted"),
                    submit(icon("send"), "Save note"),
                    class_name="row is-apart is-wrap",
                ),
                class_name="stack is-tight",
            ),
            on_submit=S.save,
        ),
        title="Write a note",
    )


def _audience(row: rx.Var) -> rx.Component:
    team = ~row["with_client"] & ~row["with_partner"]
    return rx.fragment(
        rx.cond(row["important"], badge("Important", tone="warn", icon="star"), rx.fragment()),
        rx.cond(team, badge("Team", icon="lock"), rx.fragment()),
        rx.cond(row["with_client"], badge("Client", tone="info", icon="eye"), rx.fragment()),
        optional(row["only"], badge(row["only"], tone="info", icon="user")),
        rx.cond(row["with_partner"], badge("Partner", tone="accent", icon="handshake"), rx.fragment()),
    )


def _acts(row: rx.Var) -> rx.Component:
    no = S.refusal != ""

    def sharing(audience: str) -> rx.Component:
        return switch(
            id=rx.Var.create(f"share-{audience}-") + row["id"],
            label=f"Share with {audience}",
            checked=row[f"with_{audience}"],
            disabled=no,
            on_change=lambda on: S.share(row["id"], audience, on),
        )

    star = rx.cond(
        row["important"],
        icon_button(name="star-off", label="Not important", small=True, on_click=S.mark(row["id"], False)),
        icon_button(name="star", label="Mark as important", small=True, on_click=S.mark(row["id"], True)),
    )
    return rx.el.div(
        sharing("client"), sharing("partner"), star, change_button(row), class_name="row is-wrap note-acts"
    )


def _told(names: rx.Var) -> rx.Component:
    chips = rx.foreach(names, lambda name: rx.el.li(badge(name, tone="accent", icon="at-sign"), key=name))
    shown = rx.el.ul(chips, class_name="note-told", aria_label="Told of this note")
    return rx.cond(names.length() > 0, shown, rx.fragment())


def _note(row: rx.Var) -> rx.Component:
    return rx.el.article(
        rx.el.div(
            avatar(row["initials"], size="small", tone="accent"),
            rx.el.b(row["author"]),
            optional(row["role"], rx.el.span(row["role"], class_name="muted")),
            rx.el.time(row["when"], title=row["exact"]),
            rx.el.span(_audience(row), class_name="note-end row is-tight is-wrap"),
            class_name="note-head",
        ),
        rx.el.p(row["text"], class_name="note-body"),
        _told(row["told"].to(list[str])),
        optional(row["edited"], earlier_button(row)),
        files_under(row["files"]),
        rx.cond(row["is_system"], rx.fragment(), _acts(row)),
        rx.cond(row["here"], arrived(), rx.fragment()),
        class_name=["note", when(row["important"], "is-important"), when(row["here"], "is-here")],
        custom_attrs={"data-arrived": "", "tabIndex": -1},
        aria_label=rx.Var.create("Note by ") + row["author"].to(str),
        key=row["id"],
    )


def notes_panel() -> rx.Component:
    """The composer and the thread, newest first."""
    none = empty(
        title="No notes yet",
        text="Write what the team should know, or share a note to start talking with your client.",
        mark="sticky-note",
    )
    nothing = empty(title="No such note", text="Try other words, or show all notes.", mark="search", level="h3")
    thread = rx.el.div(rx.foreach(S.notes, _note), aria_live="polite", class_name="stack is-tight")
    looking = (S.words != "") | (S.which != NoteFilter.ALL.value)
    return rx.el.div(
        rx.cond(S.gone, banner(_GONE, tone="info"), rx.fragment()),
        _composer(),
        rx.cond((S.notes.length() > 0) | looking, _looking_for(), rx.fragment()),
        rx.cond(S.notes.length() > 0, thread, rx.cond(looking, nothing, none)),
        note_drawer(),
        class_name="stack reading-width",
    )


def _looking_for() -> rx.Component:
    kinds = [
        ("all", "All notes"),
        ("important", "Important"),
        ("team", "The team’s own"),
        ("client", "Shared with clients"),
        ("partner", "Shared with partners"),
    ]
    return rx.el.div(
        search_box(
            id="note-words", name="words", label="Search these notes", default_value=S.words,
            on_change=S.look_for.debounce(250), auto_complete="off",
            # Another deal's field: what stands in one is the browser's, whatever it began with.
            key=TabAbout.shows,
        ),
        select(
            id="note-kind", name="kind", label="Show", choices=kinds, blank=None, value=S.which,
            on_change=S.show_only,
        ),
        role="search",
        class_name="row is-wrap note-finding",
    )  # fmt: skip


@page("/deals/[deal_id]/notes", title="Notes", portal=Portal.BROKER, on_load=[*DEAL_LOADS, S.load])
def notes_page() -> rx.Component:
    return deal_frame(live_signal(on_change=S.load), rx.cond(S.ready, notes_panel(), skeleton_rows()), active="notes")
