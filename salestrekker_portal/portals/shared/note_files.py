"""Files that go with notes, the same for all three portals: under the note, and while it is being written."""

from typing import Any, TypedDict

import reflex as rx

from salestrekker_portal.domains.documents.checks import box_rules, size_words
from salestrekker_portal.domains.documents.held import held_words, is_held
from salestrekker_portal.domains.notes.attachments import Filed
from salestrekker_portal.portals.shared.file_words import is_picture
from salestrekker_portal.ui.forms import button, looks_like_icon_button
from salestrekker_portal.ui.kinds import optional, when
from salestrekker_portal.ui.marks import icon
from salestrekker_portal.ui.overlay import ask_first
from salestrekker_portal.ui.uploads import upload_box, view_link


class NoteFile(TypedDict):
    """One file of a note. `held`: why nobody may open it, or empty."""

    id: str
    name: str
    meta: str
    picture: bool
    held: str


def note_files(files: list[Filed], *, for_staff: bool) -> list[NoteFile]:
    """The files as words."""
    return [
        NoteFile(
            id=str(document.id),
            name=document.name,
            meta=held_words(file, for_staff=for_staff) if is_held(file) else size_words(file.size_bytes),
            picture=is_picture(file),
            held="held" if is_held(file) else "",
        )
        for document, file in files
    ]


def files_under(files: rx.Var) -> rx.Component:
    """The files of a note, each opening in a tab of its own; nothing when it has none."""
    files = files.to(list[NoteFile])
    return rx.cond(
        files.length() > 0,
        rx.el.ul(rx.foreach(files, _under), class_name="note-files", aria_label="Files of this note"),
        rx.fragment(),
    )


def _under(row: rx.Var) -> rx.Component:
    inside = rx.fragment(
        when(row["picture"], icon("image", size=18), icon("file-text", size=18)),
        rx.el.span(
            rx.el.span(row["name"], class_name="file-name"),
            rx.el.span(row["meta"], class_name="file-meta"),
            class_name="grow",
        ),
    )
    link = view_link(inside, id=row["id"], class_name="note-file")
    return rx.el.li(rx.cond(row["held"] == "", link, rx.el.span(inside, class_name="note-file is-held")), key=row["id"])


def attaching(
    drafts: rx.Var, *, box: Any, fields: Any, known: rx.Var, on_done: Any, on_discard: Any, hint: Any = ""
) -> rx.Component:
    """The paperclip of a note that is being written, with the files that will go with it."""
    chosen = rx.foreach(drafts.to(list[NoteFile]), lambda row: _chosen(row, on_discard))
    listed = rx.el.ul(chosen, class_name="note-files", aria_label="Files that will go with it")
    return upload_box(
        rx.cond(drafts.length() > 0, listed, rx.fragment()),
        optional(hint, rx.cond(drafts.length() > 0, rx.el.p(hint, class_name="small muted"), rx.fragment())),
        box=box,
        name="attachments",
        fields=fields,
        known=known,
        compact=True,
        photos=False,
        on_done=on_done,
        **box_rules(),
    )


def _chosen(row: rx.Var, on_discard: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            when(row["picture"], icon("image", size=18), icon("file-text", size=18)),
            rx.el.span(
                rx.el.span(row["name"], class_name="file-name"),
                rx.el.span(row["meta"], class_name="file-meta"),
                class_name="grow",
            ),
            ask_first(
                button("Leave out", tone="danger", on_click=on_discard(row["id"])),
                press=looks_like_icon_button(
                    name="x", label=rx.Var.create("Leave out ") + row["name"].to(str), small=True
                ),
                title=rx.Var.create("Leave out ") + row["name"].to(str) + "?",
                text="It does not go with what you are writing. You can attach it again.",
            ),
            class_name="note-file",
        ),
        key=row["id"],
    )
