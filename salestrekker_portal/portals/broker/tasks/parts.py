"""What the page of tasks and a deal's tasks have in common: the field for a new one, and the list."""

import reflex as rx

from salestrekker_portal.domains.tasks.rules import CHASES, TITLE_LIMIT
from salestrekker_portal.portals.broker.tasks.rows import TaskShown
from salestrekker_portal.portals.broker.tasks.state import TaskFormState, TasksState
from salestrekker_portal.ui import data, feedback, forms, overlay
from salestrekker_portal.ui.kinds import optional, when
from salestrekker_portal.ui.marks import icon, link, unseen
from salestrekker_portal.ui.overlay.keys import pressed_by

CHASE_WORDS = {1: "Chase tomorrow", 3: "Chase in 3 days", 7: "Chase in a week"}


def task_adding() -> rx.Component:
    """One line: what, and by when."""
    S = TasksState
    return rx.el.form(
        forms.text_input(
            id="task-title", name="title", label="New task", error=S.errors["title"], limit=TITLE_LIMIT,
            placeholder="Call Joel about the vendor’s date", auto_complete="off", **pressed_by("a"),
        ),
        forms.text_input(
            id="task-due", name="due", label="Due", error=S.errors["due"], optional=True,
            placeholder="tomorrow, fri, 17/4", auto_complete="off", limit=40,
        ),
        forms.submit("Add task"),
        key=S.added.to_string(),
        on_submit=TasksState.add,
        no_validate=True,
        class_name="task-adding",
    )  # fmt: skip


def task_list(none: str) -> rx.Component:
    """The tasks; `none` is said where there are none."""
    empty = feedback.empty(title="Nothing to do", text=none, mark="list-checks")
    some = rx.el.div(
        rx.foreach(TasksState.tasks, _row),
        optional(TasksState.more, rx.el.p("The first 100 are shown.", class_name="small muted")),
        class_name="tasks",
    )
    shown = rx.cond(TasksState.tasks.length() > 0, some, empty)
    return rx.cond(TasksState.loaded, shown, feedback.skeleton_rows())


def _row(each: rx.Var[TaskShown]) -> rx.Component:
    tick = forms.tick(
        id="done-" + each["id"],
        label=each["title"],
        checked=each["done"],
        on_change=lambda on: TasksState.tick(each["id"], on),
    )
    mark = when(each["person"], icon("user", size=14), icon("square-kanban", size=14))
    on = link(mark, rx.el.span(each["deal"]), to=each["deal_path"], class_name="task-deal")
    return rx.fragment(
        optional(each["head"], _head(each)),
        rx.el.div(
            tick,
            rx.cond(each["deal_path"] != "", on, rx.el.span(each["deal"], class_name="task-deal is-none")),
            rx.el.span(
                optional(each["late"], unseen("Late: ")), each["due"],
                class_name=["task-due", when(each["late"], "is-late")],
            ),
            data.avatar(each["initials"], size="tiny"),
            rx.el.span(each["owner"], class_name="unseen"),
            _menu(each),
            class_name=["task", when(each["done"], "is-done")],
        ),
        key=each["id"],
    )  # fmt: skip


def _head(each: rx.Var[TaskShown]) -> rx.Component:
    return rx.el.h2(
        each["head"],
        rx.el.span(each["head_count"], class_name="count"),
        rx.el.span(each["head_note"], class_name="push"),
        class_name=["tasks-head", when(each["late"], "is-late")],
    )


def _menu(each: rx.Var[TaskShown]) -> rx.Component:
    chases = [
        overlay.menu_button(CHASE_WORDS[days], icon="clock", on_click=TasksState.put_off(each["id"], days))
        for days in CHASES
    ]
    return overlay.menu(
        *chases,
        overlay.menu_button("Change", icon="pencil", on_click=TaskFormState.show(each["id"])),
        overlay.menu_button("Remove", icon="trash-2", danger=True, on_click=TasksState.remove(each["id"])),
        summary=rx.el.span(
            icon("ellipsis", size=16), unseen("More for " + each["title"]), class_name="button is-icon is-small"
        ),
        end=True,
    )  # fmt: skip


def task_drawer() -> rx.Component:
    """The form that changes a task."""
    S = TaskFormState
    form = rx.el.form(
        forms.filled_from(S.facts),
        forms.fields(
            forms.text_input(
                id="change-title", name="title", label="Task", default_value=S.facts["title"],
                error=S.errors["title"], limit=TITLE_LIMIT, custom_attrs={"data-first": ""},
            ),
            forms.text_input(
                id="change-due", name="due", label="Due", default_value=S.facts["due"], error=S.errors["due"],
                optional=True, help="A date, or today, tomorrow, fri, in 3 days.", limit=40,
            ),
            forms.select(
                id="change-owner", name="owner", label="Whose", choices=S.owners, blank=None,
                default_value=S.facts["owner"],
            ),
        ),
        forms.form_foot(forms.button("Cancel", on_click=S.close), forms.submit("Save")),
        on_submit=TaskFormState.save,
        no_validate=True,
        custom_attrs={"data-about": S.key},
    )  # fmt: skip
    return overlay.drawer(form, id="task", open=S.key != "", on_close=S.close, title="Change the task")
