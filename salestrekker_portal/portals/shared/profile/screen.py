"""What a profile page knows in any portal: its questions, what others change, what is wrong or missing.

Each portal's State lets its own people in and calls these. The page's structure (`blocks`) is sent again only
when it changed; what somebody else typed comes as `news`, and one's own answers are only confirmed (`acks`).
"""

import json
from typing import Any
from uuid import UUID

import reflex as rx

from salestrekker_portal.domains.activity.service import deal_topic, profile_topic
from salestrekker_portal.domains.fact_find.outline import StepView, Stop, find_stop, left_on, outline, stops
from salestrekker_portal.domains.fact_find.places import Spot, field_id
from salestrekker_portal.domains.fact_find.queries import Copy
from salestrekker_portal.domains.fact_find.rest import rest_of
from salestrekker_portal.domains.fact_find.screens import block_of, errors_of
from salestrekker_portal.domains.fact_find.sums import SumView, heads_of, sums_of
from salestrekker_portal.domains.fact_find.views import BlockView, FieldView, HeadView
from salestrekker_portal.domains.fact_find.way import percents, section_of, way
from salestrekker_portal.domains.fact_find.weights import minutes_of
from salestrekker_portal.domains.fact_find.whole import Whole, read_whole
from salestrekker_portal.domains.questions.vocabulary import section_id
from salestrekker_portal.kernel.errors import DomainError
from salestrekker_portal.kernel.text import initials
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.shared.profile.presence import presence
from salestrekker_portal.portals.shared.profile.views import AckView, ClashView, NewsView, PersonView


class ProfileScreen(rx.State, mixin=True):
    """One screen of a profile."""

    blocks: list[BlockView] = []
    heads: dict[str, HeadView] = {}
    errors: dict[str, str] = {}
    acks: dict[str, AckView] = {}
    news: dict[str, NewsView] = {}
    held: dict[str, str] = {}
    clashes: dict[str, ClashView] = {}
    here: dict[str, str] = {}
    people: list[PersonView] = []
    steps: list[StepView] = []
    sums: list[SumView] = []
    title: str = ""
    lead: str = ""
    minutes: int = 0
    saved: str = ""
    lock_reason: str = ""
    # The page or section on screen, for whoever asks about it.
    about: str = ""
    left: int = 0
    left_words: str = ""
    before_path: str = ""
    after_path: str = ""
    after_title: str = ""
    # "Section 3 of 7", how much of each and of all is done in percent, and minutes left in all.
    place: str = ""
    parts_done: list[int] = []
    done_percent: int = 0
    minutes_left: int = 0
    rest_label: str = ""
    # Counts the times that this page was loaded anew: unconfirmed text is sent again.
    epoch: int = 0
    scope: str = ""
    # The address that this was loaded for: the browser may be at another by the time it sends what was typed here.
    at: str = ""
    removed: str = ""

    _shape: str = ""
    _known: dict[str, int] = {}
    _values: dict[str, str] = {}
    _deal: str = ""
    _key: str = ""
    _of: str = ""
    _open: str = ""
    _removed: tuple[str, str] = ("", "")

    # -- what each portal says for itself -------------------------------------------------------------------

    def _deal_id(self) -> UUID:
        raise NotImplementedError

    def _address(self, stop: Stop) -> str:
        raise NotImplementedError

    def _all_whole(self) -> bool:
        return False

    # -- showing ---------------------------------------------------------------------------------------------

    async def _load(self, key: str, of: UUID | None, opened: str = "") -> None:
        """Everything anew, from the address and the database."""
        self._deal, self._key, self._of = str(self._deal_id()), key, str(of or "")
        self._open, self._shape, self._removed, self.removed = opened, "", ("", ""), ""
        self.acks, self.clashes = {}, {}
        try:
            await self._show()
        except DomainError:
            self._deal, self.blocks = "", []  # nothing of an earlier deal is of use at this address
            raise
        actor = self._actor()
        self.scope, self.at = f"{self._deal}.{actor.id}", self.router.url.path
        self.epoch += 1
        if actor.is_preview:
            # Nothing that is typed there is ever taken for the client's, and nobody is told that they are here.
            self.scope += ".preview"
            return
        # Whoever opens a page has left the field that they were in.
        presence.enter(UUID(self._deal), self.router.session.client_token, actor.id, actor.name, "")

    async def _show(self) -> None:
        """Look again, and send what changed. Nothing before this tab has loaded its page."""
        if not self._deal:
            return
        async with self._looking() as (session, actor):
            whole = await read_whole(session, actor, UUID(self._deal))
        every = stops(whole, all_whole=self._all_whole())
        stop = find_stop(every, self._key, UUID(self._of) if self._of else None) if self._key else every[0]
        copies = [c for c in whole.copies_on(stop.page.key, stop.subject) if stop.shows(c.section.key)]
        self._watch()
        locks = [whole.context.lock_of(section_id(copy.page, copy.section)) for copy in copies]
        self._put("lock_reason", next((lock for lock in locks if lock), "") if locks else whole.context.lock_reason)
        self._put("about", stop.key)
        rest = rest_of(whole, copies)
        self._put("rest_label", f"{rest.label} ({rest.count})" if rest.count else "")
        self._show_answers(whole, copies)
        self._show_way(whole, every, stop)
        self._show_people(whole)

    def _watch(self) -> None:
        """From now on this tab hears of its deal and of what is typed there; what frames it may watch more."""
        deal = UUID(self._deal)
        subscriptions.also(self.router.session.client_token, deal_topic(deal), profile_topic(deal))

    def _show_answers(self, whole: Whole, copies: list[Copy]) -> None:
        all_open = self._all_whole()
        own = not all_open
        fresh = [block_of(whole, c, opened=self._open, all_open=all_open, own_page=own) for c in copies]
        shape = _shape_of(fresh)
        if shape != self._shape:
            self._shape = shape
            self.blocks, self.news = fresh, {}
            self._known = {field["id"]: field["version"] for field in fields_in(fresh)}
        else:
            self._tell_news(fresh)
        self._values = {field["id"]: field["value"] for field in fields_in(fresh)}
        self._put("errors", {key: said for copy in copies for key, said in errors_of(whole, copy).items()})
        self._put("heads", {key: head for copy in copies for key, head in heads_of(whole, copy).items()})
        self._put("held", {field_id(Spot(*spot)): held.raw for spot, held in whole.held.items()})

    def _tell_news(self, fresh: list[BlockView]) -> None:
        told = dict(self.news)
        for field in fields_in(fresh):
            if field["version"] > self._known.get(field["id"], 0):
                was = self._values.get(field["id"], "")
                told[field["id"]] = NewsView(
                    value=field["value"],
                    version=field["version"],
                    by=field["by"],
                    was=was if field["kind"] in _READS_AS_TYPED else "",
                )
                self._known[field["id"]] = field["version"]
        self._put("news", told)

    def _show_way(self, whole: Whole, every: list[Stop], stop: Stop) -> None:
        place = every.index(stop)
        after = every[place + 1] if place + 1 < len(every) else None
        left = left_on(whole, stop)
        listed = outline if self._all_whole() else way
        self._put("steps", listed(whole, every, stop, self._address))
        self._put("sums", sums_of(whole, stop.page))
        self._put("title", stop.title)
        # Where several sections stand under each other, each says its own.
        alone = stop.sections[0].lead if len(self.blocks) == 1 else ""
        self._put("lead", alone if stop.section_keys else stop.page.lead)
        self._put("minutes", minutes_of(stop.sections, whole.facts(stop.subject)))
        number, total = section_of(every, stop)
        self._put("place", f"Section {number} of {total}")
        self._put("parts_done", percents(whole, every))
        self._put("done_percent", whole.progress.percent)
        self._put("minutes_left", whole.progress.minutes_left)
        self._put("left", len(left))
        words = ", ".join(thing.label for thing in left[:3])
        self._put("left_words", words if words.endswith("?") else f"{words}.")
        self._put("before_path", self._address(every[place - 1]) if place else "")
        self._put("after_path", self._address(after) if after else "")
        self._put("after_title", after.title if after else "")

    def _show_people(self, whole: Whole) -> None:
        shown = {field["id"]: field["label"] for field in fields_in(self.blocks)}
        there = presence.others(whole.context.deal.id, whole.context.actor.id)
        first = {each.person: each.name.split(" ")[0] for each in there}
        seen = [each for each in there if each.field_id in shown]
        self._put("here", {each.field_id: f"{first[each.person]} is here" for each in seen})
        people = {each.person: each for each in seen}
        self._put(
            "people",
            [
                PersonView(name=each.name, initials=initials(each.name), doing=f"in “{shown[each.field_id]}”")
                for each in people.values()
            ],
        )

    def _put(self, name: str, value: Any) -> None:
        """Set a var only when it changes: an assignment alone would send it again."""
        if self.get_value(name) != value:
            setattr(self, name, value)


# Kinds whose field shows what was typed, so that an earlier value reads well beside it.
_READS_AS_TYPED = frozenset(
    {"text", "long_text", "date", "month", "money", "percent", "integer", "address", "phone", "mobile", "email"}
)
_CHANGES_BY_ITSELF = ("value", "version", "by")


def fields_in(blocks: list[BlockView]) -> list[FieldView]:
    loose = [field for block in blocks for field in block["fields"]]
    return loose + [field for block in blocks for item in block["items"] for field in item["fields"]]


def _shape_of(blocks: list[BlockView]) -> str:
    """What a page looks like apart from its answers, to tell whether it must be sent again."""

    def bare(field: FieldView) -> dict:
        return {key: value for key, value in field.items() if key not in _CHANGES_BY_ITSELF}

    return json.dumps(
        [
            {
                **block,
                "fields": [bare(field) for field in block["fields"]],
                "items": [{**item, "fields": [bare(field) for field in item["fields"]]} for item in block["items"]],
            }
            for block in blocks
        ]
    )
