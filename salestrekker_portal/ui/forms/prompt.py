"""Boxes and radios that are ticked the moment they are pressed, while the server has the last word."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.forms import CheckboxInput, Input

from ..beside import beside

_LIBRARY = f"$/public{beside('prompt.jsx')}"


class PromptCheckbox(CheckboxInput):
    """`on_change` gets whether it is ticked."""

    library = _LIBRARY
    tag = "PromptInput"


class PromptRadio(Input):
    """`on_change` gets its value."""

    library = _LIBRARY
    tag = "PromptInput"


def choice_input(*, type: str, **props: Any) -> rx.Component:
    """An input of a choice. One whose `checked` the server decides is a prompt one; any other stays native."""
    if "checked" not in props or "on_change" not in props:
        return rx.el.input(type=type, **props)
    make = PromptCheckbox if type == "checkbox" else PromptRadio
    return make.create(type=type, **props)
