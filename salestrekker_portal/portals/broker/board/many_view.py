"""The bar over the list once deals are ticked, and the drawer that does something to all of them."""

import reflex as rx

from salestrekker_portal.domains.pipeline.many import MOST
from salestrekker_portal.domains.tasks.rules import TITLE_LIMIT
from salestrekker_portal.portals.broker.board.list_state import DealListState
from salestrekker_portal.portals.broker.board.many_state import ManyState, RefusedLine
from salestrekker_portal.ui import feedback, forms, overlay
from salestrekker_portal.ui.kinds import optional

L = DealListState
S = ManyState
TITLES = {
    "move": "Move deals", "owner": "Give deals to another owner", "label": "Put a label on deals",
    "unlabel": "Take a label off deals", "task": "Add a task to deals",
}  # fmt: skip
FIELDS = {"move": "Stage", "owner": "Owner", "label": "Label", "unlabel": "Label"}


def many_bar() -> rx.Component:
    """Nothing while no deal is ticked."""
    count = rx.el.b(L.chosen.length(), rx.cond(L.chosen.length() == 1, " deal chosen", " deals chosen"), role="status")
    more = forms.button(
        rx.cond(L.total > MOST, f"Choose the first {MOST}", "Choose all " + L.total.to_string()),
        tone="quiet", small=True, on_click=L.tick_all,
    )  # fmt: skip
    bar = rx.el.div(
        count,
        rx.cond(L.chosen.length() < L.total, more, rx.fragment()),
        forms.button("Move", small=True, icon="arrow-right", on_click=S.begin("move")),
        forms.button("Owner", small=True, icon="user", on_click=S.begin("owner")),
        forms.button("Add label", small=True, icon="tag", on_click=S.begin("label")),
        forms.button("Remove label", small=True, on_click=S.begin("unlabel")),
        forms.button("Add task", small=True, icon="list-checks", on_click=S.begin("task")),
        forms.button("CSV of these", small=True, icon="download", on_click=S.download),
        forms.button("Clear", tone="quiet", small=True, on_click=L.tick_none),
        role="group",
        aria_label="Chosen deals",
        class_name="many-bar",
    )
    return rx.cond(L.chosen.length() > 0, bar, rx.fragment())


def many_drawers() -> rx.Component:
    """The form, and what was refused afterwards."""
    return rx.fragment(_form(), _refused())


def _form() -> rx.Component:
    task = forms.fields(
        forms.text_input(
            id="many-title", name="title", label="Task", error=S.error["title"], limit=TITLE_LIMIT,
            auto_complete="off", custom_attrs={"data-first": ""},
        ),
        forms.text_input(
            id="many-due", name="due", label="Due", error=S.error["due"], optional=True, limit=40,
            help="A date, or today, tomorrow, fri, in 3 days. Each deal’s owner gets it.", auto_complete="off",
        ),
    )  # fmt: skip
    choice = forms.select(
        id="many-to", name="to", label=rx.match(S.deed, *FIELDS.items(), "Choose"), choices=S.choices,
        error=S.error["to"], custom_attrs={"data-first": ""},
    )  # fmt: skip
    move = rx.el.p(
        "A stage that locks answers locks them for the clients of these deals. Undo brings every deal back.",
        class_name="small muted",
    )
    wrong = rx.cond(S.error["all"], feedback.banner(tone="bad", text=S.error["all"]), rx.fragment())
    few = rx.cond(S.error["deals"], feedback.banner(tone="bad", text=S.error["deals"]), rx.fragment())
    form = rx.el.form(
        wrong,
        few,
        rx.el.p(L.chosen.length(), rx.cond(L.chosen.length() == 1, " deal is chosen.", " deals are chosen.")),
        rx.cond(S.deed == "task", task, choice),
        rx.cond(S.deed == "move", move, rx.fragment()),
        forms.form_foot(
            forms.button("Cancel", on_click=S.close),
            forms.submit(rx.match(S.deed, *TITLES.items(), "Do it")),
        ),
        on_submit=S.go,
        no_validate=True,
        class_name="stack is-tight",
        custom_attrs={"data-about": S.deed},
    )
    title = rx.match(S.deed, *TITLES.items(), "")
    return overlay.drawer(form, id="many", open=S.deed != "", on_close=S.close, title=title)


def _refused() -> rx.Component:
    def line(each: rx.Var[RefusedLine]) -> rx.Component:
        return rx.el.li(rx.el.b(each["name"]), ": ", each["why"], key=each["id"])

    count = S.refused.length()
    still = rx.el.p("They are still ticked in the list.", class_name="small muted")
    body = rx.el.div(
        rx.el.p(rx.cond(count == 1, "This deal was left as it is:", "These deals were left as they are:")),
        rx.el.ul(rx.foreach(S.refused, line), class_name="plain-points"),
        # Not after an Undo, which ticks nothing.
        optional(L.chosen.contains(S.refused[0]["id"]), still),
        class_name="stack is-tight",
    )
    return overlay.drawer(
        body, id="many-refused", open=count > 0, on_close=S.close, title="Not done",
        foot=forms.button("Close", on_click=S.close, custom_attrs={"data-first": ""}),
    )  # fmt: skip
