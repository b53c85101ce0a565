"""What screens are given of a fact find: plain data, keyed by field and entry."""

from typing import TypedDict


class OptionView(TypedDict):
    """One choice."""

    value: str
    label: str
    help: str


class FieldView(TypedDict):
    """One question. `span` is "whole", "half", "most", "rest" or "short" of its line, `columns` how many choices
    stand beside each other ("", "two", "two-wide", "three"); `why` and `legend` are said once, where they start.
    """

    id: str
    key: str
    kind: str
    label: str
    mark: str
    help: str
    placeholder: str
    # At most so many characters, said in the field; 0 where what is typed is read in another way.
    limit: int
    unit: str
    legend: str
    why: str
    revealed: bool
    span: str
    columns: str
    options: list[OptionView]
    value: str
    sum: str
    version: int
    by: str
    # Where an answer that nobody typed here comes from, or where another one was typed.
    origin: str
    # Of shares: owners who are not in the deal may be added.
    adds: bool
    # Behind a press until it has an answer.
    folded: bool
    # What a browser may fill in, and which keypad a phone shows; blank for none in particular.
    fills: str
    mode: str
    # What is offered while somebody types: "suburb" for the parts of an address, "line" for the end of a whole one,
    # "street" where a provider of addresses is set; blank for nothing. `land` is the country that it is looked for in.
    offers: str
    land: str


class ItemView(TypedDict):
    """One entry of a list; its questions are there while it is open."""

    id: str
    opened: bool
    fields: list[FieldView]


class HeadView(TypedDict):
    """What an entry is called, in a list; changes as it is filled in."""

    title: str
    line: str
    sum: str
    sum_label: str
    missing: str


class BlockView(TypedDict):
    """One copy of a section. `reopen` says to staff whether they may "open" it for clients or "close" it again."""

    id: str
    title: str
    lead: str
    note: str
    # What somebody of the team asked to be looked at again here.
    asked: str
    repeats: bool
    locked: bool
    hidden: bool
    # Whether clients have a part in it: nobody can be asked again for what is the broker's alone.
    clients: bool
    reopen: str
    fields: list[FieldView]
    items: list[ItemView]
    add_label: str
    types: list[OptionView]
    nothing_label: str
    nothing: bool
    unanswered: bool
