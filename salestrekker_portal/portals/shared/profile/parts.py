"""The pieces of a profile page that the client's and the broker's share. `S` is the State of the page."""

from typing import Any

import reflex as rx

from salestrekker_portal.ui.data.marks import avatar
from salestrekker_portal.ui.forms.buttons import button, link_button
from salestrekker_portal.ui.kinds import optional, when
from salestrekker_portal.ui.marks import icon
from salestrekker_portal.ui.overlay.menu import menu
from salestrekker_portal.ui.questions import Around, described_as_fresh, fresh_mark, question


def around(S: Any, locked: Any) -> Around:
    """What the questions of a page need from its State."""
    return Around(
        errors=S.errors,
        acks=S.acks,
        news=S.news,
        held=S.held,
        clashes=S.clashes,
        here=S.here,
        scope=S.scope,
        at=S.at,
        epoch=S.epoch,
        locked=locked,
        on_save=S.save,
        on_pick=S.pick,
        on_here=S.enter,
        on_mine=S.use_mine,
        on_theirs=S.keep_theirs,
        on_discard=S.discard,
        on_history=getattr(S, "show_history", None),
        fresh=getattr(S, "fresh", None),
    )


def people_here(S: Any) -> rx.Component:
    """Others who are on this page now."""

    def line(person: rx.Var) -> rx.Component:
        return rx.el.div(
            avatar(person["initials"], tone="info", size="small", here=True),
            rx.el.span(rx.el.strong(person["name"], " is here too"), ", ", person["doing"]),
            class_name="presence",
            key=person["name"],
        )

    return rx.el.div(rx.foreach(S.people, line), aria_live="polite", class_name="stack is-tight")


def totals(S: Any) -> rx.Component:
    """The running sums of a page."""

    def one(each: rx.Var) -> rx.Component:
        return rx.el.div(
            rx.el.span(each["label"], class_name="profile-sum-label"),
            rx.el.strong(each["amount"]),
            optional(each["parts"], rx.el.span(each["parts"], class_name="profile-sum-parts")),
            key=each["label"],
        )

    return rx.cond(
        S.sums.length() > 0,
        rx.el.div(rx.foreach(S.sums, one), class_name="profile-sums", role="group", aria_label="Totals"),
        rx.fragment(),
    )


def blocks(S: Any, *, heads: Any) -> rx.Component:
    """Every section of the page. `heads` says whether each shows its own heading."""
    return rx.foreach(S.blocks, lambda block: _block(S, block, heads))


def _block(S: Any, block: rx.Var, heads: Any) -> rx.Component:
    head = rx.el.div(
        rx.el.h2(block["title"]),
        rx.cond(block["unanswered"], rx.el.span("Answer needed", class_name="badge is-warn"), rx.fragment()),
        _reopen(S, block),
        optional(block["lead"], rx.el.p(block["lead"])),
        class_name="form-section-head",
    )
    return rx.el.section(
        rx.cond(heads, head, rx.fragment()) if isinstance(heads, rx.Var) else (head if heads else rx.fragment()),
        optional(block["asked"], rx.el.p(icon("rotate-ccw"), block["asked"], class_name="profile-asked")),
        fresh_mark(getattr(S, "fresh", None), block["id"]),
        optional(block["note"], rx.el.p(icon("eye-off"), block["note"], class_name="profile-note")),
        optional(S.errors[block["id"]], _wrong_list(S.errors[block["id"]])),
        rx.el.div(
            rx.foreach(block["fields"], lambda f: question(f, around(S, block["locked"]))),
            class_name="questions",
        ),
        rx.cond(block["repeats"], _list(S, block), rx.fragment()),
        class_name="form-section",
        aria_label=block["title"],
        **described_as_fresh(getattr(S, "fresh", None), block["id"]),
        key=block["id"],
    )


def _reopen(S: Any, block: rx.Var) -> rx.Component:
    """For staff: send a section back with a note, or let clients change it while the stage locks the others."""
    if not hasattr(S, "reopen"):
        return rx.fragment()
    named = rx.el.span(": ", block["title"], class_name="unseen")
    opens = button("Open for the client", named, small=True, icon="lock-open", on_click=S.reopen(block["id"], True))
    closes = button("Lock again", named, small=True, icon="lock", on_click=S.reopen(block["id"], False))
    ask = button("Ask again", named, small=True, icon="rotate-ccw", on_click=S.ask_about(block["id"]))
    asks = rx.cond(block["clients"], ask, rx.fragment())
    return rx.fragment(asks, rx.match(block["reopen"], ("open", opens), ("close", closes), rx.fragment()))


def _wrong_list(sentence: rx.Var) -> rx.Component:
    return rx.el.p(icon("circle-alert"), sentence, class_name="field-error", role="alert")


def _list(S: Any, block: rx.Var) -> rx.Component:
    return rx.fragment(
        rx.foreach(block["items"], lambda item: _item(S, block, item)),
        rx.cond(block["nothing"], _nothing(S, block), rx.fragment()),
        rx.cond(block["locked"] | block["nothing"], rx.fragment(), _adding(S, block)),
    )


def _item(S: Any, block: rx.Var, item: rx.Var) -> rx.Component:
    head = S.heads[item["id"]]
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                rx.el.p(head["title"], class_name="item-title"),
                optional(head["line"], rx.el.p(head["line"], class_name="small muted")),
                fresh_mark(getattr(S, "fresh", None), item["id"]),
                optional(head["missing"], rx.el.p(head["missing"], class_name="small item-missing")),
                class_name="grow",
            ),
            optional(head["sum"], rx.el.p(head["sum"], rx.el.small(head["sum_label"]), class_name="item-sum")),
            class_name="item-head",
        ),
        rx.cond(
            item["opened"],
            rx.el.div(
                rx.el.div(
                    rx.foreach(item["fields"], lambda f: question(f, around(S, block["locked"]))),
                    class_name="questions",
                ),
                class_name="item-body",
            ),
            rx.fragment(),
        ),
        _item_foot(S, block, item, head),
        class_name=["item", when(item["opened"], "is-open")],
        role="group",
        aria_label=head["title"],
        **described_as_fresh(getattr(S, "fresh", None), item["id"]),
        key=item["id"],
    )


def _item_foot(S: Any, block: rx.Var, item: rx.Var, head: rx.Var) -> rx.Component:
    named = rx.el.span(" ", head["title"], class_name="unseen")
    look = rx.cond(block["locked"], "Look at", "Change")
    return rx.el.div(
        rx.cond(
            item["opened"],
            link_button("Done", named, on_click=S.open_item("")),
            link_button(look, named, on_click=S.open_item(item["id"])),
        ),
        rx.cond(
            block["locked"],
            rx.fragment(),
            link_button(
                icon("trash-2", size=14), "Remove", named, on_click=S.remove(block["id"], item["id"]), danger=True
            ),
        ),
        class_name="item-foot",
    )


def _nothing(S: Any, block: rx.Var) -> rx.Component:
    """They have said that there is nothing: they may take that back."""
    box = rx.el.input(
        type="checkbox",
        checked=True,
        disabled=block["locked"],
        on_change=lambda _: S.say_nothing(block["id"], False),
        class_name="tick-input",
    )
    return rx.el.div(
        rx.el.label(box, rx.el.span(block["nothing_label"], class_name="tick-text"), class_name="tick"),
        class_name="nothing",
    )


def _adding(S: Any, block: rx.Var) -> rx.Component:
    few = block["items"].length() == 0
    types = block["types"]
    choose = menu(
        rx.foreach(
            types,
            lambda kind: rx.el.button(
                kind["label"],
                type="button",
                class_name="menu-item",
                on_click=S.add(block["id"], kind["value"]),
                key=kind["value"],
            ),
        ),
        summary=rx.el.span(icon("plus"), block["add_label"], class_name="button is-wide"),
        end=False,
    )
    add = button(block["add_label"], icon="plus", wide=True, on_click=S.add(block["id"], ""))
    nothing = button(block["nothing_label"], wide=True, on_click=S.say_nothing(block["id"], True))
    return rx.el.div(
        rx.cond(types.length() > 0, choose, add),
        rx.cond(few & (block["nothing_label"] != ""), nothing, rx.fragment()),
        class_name="item-adding",
    )


def removed(S: Any) -> rx.Component:
    """What was just removed, with the way back."""
    return rx.el.div(
        optional(
            S.removed,
            rx.el.div(
                icon("trash-2"),
                rx.el.span(S.removed, class_name="grow"),
                button("Undo", small=True, on_click=S.restore),
                class_name="presence",
            ),
        ),
        role="status",
    )
