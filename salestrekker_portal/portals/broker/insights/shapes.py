"""What the page of Insights is given: figures in words, and how long their bars are, in per cent."""

from typing import TypedDict

TITLES = {
    "pipeline": "Pipeline by stage", "turnaround": "Turnaround by stage", "settled": "Settled by month",
    "sources": "Conversion by partner", "papers": "Documents’ turnaround", "finished": "Clients’ time to finish",
    "workload": "Workload",
}  # fmt: skip
CHARTS = tuple(TITLES)
# A table from the beginning: nothing of it is drawn.
DRAWN = CHARTS[:-1]


class InsightsChoice(TypedDict):
    """A filter that can be chosen, with its address."""

    key: str
    words: str
    to: str
    on: bool


class FigureTile(TypedDict):
    """A figure on top; `tone` colours its note: ok, warn or ""."""

    key: str
    name: str
    value: str
    note: str
    tone: str


class BarPart(TypedDict):
    """A piece of a bar in one of the tones of a legend."""

    key: str
    tone: str
    width: str


class ChartBar(TypedDict):
    """A line of a bar chart; `said` reads out its pieces, `to` leads to what it counts."""

    key: str
    name: str
    to: str
    value: str
    said: str
    parts: list[BarPart]


class StageSpan(TypedDict):
    """Where most stays in a stage lie, their middle, and from when on one is too long ("" where it doesn't fit)."""

    key: str
    name: str
    value: str
    said: str
    left: str
    width: str
    middle: str
    limit: str
    late: bool


class MonthColumns(TypedDict):
    """Two columns beside each other."""

    key: str
    name: str
    value: str
    said: str
    height: str
    last: str


class ScaleTick(TypedDict):
    """A line of the scale."""

    key: str
    at: str
    words: str


class ChartLegend(TypedDict):
    """What a tone means."""

    key: str
    tone: str
    words: str


class FigureLine(TypedDict):
    """A row of a table: its name and its figures; `all` is the sum of the others."""

    key: str
    name: str
    to: str
    cells: list[str]
    all: bool


class Chart(TypedDict):
    """One report. Each has its table; what it draws is in one of the three lists before. `none`: why it is empty."""

    lead: str
    bars: list[ChartBar]
    spans: list[StageSpan]
    months: list[MonthColumns]
    ticks: list[ScaleTick]
    legend: list[ChartLegend]
    heads: list[str]
    lines: list[FigureLine]
    count: str
    more: str
    none: str


def blank(**said) -> Chart:
    """A chart with nothing in it but what is given."""
    empty: Chart = {
        "lead": "", "bars": [], "spans": [], "months": [], "ticks": [], "legend": [], "heads": [], "lines": [],
        "count": "", "more": "", "none": "",
    }  # fmt: skip
    return {**empty, **said}  # type: ignore[typeddict-item]


def line(key: object, name: str, *cells: str, to: str = "", all: bool = False) -> FigureLine:
    """A row of a table."""
    return {"key": str(key), "name": name, "to": to, "cells": list(cells), "all": all}


def share_of(part: float, whole: float) -> str:
    """A width or a place, in per cent."""
    return f"{100 * part / whole:.2f}%" if whole else "0%"
