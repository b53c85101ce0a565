"""Tasks: a page of one's own and the team's, and a page of each deal."""

import reflex as rx

from salestrekker_portal.portals.broker.around.shell import broker_page
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.broker.deal.frame import DEAL_LOADS, deal_frame
from salestrekker_portal.portals.broker.tasks.parts import task_adding, task_drawer, task_list
from salestrekker_portal.portals.broker.tasks.state import TasksState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, forms, frame


@page("/tasks", title="Tasks", portal=Portal.BROKER, on_load=[ShellState.load, TasksState.load])
def tasks_page() -> rx.Component:
    mine, team = "/tasks", "/tasks?whose=team"
    views = forms.segmented_links(
        label="Whose tasks",
        items=[("Mine", mine, None), ("Team", team, None)],
        current=rx.cond(TasksState.team, team, mine),
    )
    return broker_page(
        live_signal(on_change=TasksState.load),
        frame.broker_main(
            frame.page_head(_counts(), views, title="Tasks"),
            _list_card("What you add here, or on a deal, waits here until it is done."),
        ),
        current="tasks",
        around=task_drawer(),
    )


@page("/deals/[deal_id]/tasks", title="Tasks", portal=Portal.BROKER, on_load=[*DEAL_LOADS, TasksState.load])
def deal_tasks_page() -> rx.Component:
    return deal_frame(
        live_signal(on_change=TasksState.load),
        _list_card("Nothing is to do on this deal."),
        active="tasks",
        around=task_drawer(),
    )


def _counts() -> rx.Component:
    return data.totals_line(
        rx.fragment(rx.el.b(TasksState.to_do), " to do today"), rx.fragment(rx.el.b(TasksState.waiting), " waiting")
    )


def _list_card(none: str) -> rx.Component:
    return rx.el.section(task_adding(), task_list(none), class_name="card is-flush", aria_label="Tasks")
