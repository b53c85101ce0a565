"""The list of steps: at the left where there is room, behind a bar on the phone."""

import reflex as rx

from salestrekker_portal.ui.kinds import optional, when
from salestrekker_portal.ui.marks import icon, link


def steps(
    items: rx.Var, *, last: rx.Component | None = None, label: str = "Steps", fresh: rx.Var | None = None
) -> rx.Component:
    """Every page with how far it is; the open one with its sections. `fresh` says how much is new, by path."""
    return rx.el.nav(
        rx.el.ul(rx.foreach(items, lambda step: _step(step, fresh))),
        last if last is not None else rx.fragment(),
        aria_label=label,
        class_name="steps",
    )


def _step(step: rx.Var, fresh: rx.Var | None) -> rx.Component:
    dot = rx.match(
        step["state"],
        ("done", rx.el.span(icon("check", size=12), class_name="step-dot is-done", aria_hidden="true")),
        rx.el.span(class_name=rx.cond(step["opened"], "step-dot is-now", "step-dot"), aria_hidden="true"),
    )
    return rx.el.li(
        link(
            dot,
            rx.el.span(step["title"]),
            _new(step, fresh),
            _state(step),
            to=step["path"],
            class_name="step",
            aria_current=when(step["current"], "page", "false"),
        ),
        rx.cond(
            step["parts"].length() > 0,
            rx.el.ul(rx.foreach(step["parts"], _part), class_name="steps-sub"),
            rx.fragment(),
        ),
        key=step["path"],
    )


def _new(step: rx.Var, fresh: rx.Var | None) -> rx.Component:
    if fresh is None:
        return rx.fragment()
    return optional(fresh[step["path"]], rx.el.span(fresh[step["path"]], class_name="badge is-info"))


def _part(part: rx.Var) -> rx.Component:
    return rx.el.li(
        link(
            rx.el.span(part["title"]),
            _state(part),
            to=part["path"],
            class_name="step",
            aria_current=when(part["current"], "page", "false"),
        ),
        key=part["path"],
    )


def _state(of: rx.Var) -> rx.Component:
    done = rx.el.span(icon("check", size=14), rx.el.span("done", class_name="unseen"), class_name="step-state")
    fact = optional(of["fact"], rx.el.span(of["fact"], class_name="step-state"))
    return rx.cond(of["state"] == "done", done, fact)


def step_sheet(
    items: rx.Var, *, where: rx.Var, fact: rx.Var, last: rx.Component | None = None, label: str
) -> rx.Component:
    """The same list on a phone: a bar that says where one is, and opens it."""
    return rx.el.details(
        rx.el.summary(
            rx.el.span(rx.el.span(where, class_name="flow-bar-where"), rx.el.span(fact, class_name="flow-bar-count")),
            rx.el.span(label, icon("chevron-down"), class_name="flow-bar-all"),
        ),
        steps(items, last=last, label=label),
        # Opening another step must close the sheet, and a details element only closes by itself when it is new.
        key=where,
        class_name="flow-bar",
    )
