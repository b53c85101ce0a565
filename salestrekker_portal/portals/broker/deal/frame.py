"""The frame of a deal: strip of stages, side list, lock, and the questions before settling."""

import reflex as rx

from salestrekker_portal.portals.broker.around.shell import broker_page
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.broker.deal.closing import settle_question, stop_question
from salestrekker_portal.portals.broker.deal.closing_state import StopDealState
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.broker.letters.drawer import write_button, write_drawer
from salestrekker_portal.portals.broker.moving.state import MovingState
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.ui import data, feedback, forms, frame, overlay
from salestrekker_portal.ui.kinds import Child, optional
from salestrekker_portal.ui.marks import icon, link, unseen

# What every page of a deal loads first.
DEAL_LOADS = [ShellState.load, DealFrameState.load]


def deal_frame(*content: Child, active: str, around: Child | None = None) -> rx.Component:
    """A page of a deal. `active` is a key of `ui.frame.DEAL_NAV`; `around` lies over the page (a drawer). The page's
    `on_load` begins with `DEAL_LOADS`.
    """
    page = frame.deal_frame(
        live_signal(on_change=DealFrameState.load),
        rx.el.div(
            _locked(),
            _archived(),
            _questions(),
            write_drawer(),
            rx.el.div(*content, class_name="stack"),
            class_name="stack deal-stack",
        ),
        current=active,
        facts={
            "profile": DealFrameState.profile_fact,
            "required": DealFrameState.required_fact,
            "share": DealFrameState.share_fact,
        },
    )
    nothing = frame.broker_main(feedback.not_found(to="/board", words="Back to the board"))
    return broker_page(
        rx.cond(DealFrameState.missing, nothing, page),
        current="deals",
        compact=True,
        head=rx.cond(DealFrameState.missing, rx.fragment(), _head()),
        around=around,
    )


def _head() -> rx.Component:
    return rx.el.div(
        frame.crumbs([("Deals", "/board"), (DealFrameState.workflow, DealFrameState.board_path)]),
        rx.el.div(
            rx.el.h1(DealFrameState.name),
            rx.el.div(
                rx.el.b(DealFrameState.amount),
                rx.el.span(DealFrameState.reference),
                rx.el.span(DealFrameState.owner),
                class_name="deal-meta",
            ),
            optional(DealFrameState.owed, _owed()),
            rx.el.div(
                rx.cond(DealFrameState.archived, rx.fragment(), write_button()), _actions(), class_name="push row"
            ),
            class_name="deal-title",
        ),
        data.stage_strip(
            rx.foreach(DealFrameState.stages, _stage), now=DealFrameState.now_name, progress=DealFrameState.progress
        ),
        class_name="deal-head",
    )


def _owed() -> rx.Component:
    """A partner waits for an update today, or longer; it leads to where it was promised."""
    return link(
        icon("clock", size=12), DealFrameState.owed, unseen(rx.Var.create(". ") + DealFrameState.owed_what),
        to=DealFrameState.deal_path, title=DealFrameState.owed_what, class_name="badge is-warn",
    )  # fmt: skip


def _stage(stage: rx.Var) -> rx.Component:
    return data.stage_part(
        name=stage["name"],
        state=stage["state"],
        note=stage["note"],
        disabled=(stage["state"] == "now") | DealFrameState.locked | DealFrameState.archived,
        on_click=DealFrameState.move(stage["id"]),
        key=stage["id"],
    )


def _actions() -> rx.Component:
    settle = overlay.menu_button("Settle deal", icon="lock", on_click=DealFrameState.ask("settle"))
    unlock = overlay.menu_button("Unlock deal", icon="lock-open", on_click=DealFrameState.ask("unlock"))
    archive = overlay.menu_button("Archive deal", icon="archive", danger=True, on_click=DealFrameState.ask("archive"))
    elsewhere = overlay.menu_button(
        "Move to another workflow", icon="arrow-right", on_click=MovingState.show(DealFrameState.deal_id)
    )
    restore = overlay.menu_button("Restore deal", icon="archive-restore", on_click=DealFrameState.restore(""))
    stop = overlay.menu_button("Not going ahead", icon="ban", danger=True, on_click=StopDealState.show)
    copy = overlay.menu_button("Copy deal", icon="copy", on_click=StopDealState.copy)
    closed = DealFrameState.locked | DealFrameState.archived
    return overlay.menu(
        rx.cond(closed, rx.fragment(), elsewhere),
        copy,
        rx.cond(DealFrameState.archived, rx.fragment(), rx.cond(DealFrameState.locked, unlock, settle)),
        rx.cond(closed, rx.fragment(), stop),
        rx.cond(DealFrameState.archived, restore, archive),
        summary=rx.el.span("Quick actions", icon("chevron-down", size=14), class_name="button"),
        end=True,
    )


def _locked() -> rx.Component:
    return feedback.locked_band(
        title=DealFrameState.locked_title,
        text="This deal is locked. Unlock it to change it; its settlement day stays.",
        actions=forms.button("Unlock deal", small=True, on_click=DealFrameState.ask("unlock")),
        show=DealFrameState.locked & ~DealFrameState.archived,
    )


def _archived() -> rx.Component:
    band = feedback.banner(
        title=rx.cond(DealFrameState.outcome != "", DealFrameState.outcome, "This deal is archived"),
        text="It is off the board and can’t be changed until you restore it. Nothing was deleted.",
        actions=forms.button("Restore deal", small=True, on_click=DealFrameState.restore("")),
        live=False,
    )
    return rx.cond(DealFrameState.archived, band, rx.fragment())


def _questions() -> rx.Component:
    keep = forms.button("Cancel", on_click=DealFrameState.ask(""))

    def question(what: str, title: str, text: rx.Var | str, words: str, act) -> rx.Component:
        refused = feedback.banner(tone="warn", text=DealFrameState.settle_refusal, actions=keep)
        asked = feedback.confirm(
            forms.button(words, tone="danger" if what != "unlock" else "primary", on_click=act),
            keep,
            title=title,
            text=text,
            danger=what != "unlock",
        )
        shown = rx.cond(DealFrameState.settle_refusal != "", refused, asked)
        return rx.cond(DealFrameState.asking == what, shown, rx.fragment())

    return rx.fragment(
        settle_question(),
        stop_question(),
        question(
            "unlock",
            "Unlock this deal?",
            "It comes back to the board and can be changed. The settlement day is kept. "
            "Clients stay without access until you invite them again.",
            "Unlock deal",
            DealFrameState.unlock,
        ),
        question(
            "archive",
            "Archive this deal?",
            DealFrameState.settle_warning + "The deal leaves the board; nothing is deleted.",
            "Archive deal",
            DealFrameState.archive,
        ),
    )
