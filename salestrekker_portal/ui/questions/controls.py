"""The controls of the fact find: native inputs that keep what is typed until the server has it."""

from typing import Any

import reflex as rx

from ..beside import beside
from ..forms import offers as _offers  # noqa: F401  answers.jsx imports its file

beside("drafts.js")
_LIBRARY = f"$/public{beside('answers.jsx')}"

# What the fields of owners outside the deal are called.
OUTSIDE_WORDS = {
    "name": "Name of somebody not on this loan",
    "share": "Share of",
    "theirs": "Their share",
    "add": "Add somebody else",
    "remove": "Remove",
}


class AnswerControl(rx.Component):
    """What all controls share.

    `scope` names whose page this is in this tab and `at` its address, `epoch` changes when the page was loaded anew,
    `ack` is what the server last confirmed ({number, version, value, sum}; `value` as it reads in its field). `on_save`
    gets id, text, the version it was typed over, and a number to confirm; `on_here` the id of the field in use, or "".
    """

    library = _LIBRARY
    kind: rx.Var[str]
    scope: rx.Var[str]
    at: rx.Var[str]
    value: rx.Var[str]
    version: rx.Var[int]
    ack: rx.Var[dict]
    epoch: rx.Var[int]
    read_only: rx.Var[bool]
    described_by: rx.Var[str]
    invalid: rx.Var[bool]
    placeholder: rx.Var[str]
    mode: rx.Var[str]
    input_type: rx.Var[str]
    auto_complete: rx.Var[str]
    options: rx.Var[list[dict]]
    blank: rx.Var[str]
    sum: rx.Var[str]
    on_save: rx.EventHandler[rx.event.passthrough_event_spec(str, str, int, str)]
    on_here: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class AnswerLine(AnswerControl):
    """One line of text, or several. `limit`: says what is left of so many characters; 0 for none.

    With `offers` ("suburb", "line", "street") places in the country `land` are offered. `on_pick` gets the id of the
    field, and of each part of an address that was filled in its text, version and number.
    """

    tag = "AnswerLine"
    limit: rx.Var[int]
    offers: rx.Var[str]
    land: rx.Var[str]
    on_pick: rx.EventHandler[rx.event.passthrough_event_spec(str, dict)]


class AnswerSelect(AnswerControl):
    tag = "AnswerSelect"


class AnswerCards(AnswerControl):
    """Radios in cards. `takes_back`: what was chosen can be cleared again."""

    tag = "AnswerCards"
    takes_back: rx.Var[bool]


class AnswerTick(AnswerControl):
    tag = "AnswerTick"


class AnswerTicks(AnswerControl):
    tag = "AnswerTicks"


class AnswerShares(AnswerControl):
    """A percentage for each person, and for owners outside the deal by their names. `adds`: those may be added."""

    tag = "AnswerShares"
    adds: rx.Var[bool]
    words: rx.Var[dict[str, str]]


class SavedWord(rx.Component):
    """The `status` that says "Saved 9:41 am", and not while something typed on this page is still on its way."""

    library = _LIBRARY
    tag = "SavedWord"
    scope: rx.Var[str]
    words: rx.Var[str]
    saving: rx.Var[str]


class GoToField(rx.Component):
    """Each time `epoch` changes, puts the focus into the field that the address names after its #; on the way from
    another page, to the heading. `title` becomes the tab's.
    """

    library = _LIBRARY
    tag = "GoToField"
    epoch: rx.Var[int]
    title: rx.Var[str]


def control(component: type[AnswerControl], **props: Any) -> rx.Component:
    """One of the controls above."""
    return component.create(**props)
