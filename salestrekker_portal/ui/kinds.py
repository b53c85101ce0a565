"""The types that components take, and the small questions they ask of them."""

from typing import Any

import reflex as rx

Text = rx.Var[str] | str
Flag = rx.Var[bool] | bool
Number = rx.Var[int] | int
Child = rx.Component | rx.Var | str
Handler = Any


def given(value: Any) -> bool:
    """Whether there may be something to show: a Var might hold words, a plain value must."""
    return isinstance(value, rx.Var) or bool(value)


def truthy(value: Any) -> Any:
    """A condition for `rx.cond` out of any Var: words that are not empty, a flag that is set."""
    return value.to(bool) if isinstance(value, rx.Var) else bool(value)


def when(condition: Any, yes: Any, no: Any = "") -> Any:
    """`yes` or `no`; decided now for plain data, in the browser for a Var."""
    if not isinstance(condition, rx.Var):
        return yes if condition else no
    return rx.cond(truthy(condition), yes, no)


def optional(value: Any, component: Child) -> Child:
    """`component` when `value` says something, else nothing."""
    if not isinstance(value, rx.Var):
        return component if value else rx.fragment()
    return rx.cond(truthy(value), component, rx.fragment())
