"""The overview of a deal: one look at its people, its facts, what is missing and what is new."""

import reflex as rx

from salestrekker_portal.portals.broker.deal.add_contact import add_contact_drawer
from salestrekker_portal.portals.broker.deal.contacts_card import contacts_card
from salestrekker_portal.portals.broker.deal.edit_dialog import edit_deal_dialog
from salestrekker_portal.portals.broker.deal.edit_state import EditDealState
from salestrekker_portal.portals.broker.deal.frame import DEAL_LOADS, deal_frame
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.broker.deal.overview_state import OverviewState
from salestrekker_portal.portals.broker.deal.partners_block import partners_block
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import link

# The partners too: on mount, the address that Reflex sends may still be that of the page before.
OVERVIEW_LOADS = [*DEAL_LOADS, OverviewState.load]


@page("/deals/[deal_id]", title="Deal", portal=Portal.BROKER, on_load=OVERVIEW_LOADS)
def overview_page() -> rx.Component:
    return deal_frame(overview(), active="overview", around=rx.fragment(edit_deal_dialog(), add_contact_drawer()))


def overview() -> rx.Component:
    """The two columns; the share panel lies over them too."""
    blocking = rx.cond(DealFrameState.locked, rx.fragment(), _blocking())
    shown = rx.el.div(
        rx.el.div(blocking, contacts_card(), _facts(), _figures(), _bought(), class_name="stack"),
        rx.el.div(_notes(), _files(), partners_block(), _deeds(), class_name="stack"),
        class_name="columns",
    )
    return rx.fragment(
        live_signal(on_change=OverviewState.load),
        rx.cond(OverviewState.loaded_id == DealFrameState.deal_id, shown, feedback.skeleton_card()),
    )


def _blocking() -> rx.Component:
    title = rx.cond(OverviewState.next_stage != "", "What blocks “" + OverviewState.next_stage + "”", "Where this is")
    return data.card(rx.el.ul(rx.foreach(OverviewState.blockers, _blocker)), title=title, flush=True)


def _blocker(each: rx.Var) -> rx.Component:
    def toned(tone: str) -> rx.Component:
        act = forms.link_to_button(each["act"], to=each["to"], small=True)
        return data.blocker(
            name=each["name"], text=each["text"], tone=tone, act=optional(each["to"], act) if tone != "ok" else None
        )

    return rx.match(each["tone"], ("ok", toned("ok")), ("bad", toned("bad")), ("info", toned("info")), toned("warn"))


def _facts() -> rx.Component:
    edit = forms.button(
        "Edit",
        tone="quiet",
        icon="pencil",
        small=True,
        disabled=DealFrameState.locked,
        on_click=EditDealState.show,
    )
    labels = rx.el.div(
        rx.el.span("Labels", class_name="small muted"),
        data.labels(OverviewState.labels),
        class_name="row is-wrap deal-labels",
    )
    return data.card(
        data.facts(OverviewState.facts, columns=2),
        rx.cond(OverviewState.labels.length() > 0, labels, rx.fragment()),
        title="Deal information",
        end=rx.el.div(
            link("Loans and securities", to=DealFrameState.deal_path + "/loans", class_name="link"),
            edit,
            class_name="row is-tight",
        ),
    )


def _figures() -> rx.Component:
    """What the clients' answers add up to; each leads to its lines. Nothing while nothing can be said."""

    def one(each: rx.Var) -> rx.Component:
        return link(
            rx.el.span(each["name"], class_name="small muted block"),
            rx.el.strong(each["words"], class_name="figures"),
            to=each["path"],
            class_name="told-figure",
            key=each["key"],
        )

    shown = data.card(
        rx.el.div(rx.foreach(OverviewState.figures, one), class_name="told-figures"),
        title="Position",
        end=rx.el.span("By what the clients told", class_name="small muted"),
    )
    return rx.cond(OverviewState.figures.length() > 0, shown, rx.fragment())


def _bought() -> rx.Component:
    """What the clients told about the property; nothing while nobody has."""
    to = DealFrameState.deal_path + "/profile?page=needs"
    shown = data.card(
        data.facts(OverviewState.bought, columns=2),
        title="What they are buying",
        end=link("Client profile", to=to, class_name="link"),
    )
    return rx.cond(OverviewState.bought.length() > 0, shown, rx.fragment())


def _all(path: str) -> rx.Component:
    return link("All", to=DealFrameState.deal_path + path, class_name="link")


def _notes() -> rx.Component:
    def one(each: rx.Var) -> rx.Component:
        return data.note(
            author=each["author"],
            initials=each["initials"],
            when_at=each["when_at"],
            exact=each["exact"],
            body=each["text"],
            audience=each["audience"],
            important=each["important"],
            key=each["id"],
        )

    none = rx.el.p("No notes yet.", class_name="small muted card-none")
    shown = rx.cond(OverviewState.notes.length() > 0, rx.foreach(OverviewState.notes, one), none)
    return data.card(shown, title="Latest notes", end=_all("/notes"), flush=True)


def _files() -> rx.Component:
    def one(each: rx.Var) -> rx.Component:
        shared = optional(each["audience"], data.audience_badge(each["audience"]))
        return data.file_row(name=each["name"], meta=each["meta"], state=shared, key=each["id"])

    none = rx.el.p("No files yet.", class_name="small muted card-none")
    shown = rx.cond(OverviewState.files.length() > 0, rx.foreach(OverviewState.files, one), none)
    return data.card(shown, title="Latest files", end=_all("/documents"), flush=True)


def _deeds() -> rx.Component:
    def one(each: rx.Var) -> rx.Component:
        return data.activity_row(
            initials=each["initials"],
            words=each["words"],
            when_at=each["when_at"],
            exact=each["exact"],
            key=each["id"],
        )

    return data.card(rx.foreach(OverviewState.deeds, one), title="Who did what", end=_all("/activity"), flush=True)
