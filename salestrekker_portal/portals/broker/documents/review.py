"""The pane beside the list: the files of one request, and what to do about them."""

import reflex as rx

from salestrekker_portal.domains.documents.checks import box_rules
from salestrekker_portal.domains.documents.rules import WORDS_LIMIT
from salestrekker_portal.portals.broker.documents.audience import audience_switch
from salestrekker_portal.portals.broker.documents.required_state import RequiredState as S
from salestrekker_portal.portals.broker.documents.rows import STATES, FileRow
from salestrekker_portal.ui.data import status_badge
from salestrekker_portal.ui.forms import button, button_row, icon_button, link_button, submit, text_area
from salestrekker_portal.ui.kinds import optional, when
from salestrekker_portal.ui.marks import icon, unseen
from salestrekker_portal.ui.overlay.keys import pressed_by
from salestrekker_portal.ui.uploads import download_link, upload_box, view_link

BADGES = {state: (words, tone, mark) for state, (words, tone, mark) in STATES.items()}


def review_pane() -> rx.Component:
    """Nothing while no request is chosen."""
    files = S.review["files"].to(list[FileRow])
    pane = rx.el.section(
        rx.el.header(
            rx.el.div(
                rx.el.h2(S.review["name"], tab_index=-1),
                rx.el.p(S.review["who"], class_name="small muted"),
                class_name="grow",
            ),
            status_badge(S.review["state"], cases=BADGES),
            icon_button(name="x", label="Close the review", small=True, on_click=S.open(""), **pressed_by("escape")),
            class_name="review-head",
        ),
        optional(S.review["said"], rx.el.p(S.review["said"], class_name="review-said")),
        _decision(),
        rx.foreach(files, _shown),
        _upload(),
        class_name="card review",
        id="review",
        aria_label="Review",
    )
    return rx.cond(S.chosen != "", pane, rx.fragment())


def _shown(row: rx.Var) -> rx.Component:
    """A file of the request: its line, and below it the preview of the one that is looked at."""
    name = rx.el.button(
        row["name"],
        type="button",
        on_click=S.show_file(row["id"]),
        aria_expanded=when(S.file_id == row["id"], "true", "false"),
        class_name="link-button",
    )
    head = rx.el.div(
        icon("file-text", size=18),
        rx.el.span(name, rx.el.span(row["meta"], class_name="file-meta"), class_name="grow"),
        rx.cond(row["held"] == "", _links(row), rx.fragment()),
        class_name="file",
    )  # fmt: skip
    return rx.el.div(
        head,
        rx.cond(S.file_id == row["id"], rx.fragment(_preview(row), _audience(row), _move(row)), rx.fragment()),
        key=row["id"],
    )


def _links(row: rx.Var) -> rx.Component:
    small = "button is-icon is-small is-quiet"
    name = row["name"].to(str)
    return rx.fragment(
        view_link(icon("external-link"), unseen(rx.Var.create("View ") + name), id=row["id"], class_name=small),
        download_link(icon("download"), unseen(rx.Var.create("Download ") + name), id=row["id"], class_name=small),
    )


def _preview(row: rx.Var) -> rx.Component:
    address = rx.Var.create("/files/") + row["id"].to(str) + "?view=1"
    held = rx.el.p(row["held"], class_name="review-none")
    none = rx.el.p("This kind of file can’t be shown here. Download it to look at it.", class_name="review-none")
    return rx.match(
        row["look"],
        ("pdf", rx.el.iframe(src=address, title=row["name"], class_name="review-page", loading="lazy")),
        ("picture", rx.el.img(src=address, alt=row["name"], class_name="review-page")),
        rx.cond(row["held"] != "", held, none),
    )


def _audience(row: rx.Var) -> rx.Component:
    def line(audience: str) -> rx.Component:
        return audience_switch(
            row, audience, id=rx.Var.create(f"pane-{audience}-") + row["id"].to(str), may_share=S.may_share,
            on_change=S.share(row["id"], audience, ~row[audience].to(bool)),
        )  # fmt: skip

    sees = optional(row["sees"], rx.el.p(row["sees"], " sent it, and sees it.", class_name="small muted"))
    why = rx.el.p("Only a broker or an admin shares documents. Ask the deal’s owner.", class_name="small muted")
    return rx.el.div(
        line("client"),
        sees,
        line("partner"),
        rx.cond(S.may_share, rx.fragment(), why),
        class_name="review-part",
    )


def _move(row: rx.Var) -> rx.Component:
    def option(each: rx.Var, group: rx.Var) -> rx.Component:
        return rx.el.option(each["name"], ", ", group["name"], value=each["id"], key=each["id"])

    choices = rx.foreach(
        S.groups, lambda group: rx.fragment(rx.foreach(group["rows"], lambda each: option(each, group)))
    )
    return rx.el.label(
        rx.el.span("Move to another request", class_name="small"),
        rx.el.select(
            rx.el.option("No request", value=""),
            choices,
            value=row["request"],
            on_change=S.move(row["id"]),
            class_name="input",
        ),
        class_name="review-part stack is-tight",
    )


def _decision() -> rx.Component:
    state = S.review["state"]
    reason = rx.el.form(
        rx.el.input(type="hidden", name="request", value=S.review["id"], read_only=True),
        text_area(
            id="decide-reason",
            name="reason",
            label=rx.cond(S.asking == "again", "What should they send?", "Why is it not needed?"),
            help=rx.cond(S.asking == "again", "They read this on their page and by e-mail.", "For the record."),
            error=S.error,
            limit=WORDS_LIMIT,
            auto_focus=True,
        ),
        button_row(
            submit(rx.cond(S.asking == "again", "Ask again", "Not needed")),
            button("Cancel", tone="quiet", on_click=S.ask("")),
        ),
        on_submit=S.decide,
        key=S.asking,
        class_name="stack is-tight",
    )
    accept = button("Accept", tone="primary", icon="check", on_click=S.accept(S.review["id"]), **pressed_by("a"))
    again = button("Ask again", icon="rotate-ccw", on_click=S.ask("again"), **pressed_by("r"))
    skip = button("Not needed", tone="quiet", icon="minus", on_click=S.ask("no"))
    need = button("Needed after all", on_click=S.reopen(S.review["id"]))
    buttons = rx.match(
        state,
        ("uploaded", button_row(accept, again, skip)),
        ("accepted", button_row(again)),
        ("asked_again", button_row(rx.cond(S.file_id != "", accept, rx.fragment()), skip)),
        ("says_not", button_row(skip, again)),
        ("not_needed", button_row(need)),
        button_row(skip, link_button("Withdraw", danger=True, on_click=S.withdraw(S.review["id"]))),
    )
    return rx.el.div(rx.cond(S.asking != "", reason, buttons), class_name="review-part")


def _upload() -> rx.Component:
    box = upload_box(
        rx.el.p("Upload for ", S.review["who"], class_name="small muted"),
        box=S.review["id"],
        name=S.review["name"],
        fields={"portal": "broker", "deal": S.loaded_id, "request": S.review["id"]},
        known=S.review["known"],
        photos=False,
        on_done=S.load,
        **box_rules(),
    )
    return rx.el.div(box, class_name="review-part")
