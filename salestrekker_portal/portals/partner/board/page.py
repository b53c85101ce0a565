"""The partner's board: tiles by stage or a list, with the next referral one press away."""

import reflex as rx

from salestrekker_portal.domains.partners.preferences import HOWS
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.partner.board.state import PartnerBoardState
from salestrekker_portal.portals.partner.here import PARTNER_LOADS, PartnerHere, partner_page
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import badge, card, column, labels, table, tile
from salestrekker_portal.ui.feedback import empty, skeleton_board
from salestrekker_portal.ui.forms import button, search_box, segmented_links, select_options, switch
from salestrekker_portal.ui.frame import page_head
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, link


def _add_button() -> rx.Component:
    press = button("Add new deal", tone="primary", icon="plus", on_click=rx.redirect("/partner/refer"))
    return rx.cond(PartnerHere.can_add_deals, press, rx.fragment())


def _workflow() -> rx.Component:
    control = rx.el.div(
        rx.el.select(
            select_options(PartnerBoardState.workflows),
            value=PartnerBoardState.workflow,
            on_change=PartnerBoardState.choose_workflow,
            aria_label="Workflow",
            class_name="input",
        ),
        icon("chevron-down"),
        class_name="select",
    )
    return rx.cond(PartnerBoardState.workflows.length() > 1, control, rx.fragment())


def _viewbar() -> rx.Component:
    views = segmented_links(
        label="View",
        items=[
            ("Board", PartnerBoardState.board_to, "square-kanban"),
            ("List", PartnerBoardState.list_to, "list"),
        ],
        current=PartnerBoardState.here_to,
    )
    closed = switch(
        id="show-closed",
        label="Show closed",
        checked=PartnerBoardState.with_closed,
        on_change=PartnerBoardState.show_closed,
    )
    search = search_box(
        id="q",
        label="Find a client",
        default_value=PartnerBoardState.words,
        key=PartnerBoardState.box.to_string(),
        auto_complete="off",
        on_change=PartnerBoardState.search.debounce(250),
    )
    return rx.el.div(
        rx.el.div(search, role="search"),
        rx.cond(PartnerBoardState.words != "", rx.fragment(), rx.fragment(views, closed)),
        rx.el.span(PartnerBoardState.found, role="status", class_name="small muted"),
        rx.cond(
            PartnerBoardState.words != "",
            rx.fragment(),
            rx.el.span(PartnerBoardState.summary, " Live: changes show here as they happen.", class_name="small muted"),
        ),
        class_name="viewbar",
    )


def _tile(deal: rx.Var) -> rx.Component:
    settled = badge("Settled", tone="ok", icon="check")
    return tile(
        name=deal["title"],
        clients=deal["under"],
        to=deal["to"],
        broker=deal["broker"],
        initials=deal["initials"],
        since=deal["since"],
        labels=rx.fragment(
            rx.cond(deal["new"], badge("New", tone="info", icon="bell"), rx.fragment()),
            labels(deal["labels"]),
            rx.cond(deal["closed"], settled, rx.fragment()),
        ),
        state=rx.fragment(_promise(deal), optional(deal["papers"], badge(deal["papers"], icon="files"))),
        closed=deal["closed"],
        called=deal["title"] + ", " + deal["name"],
        key=deal["id"],
    )


def _promise(deal: rx.Var) -> rx.Component:
    late = badge("Update was due " + deal["promise"], tone="warn", icon="clock")
    due = badge("Next update by " + deal["promise"], tone="info", icon="clock")
    return optional(deal["promise"], rx.cond(deal["late"], late, due))


def _board() -> rx.Component:
    columns = rx.foreach(
        PartnerBoardState.columns,
        lambda each: column(
            rx.foreach(each["tiles"], _tile),
            name=each["name"],
            total=each["total"],
            key=each["id"],
        ),
    )
    return rx.el.div(columns, class_name="board")


def _row(deal: rx.Var) -> rx.Component:
    stage = rx.cond(deal["closed"], badge("Settled", tone="ok", icon="check"), deal["stage"])
    whole = "Open " + deal["title"] + ", " + deal["name"]
    eye = link(icon("eye", size=20), to=deal["to"], class_name="button is-icon is-quiet", aria_label=whole)
    return rx.el.tr(
        rx.el.td(
            link(deal["title"], to=deal["to"]),
            optional(deal["under"], rx.el.span(deal["under"], class_name="row-note block")),
            rx.cond(deal["new"], rx.fragment(" ", badge("New", tone="info", icon="bell")), rx.fragment()),
        ),
        rx.el.td(stage, optional(deal["promise"], rx.el.div(_promise(deal))), optional(deal["papers"], _papers(deal))),
        rx.el.td(deal["broker"]),
        rx.el.td(deal["labels"].join(", ")),
        rx.el.td(deal["since"]),
        rx.el.td(eye),
        key=deal["id"],
    )


def _papers(deal: rx.Var) -> rx.Component:
    return rx.el.span(deal["papers"], class_name="row-note block")


def _list() -> rx.Component:
    heads = [(words, False) for words in ("Clients", "Stage", "Broker", "Labels", "In this stage")]
    rows = rx.foreach(PartnerBoardState.rows, _row)
    nobody = "Nobody of yours is called like that. Type less of the name."
    empty_here = "No deals here right now. Settled ones show with “Show closed”."
    none = rx.el.p(rx.cond(PartnerBoardState.words != "", nobody, empty_here), class_name="muted")
    shown = table(label="Your deals", columns=[*heads, (rx.el.span("Open", class_name="unseen"), False)], body=rows)
    return rx.cond(PartnerBoardState.rows.length() > 0, shown, none)


def _empty() -> rx.Component:
    invite = empty(
        _add_button(),
        title="Refer your first client",
        text=rx.fragment(
            "Send ",
            PartnerHere.firm,
            " someone who needs a loan: name, phone, e-mail and a line or two. Your broker calls them, and you "
            "see every step from here without having to ask. Their money matters stay private.",
        ),
        mark="handshake",
    )
    nothing = empty(
        title="Nothing shared yet",
        text="Deals that your broker shares with you show here, with every step. Ask your broker to share one.",
        mark="handshake",
    )
    return rx.cond(PartnerHere.can_add_deals, invite, nothing)


def _how() -> rx.Component:
    """Asked once, at the first visit: otherwise nobody ever finds the switches."""
    choices = [
        rx.el.li(button(words, wide=True, on_click=PartnerHere.tell_me(key)), rx.el.p(note, class_name="small muted"))
        for key, (words, note) in HOWS.items()
    ]
    asked = card(
        rx.el.div(
            rx.el.p("When something happens with a client that you sent us. You can change it at any time."),
            rx.el.ul(*choices, class_name="stack"),
            rx.el.p(button("Not now", tone="quiet", on_click=PartnerHere.tell_me(""))),
            class_name="stack",
        ),
        title="How shall we tell you?",
    )
    return rx.el.div(asked, class_name="told-how")


@page(
    "/partner",
    title="Your deals",
    portal=Portal.PARTNER,
    on_load=[*PARTNER_LOADS, PartnerBoardState.load],
)
def partner_board_page() -> rx.Component:
    """First time: an invitation to refer. Later: where every deal is."""
    listed = (PartnerBoardState.view == "list") | (PartnerBoardState.words != "")
    deals = rx.fragment(_viewbar(), rx.cond(listed, _list(), _board()))
    body = rx.cond(PartnerBoardState.none_at_all, _empty(), deals)
    head_button = rx.cond(PartnerBoardState.none_at_all, rx.fragment(), _add_button())
    return partner_page(
        page_head(_workflow(), head_button, title="Your deals"),
        rx.cond(PartnerHere.asks_how, _how(), rx.fragment()),
        rx.cond(PartnerBoardState.ready, body, skeleton_board()),
        live_signal(on_change=[PartnerHere.load, PartnerBoardState.refresh]),
        current="deals",
    )
