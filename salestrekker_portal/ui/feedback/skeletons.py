"""Grey shapes of what is about to come, so that nothing jumps when it does."""

import reflex as rx


def _bone(kind: str = "") -> rx.Component:
    return rx.el.span(class_name=f"bone is-{kind}" if kind else "bone")


def _waiting(*shapes: rx.Component, class_name: str) -> rx.Component:
    return rx.el.div(
        rx.el.span("Loading", class_name="unseen"),
        rx.el.div(*shapes, class_name=class_name, aria_hidden="true"),
        aria_busy="true",
    )


def skeleton_card(*, lines: int = 3) -> rx.Component:
    """A card with a title and a few lines."""
    shapes = [_bone("title"), *[_bone() for _ in range(lines - 1)], _bone("short")]
    return _waiting(rx.el.div(rx.el.div(*shapes, class_name="card-body stack"), class_name="card"), class_name="stack")


def skeleton_rows(*, count: int = 5) -> rx.Component:
    """Rows with a round thing and two lines each."""
    row = [
        rx.el.div(
            _bone("round"),
            rx.el.div(_bone(), _bone("short"), class_name="stack is-tight grow"),
            class_name="row",
        )
        for _ in range(count)
    ]
    return _waiting(rx.el.div(rx.el.div(*row, class_name="card-body stack"), class_name="card"), class_name="stack")


def skeleton_form(*, count: int = 4) -> rx.Component:
    """Labels over fields."""
    fields = [rx.el.div(_bone("short"), _bone("title"), class_name="stack is-tight") for _ in range(count)]
    return _waiting(_bone("title"), *fields, class_name="stack is-loose")


def skeleton_board(*, columns: int = 5) -> rx.Component:
    """A board: columns with a few cards."""
    column = [
        rx.el.div(
            rx.el.div(_bone("title"), class_name="column-head"),
            rx.el.div(*[_bone("block") for _ in range(3)], class_name="column-cards"),
            class_name="column",
        )
        for _ in range(columns)
    ]
    return _waiting(*column, class_name="board")
