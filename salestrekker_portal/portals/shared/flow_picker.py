"""Ticking pages and sections of the fact find: in the settings of a flow, and for one invitation."""

from collections.abc import Iterable, Sequence
from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.questions.flows import choices_of
from salestrekker_portal.domains.questions.vocabulary import Page, Party
from salestrekker_portal.ui import forms
from salestrekker_portal.ui.kinds import optional

ONLY = {Party.PERSON: "Asked of people", Party.COMPANY: "Asked of companies, trusts and partnerships", None: ""}


class SectionTick(TypedDict):
    """One section and whether it is asked."""

    id: str
    title: str
    on: bool


class PageTick(TypedDict):
    """One page with its sections; `on` while at least one of them is asked."""

    key: str
    title: str
    note: str
    on: bool
    sections: list[SectionTick]


def page_ticks(pages: Sequence[Page], chosen: Iterable[str], *, mixed: bool = True) -> list[PageTick]:
    """What can be ticked, people's pages first. `mixed` says on each page whom it is asked of."""
    wanted = set(chosen)
    found = []
    for page in sorted(pages, key=lambda each: each.party is Party.COMPANY):
        sections = [SectionTick(id=key, title=title, on=key in wanted) for key, title in choices_of(page)]
        count = sum(each["on"] for each in sections)
        whose = ONLY[page.party] if mixed else ""
        note = ". ".join(part for part in (whose, f"{count} of {len(sections)}") if part)
        found.append(PageTick(key=page.key, title=page.broker_title, note=note, on=count > 0, sections=sections))
    return found


def ticked(ticks: Sequence[PageTick]) -> list[str]:
    """The ids of the sections that are asked, in order."""
    return [section["id"] for page in ticks for section in page["sections"] if section["on"]]


def after_page(ticks: Sequence[PageTick], key: object, on: bool) -> list[str]:
    """The sections that are asked once a whole page was ticked, or cleared."""
    page = next((each for each in ticks if each["key"] == key), None)
    of_page = [section["id"] for section in page["sections"]] if page else []
    others = [each for each in ticked(ticks) if each not in of_page]
    return others + (of_page if on else [])


def after_section(ticks: Sequence[PageTick], section_id: object, on: bool) -> list[str]:
    """The sections that are asked once one was ticked, or cleared."""
    known = [section["id"] for page in ticks for section in page["sections"]]
    others = [each for each in ticked(ticks) if each != section_id]
    return others + [each for each in known if on and each == section_id]


def section_picker(ticks: rx.Var, *, on_page, on_section, error: rx.Var | str = "", id: str = "sections"):
    """Pages with their sections, each with a tick; a page's tick is all of its sections'."""
    sentence = id + "-error"
    return rx.el.fieldset(
        rx.el.legend("Pages and sections", class_name="field-label"),
        optional(error, rx.el.p(error, id=sentence, role="alert", class_name="field-error")),
        rx.el.div(rx.foreach(ticks, lambda page: _page(page, id, on_page, on_section)), class_name="flow-picker"),
        aria_describedby=rx.cond(error != "", sentence, ""),
        aria_invalid=rx.cond(error != "", "true", "false"),
    )


def _page(page: rx.Var, id: str, on_page, on_section) -> rx.Component:
    key = page["key"].to(str)

    def section(each: rx.Var) -> rx.Component:
        return forms.tick(
            id=f"{id}-" + each["id"].to(str),
            label=each["title"],
            checked=each["on"].to(bool),
            on_change=lambda on: on_section(each["id"], on),
            key=each["id"],
        )

    return rx.el.div(
        forms.tick(
            id=f"{id}-page-" + key,
            label=rx.el.strong(page["title"]),
            note=page["note"].to(str),
            checked=page["on"].to(bool),
            on_change=lambda on: on_page(page["key"], on),
        ),
        rx.el.div(rx.foreach(page["sections"].to(list[SectionTick]), section), class_name="ticks flow-picker-sections"),
        role="group",
        aria_label=page["title"],
        key=page["key"],
        class_name="flow-picker-page",
    )
