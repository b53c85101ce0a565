"""One box of the client's documents: what it is, its files, sending more, and saying that it doesn't apply."""

import reflex as rx

from salestrekker_portal.domains.documents.checks import box_rules
from salestrekker_portal.domains.documents.rules import WORDS_LIMIT
from salestrekker_portal.portals.client.documents.rows import OwnFileRow
from salestrekker_portal.portals.client.documents.state import ClientDocumentsState as S
from salestrekker_portal.ui.data import badge, file_row
from salestrekker_portal.ui.feedback import banner
from salestrekker_portal.ui.forms import button, button_row, link_button, looks_like_button, submit, text_area
from salestrekker_portal.ui.kinds import optional, when
from salestrekker_portal.ui.marks import icon, unseen
from salestrekker_portal.ui.overlay import ask_first
from salestrekker_portal.ui.uploads import download_link, upload_box, view_link


def file_line(row: rx.Var, *, undo: bool = True) -> rx.Component:
    """A file with its links; `undo` offers to take it back where that is still possible."""
    links = rx.fragment(
        view_link(
            icon("eye", size=20),
            unseen(rx.Var.create("View ") + row["name"].to(str)),
            id=row["id"],
            class_name="button is-icon is-small",
        ),
        download_link(
            icon("download", size=20),
            unseen(rx.Var.create("Download ") + row["name"].to(str)),
            id=row["id"],
            class_name="button is-icon is-small",
        ),
    )
    acts = [rx.cond(row["held"] == "", links, rx.fragment())]
    if undo:
        take_back = ask_first(
            button("Take back", tone="danger", on_click=S.undo(row["id"])),
            press=looks_like_button("Undo", unseen(rx.Var.create(" sending ") + row["name"].to(str)), small=True),
            title=rx.Var.create("Take ") + row["name"].to(str) + " back?",
            text="Nobody else sees it any more. You can send it again.",
        )
        acts.append(optional(row["undo"], take_back))
    return file_row(
        name=row["name"],
        meta=rx.fragment(
            rx.cond(row["undo"], row["meta"].to(str) + ". " + row["undo"].to(str), row["meta"]),
            optional(row["held"], rx.el.span(" ", row["held"], class_name="is-held")),
        ),
        picture=row["picture"],
        actions=rx.fragment(*acts),
        key=row["id"],
    )


def _files(row: rx.Var) -> rx.Component:
    files = row["files"].to(list[OwnFileRow])
    return rx.cond(
        files.length() > 0,
        rx.el.div(rx.foreach(files, lambda each: file_line(each)), class_name="box-files"),
        rx.fragment(),
    )


def _state(row: rx.Var) -> rx.Component:
    due = rx.cond(row["late"], badge(row["due"], tone="warn", icon="clock"), badge(row["due"], icon="clock"))
    with_broker = badge(rx.Var.create("With ") + S.broker, tone="info", icon="hourglass")
    return rx.match(
        row["state"],
        ("asked_again", badge("Send again", tone="warn", icon="rotate-ccw")),
        ("uploaded", with_broker),
        ("says_not", with_broker),
        optional(row["due"], due),
    )


def _head(row: rx.Var) -> rx.Component:
    asked = rx.el.div(
        banner(
            rx.el.p(row["reason"]),
            rx.el.p(row["reason_at"], class_name="small muted"),
            tone="warn",
            title=row["reason_title"],
            live=False,
        )
    )
    return rx.fragment(
        rx.el.div(rx.el.h3(row["name"]), _state(row), class_name="box-head"),
        optional(row["sides"], rx.el.p(badge(row["sides"], icon="id-card"), class_name="box-why")),
        optional(row["whose"], rx.el.p(row["whose"], ".", class_name="box-why strong")),
        optional(row["why"], rx.el.p(row["why"], class_name="box-why")),
        optional(row["reason"], asked),
        _files(row),
    )


def box(row: rx.Var) -> rx.Component:
    """A request that files can be sent to."""
    sending = upload_box(
        _head(row),
        box=row["id"],
        name=row["name"],
        fields={"portal": "client", "request": row["id"]},
        known=row["known"],
        primary=row["primary"],
        on_done=S.load,
        **box_rules(),
    )
    return rx.el.article(
        sending,
        rx.cond(row["mine"].to(bool) & (row["state"] != "uploaded"), _does_not_apply(row), rx.fragment()),
        class_name=["box", when(row["state"] == "asked_again", "is-warn")],
        key=row["id"],
    )


def _does_not_apply(row: rx.Var) -> rx.Component:
    form = rx.el.form(
        rx.el.input(type="hidden", name="request", value=row["id"], read_only=True),
        text_area(
            id=rx.Var.create("why-") + row["id"].to(str),
            name="reason",
            label=rx.Var.create("Why doesn’t it apply?"),
            error=S.say_error,
            rows="2",
            limit=WORDS_LIMIT,
            auto_focus=True,
        ),
        button_row(
            submit("Tell ", S.broker, small=True),
            button("Cancel", tone="quiet", small=True, on_click=S.say("")),
        ),
        on_submit=S.say_it,
        class_name="stack is-tight",
    )
    ask = link_button(
        "This doesn’t apply to me", unseen(rx.Var.create(" for ") + row["name"].to(str)), on_click=S.say(row["id"])
    )
    return rx.el.div(rx.cond(S.saying == row["id"], form, ask), class_name="box-more")


def waiting(row: rx.Var) -> rx.Component:
    """A request that the broker looks at."""
    said = rx.el.article(
        rx.el.div(rx.el.h3(row["name"]), _state(row), class_name="box-head"),
        rx.el.p(row["said"], class_name="box-why"),
        button_row(
            button(
                "Undo", unseen(rx.Var.create(" for ") + row["name"].to(str)), small=True, on_click=S.reopen(row["id"])
            )
        ),
        class_name="box",
        key=row["id"],
    )
    return rx.cond(row["state"] == "says_not", said, box(row))


def finished(row: rx.Var) -> rx.Component:
    """A line of what is done, with its files behind it."""
    files = row["files"].to(list[OwnFileRow])
    return rx.el.li(
        rx.el.details(
            rx.el.summary(
                icon("circle-check", size=20),
                rx.el.span(
                    rx.el.span(row["name"], class_name="row-name"),
                    rx.el.span(
                        optional(row["whose"], rx.fragment(row["whose"], ". ")), row["note"], class_name="row-note"
                    ),
                    class_name="grow",
                ),
                icon("chevron-right"),
                class_name="row-link",
            ),
            rx.foreach(files, lambda each: file_line(each, undo=False)),
            class_name="finished",
        ),
        key=row["id"],
    )
