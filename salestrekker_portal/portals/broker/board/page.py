"""The board's page: the workflow's head over its board or its list."""

import reflex as rx

from salestrekker_portal.portals.broker.around.shell import broker_page
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.broker.board.calendar_view import calendar_view
from salestrekker_portal.portals.broker.board.dates_state import DatesState
from salestrekker_portal.portals.broker.board.dates_view import forecast_view
from salestrekker_portal.portals.broker.board.filter_state import BoardFilterState
from salestrekker_portal.portals.broker.board.filters import filter_bar, filter_drawer, view_drawer
from salestrekker_portal.portals.broker.board.list_state import DealListState
from salestrekker_portal.portals.broker.board.list_view import columns_drawer, deal_list
from salestrekker_portal.portals.broker.board.many_view import many_drawers
from salestrekker_portal.portals.broker.board.state import BoardState
from salestrekker_portal.portals.broker.board.views_state import SavedViewsState
from salestrekker_portal.portals.broker.moving.state import MovingState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, forms, frame, overlay
from salestrekker_portal.ui.kanban import board, waiting_board
from salestrekker_portal.ui.marks import icon, unseen


@page(
    "/board",
    title="Deals",
    portal=Portal.BROKER,
    on_load=[
        ShellState.load,
        BoardState.load,
        DealListState.load,
        DatesState.load,
        BoardFilterState.load,
        SavedViewsState.load,
    ],
)
def board_page() -> rx.Component:
    shown = rx.match(
        BoardState.view,
        ("list", deal_list()),
        ("forecast", forecast_view()),
        ("calendar", calendar_view()),
        _board(),
    )
    return broker_page(
        _live(),
        frame.broker_main(
            _head(),
            filter_bar(),
            rx.cond(BoardState.workflow_id != "", shown, waiting_board()),
        ),
        current="deals",
        around=rx.fragment(filter_drawer(), view_drawer(), many_drawers(), columns_drawer()),
    )


def _live() -> rx.Component:
    """One event for each change, and a second one for what the view shows beside the board's own figures."""
    dates = live_signal(on_change=[BoardState.refresh, DatesState.load])
    return rx.match(
        BoardState.view,
        ("list", live_signal(on_change=[BoardState.refresh, DealListState.load])),
        ("forecast", dates),
        ("calendar", dates),
        live_signal(on_change=BoardState.refresh),
    )


def _board() -> rx.Component:
    return board(
        stages=BoardState.stages,
        page=BoardState.page,
        patch=BoardState.patch,
        more=BoardState.more,
        me=BoardState.me,
        on_move=BoardState.move,
        on_more=BoardState.load_more,
        on_stale=BoardState.load,
        on_elsewhere=MovingState.show,
    )


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.el.h1(BoardState.workflow),
            _workflows(),
            data.totals_line(
                rx.fragment(rx.el.b(BoardState.count_words), " open deals"),
                rx.fragment(rx.el.b(BoardState.total_words), " in total"),
                rx.fragment(rx.el.b(BoardState.weighted_words), " weighted"),
            ),
            class_name="row is-wrap",
        ),
        rx.el.div(
            forms.segmented_links(
                label="View",
                items=[
                    ("Board", BoardState.board_path, "square-kanban"),
                    ("List", BoardState.list_path, "list"),
                    ("Forecast", BoardState.forecast_path, "chart-column"),
                    ("Calendar", BoardState.calendar_path, "calendar"),
                ],
                current=BoardState.here,
            ),
            class_name="push",
        ),
        class_name="row is-wrap board-head",
    )


def _workflows() -> rx.Component:
    return overlay.menu(
        rx.foreach(
            BoardState.workflows,
            lambda each: overlay.menu_link(each["words"], to=each["to"], current=each["on"], key=each["to"]),
        ),
        summary=rx.el.span(icon("chevron-down"), unseen("Other workflows"), class_name="button is-icon is-small"),
        label="Other workflows",
        head="Workflows",
    )
