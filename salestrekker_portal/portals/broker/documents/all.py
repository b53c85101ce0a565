"""Documents of a deal: every file, from whomever, in one list."""

import reflex as rx

from salestrekker_portal.domains.documents.checks import box_rules
from salestrekker_portal.domains.documents.rules import NAME_LIMIT
from salestrekker_portal.portals.broker.deal.frame import DEAL_LOADS, deal_frame
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.broker.documents.all_state import DealDocumentsState as S
from salestrekker_portal.portals.broker.documents.asked import asked_card
from salestrekker_portal.portals.broker.documents.audience import audience_switch
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.feedback import empty, skeleton_rows
from salestrekker_portal.ui.forms import button, button_row, filled_from, select_options, submit, text_input
from salestrekker_portal.ui.forms.post import post_form
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, unseen
from salestrekker_portal.ui.overlay.menu import menu, menu_button
from salestrekker_portal.ui.uploads import download_link, upload_box, view_link


@page("/deals/[deal_id]/documents", title="Documents", portal=Portal.BROKER, on_load=[*DEAL_LOADS, S.load])
def documents_page() -> rx.Component:
    return deal_frame(
        live_signal(on_change=S.load),
        rx.cond(S.loaded_id == DealFrameState.deal_id, _body(), skeleton_rows()),
        active="documents",
    )


def _body() -> rx.Component:
    nothing = empty(
        title="No documents yet",
        text="What you, your clients or a partner send appears here, with who and when.",
        mark="file",
        level="h3",
    )
    why = rx.el.p(
        icon("lock"),
        rx.el.span("Only a broker or an admin shares documents outside the team. Ask the deal’s owner."),
        class_name="small muted row is-tight",
    )
    return rx.fragment(
        rx.el.div(
            rx.el.h2("Documents"),
            rx.el.span(S.rows.length(), " in all", class_name="muted small figures"),
            rx.cond(S.rows.length() > 0, _take(), rx.fragment()),
            class_name="section-head",
        ),
        _upload(),
        rx.cond(S.unscanned, _nobody_scans(), rx.fragment()),
        rx.cond(S.may_share, rx.fragment(), why),
        asked_card(),
        rx.cond(S.rows.length() > 0, rx.el.ul(rx.foreach(S.rows, _row), class_name="card documents"), nothing),
    )


def _take() -> rx.Component:
    """All of them in one file. A form of plain HTML: the download is the answer to a post."""
    return post_form(
        rx.el.input(type="hidden", name="deal", value=S.loaded_id, read_only=True),
        submit(icon("download"), "Download all", tone="second", small=True),
        action="/deals/documents",
        class_name="push",
    )


def _nobody_scans() -> rx.Component:
    return rx.el.p(
        icon("shield-off"),
        rx.el.span("Files are not checked for viruses here: no scanner is connected. Open only what you expect."),
        class_name="small muted row is-tight",
    )


def _upload() -> rx.Component:
    box = upload_box(
        box=rx.Var.create("deal-") + S.loaded_id,
        name="documents",
        fields={"portal": "broker", "deal": S.loaded_id},
        known=S.known,
        photos=False,
        on_done=S.load,
        **box_rules(),
    )
    return rx.el.div(box, class_name="drop-line")


def _row(row: rx.Var) -> rx.Component:
    return rx.el.li(
        rx.cond(S.renaming == row["id"], _rename(row), _name(row)),
        _choice(row, "Answers", S.requests, "No request", row["request"], S.move),
        _choice(row, "Label", S.slots, "No label", row["slot"], S.label),
        rx.el.div(_switch(row, "client"), _switch(row, "partner"),
                  class_name="document-shares"),
        _acts(row),
        class_name="document",
        key=row["id"],
    )  # fmt: skip


def _name(row: rx.Var) -> rx.Component:
    mark = rx.cond(row["picture"], icon("image", size=18), icon("file-text", size=18))
    link = view_link(row["name"], id=row["id"], class_name="file-name")
    words = rx.el.span(
        rx.cond(row["held"] == "", link, rx.el.span(row["name"], class_name="file-name")),
        rx.el.span(row["meta"], class_name="file-meta"),
        optional(row["held"], rx.el.span(row["held"], class_name="file-meta is-held")),
        class_name="grow breakable",
    )
    return rx.el.div(mark, words, class_name="document-name")


def _rename(row: rx.Var) -> rx.Component:
    return rx.el.form(
        rx.el.input(type="hidden", name="document", value=row["id"], read_only=True),
        filled_from({"name": row["name"]}),
        text_input(
            id=rx.Var.create("name-") + row["id"].to(str),
            name="name",
            label="Name",
            default_value=row["name"],
            error=S.error,
            limit=NAME_LIMIT,
            auto_focus=True,
        ),
        button_row(submit("Save", small=True), button("Cancel", tone="quiet", small=True, on_click=S.rename(""))),
        on_submit=S.save_name,
        class_name="document-name stack is-tight",
    )


def _choice(row: rx.Var, words: str, choices: rx.Var, blank: str, value: rx.Var, act) -> rx.Component:
    return rx.el.label(
        rx.el.span(words, unseen(rx.Var.create(" of ") + row["name"].to(str)), class_name="small muted"),
        rx.el.select(
            rx.el.option(blank, value=""),
            select_options(choices),
            value=value,
            on_change=act(row["id"]),
            class_name="input",
        ),
        class_name="document-choice",
    )


def _switch(row: rx.Var, audience: str) -> rx.Component:
    return audience_switch(
        row, audience, id=rx.Var.create(f"{audience}-") + row["id"].to(str), may_share=S.may_share,
        on_change=S.share(row["id"], audience, ~row[audience].to(bool)),
        after=unseen(rx.Var.create(" ") + row["name"].to(str)),
    )  # fmt: skip


def _acts(row: rx.Var) -> rx.Component:
    get = download_link(icon("download"), unseen(rx.Var.create("Download ") + row["name"].to(str)), id=row["id"],
                        class_name="button is-icon is-small is-quiet")  # fmt: skip
    return rx.el.div(
        rx.cond(row["held"] == "", get, rx.fragment()),
        menu(
            menu_button("Rename", icon="pencil", on_click=S.rename(row["id"])),
            menu_button("Remove", icon="trash-2", danger=True, on_click=S.remove(row["id"])),
            summary=rx.el.span(icon("ellipsis"), unseen(rx.Var.create("More for ") + row["name"].to(str)),
                               class_name="button is-quiet is-icon is-small"),
            end=True,
        ),
        class_name="document-acts",
    )  # fmt: skip
