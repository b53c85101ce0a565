"""The drawer "Filter" of the board and the list, and the chips of what is filtered by."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.insights.choices import called, choices_for
from salestrekker_portal.domains.insights.chosen import month_after
from salestrekker_portal.domains.workflows.queries import workflows_with_stages
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.broker.board.address import read_address
from salestrekker_portal.portals.broker.board.filter_words import (
    SETTLES,
    chips_of,
    filter_form,
    from_form,
    settles_words,
)
from salestrekker_portal.portals.broker.board.reading import stages_shown
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.tables.access import Portal

# Months to choose a settlement from, this one and the next.
MONTHS_AHEAD = 12


class FilterChip(TypedDict):
    """What is filtered by, and the address without it."""

    words: str
    to: str


@closes_with_page(lambda state: state._begin("shown"))
class BoardFilterState(BrokerState, rx.State):
    """What the board is filtered by, as the address says it."""

    chips: list[FilterChip] = []
    # The address without any filter, "" while there is none.
    all_path: str = ""
    shown: bool = False
    facts: dict[str, str] = {}
    errors: dict[str, str] = {}
    people: list[Choice] = []
    stages: list[Choice] = []
    labels: list[Choice] = []
    partners: list[Choice] = []
    lenders: list[Choice] = []
    settles: list[Choice] = []

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """The chips of this address; nothing is read where nothing is filtered by a name."""
        address = read_address(self._query)
        async with self._looking() as (session, actor):
            names = await called(session, actor, address.filter(actor))
        self.chips = [{"words": words, "to": without.path} for words, without in chips_of(address, names)]
        every = address.unfiltered
        self.all_path = every.path if every != address.but() else ""

    @rx.event
    @allow(Portal.BROKER)
    async def show(self):
        """Open with what the address says now."""
        address = read_address(self._query)
        async with self._looking() as (session, actor):
            stages = stages_shown(await workflows_with_stages(session, actor), address)
            choices = await choices_for(session, actor, stages)
            today = local(utc_now(), actor.time_zone).date()
        self.people = _choices(
            [("me", "Me"), *[(str(each), name) for each, name in choices.people if each != actor.id]]
        )
        self.stages = _choices([(str(stage.id), stage.name) for stage in stages])
        self.labels = _choices([(str(each), name) for each, name in choices.labels])
        self.partners = _choices([(str(each), name) for each, name in choices.partners])
        self.lenders = _choices([(name, name) for name in choices.lenders])
        months, month = [], today.replace(day=1)
        for _ in range(MONTHS_AHEAD):
            months.append((f"{month:%Y-%m}", settles_words(f"{month:%Y-%m}")))
            month = month_after(month)
        self.settles = _choices([*[(each.value, words) for each, words in SETTLES.items()], *months])
        self.facts, self.errors, self.shown = filter_form(address), {}, True

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        """Everything stays as the address says."""
        self.shown = False

    @rx.event
    @allow(Portal.BROKER)
    async def apply(self, form: dict):
        """Go to the address that the form describes, or say what it can't be."""
        try:
            address = from_form(read_address(self._query), form_from(form))
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.errors, self.shown = {}, False
        return rx.redirect(address.path)


def _choices(found: list[tuple[str, str]]) -> list[Choice]:
    return [{"value": value, "label": words} for value, words in found]
