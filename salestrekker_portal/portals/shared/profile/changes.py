"""Changing a profile, in any portal: answers as they are typed, entries, clashes, and what was held."""

from functools import cache
from typing import Any
from uuid import UUID

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import profile_topic
from salestrekker_portal.domains.fact_find.holding import discard_held
from salestrekker_portal.domains.fact_find.lists import add_item, remove_item, restore_item
from salestrekker_portal.domains.fact_find.places import Spot, field_id, spot_from
from salestrekker_portal.domains.fact_find.rest import say_none_of_the_rest
from salestrekker_portal.domains.fact_find.service import Saved, save_answer
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.domains.questions.catalogue import find_section
from salestrekker_portal.domains.questions.conditions import Condition, When
from salestrekker_portal.domains.questions.vocabulary import NOTHING_TO_ADD, TYPE
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import time_words
from salestrekker_portal.kernel.errors import DomainError, Invalid, NotFound
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.portals.shared.profile.presence import presence
from salestrekker_portal.portals.shared.profile.screen import ProfileScreen, fields_in
from salestrekker_portal.portals.shared.profile.views import AckView, ClashView
from salestrekker_portal.tables.fact_find import NOBODY

# A counter's span that every browser number fits in.
_MOST_VERSIONS = 2**31
# Confirmations that are sent again with the next one; older ones have arrived.
_RECENT = 8


class ProfileChanges(ProfileScreen, mixin=True):
    """What people do on a profile page. Each portal's State wraps these in handlers of its own."""

    async def _save(self, raw_id: object, raw_text: object, raw_version: object, raw_number: object) -> Any:
        """One answer as typed. A refusal is said beside its field and in a notice; what was typed stays there."""
        spot = spot_from(raw_id)
        if not isinstance(raw_text, str):
            raise NotFound("question")
        key, number = field_id(spot), str(raw_number)[:40]
        seen = version_from(raw_version)
        try:
            async with self._acting() as (session, actor):
                saved = await save_answer(session, self._author(actor), self._deal_id(), place_at(spot), raw_text, seen)
        except DomainError as refusal:
            return self._refuse(key, number, refusal)
        return self._confirm(key, number, spot, raw_text, saved, actor.time_zone)

    def _author(self, actor: Actor) -> Actor:
        """In whose name an answer is kept."""
        return actor

    def _refuse(self, key: str, number: str, refusal: DomainError) -> Any:
        sentence = next(iter(refusal.errors.values())) if isinstance(refusal, Invalid) else refusal.message
        self.errors = {**self.errors, key: f"Not saved. {sentence}"}
        self._acknowledge(key, number, 0)
        return Notices.refuse(sentence)

    def _acknowledge(self, key: str, number: str, version: int, value: str = "", total: str = "") -> None:
        kept = {each: ack for each, ack in self.acks.items() if each != key}
        self.acks = dict(list(kept.items())[1 - _RECENT :]) | {
            key: AckView(number=number, version=version, value=value, sum=total)
        }

    def _confirm(self, key: str, number: str, spot: Spot, text: str, saved: Saved, zone: str) -> Any:
        """Says what became of it. Returns the event that looks again where other questions depend on this one."""
        clash = saved.theirs
        self._acknowledge(key, number, 0 if saved.held or clash else saved.version, saved.reads_as, saved.sum)
        if saved.held:
            self.held = {**self.held, key: text}
            return type(self).refresh
        if clash is not None:
            self.clashes[key] = ClashView(
                mine=text, mine_words=self._words(key, text), theirs=clash.raw,
                theirs_words=self._words(key, clash.raw), name=clash.author_name.split(" ")[0], version=clash.version,
            )  # fmt: skip
            return None
        for others in (self.clashes, self.held):
            if key in others:
                del others[key]
        self._known[key] = saved.version
        error = saved.checked.errors.get(spot.key, "") if saved.checked else ""
        if self.errors.get(key, "") != error:
            self.errors = {**self.errors, key: error}
        self.saved = f"Saved {time_words(saved.at, zone)}"
        moved = saved.checked is not None and self._errors_moved(spot, set(saved.checked.errors))
        decides = decides_others(self._actor().country, spot.section_id, spot.key)
        return type(self).refresh if decides or moved else None

    def _errors_moved(self, spot: Spot, wrong: set[str]) -> bool:
        """Whether a rule over several fields, such as a state and its postcode, now says something of another one."""
        group = field_id(spot).removesuffix(spot.key)
        shown = {key.removeprefix(group) for key, said in self.errors.items() if said and key.startswith(group)}
        return (shown ^ wrong) - {spot.key} != set()

    def _words(self, key: str, text: str) -> str:
        """A choice by its label; anything else as typed."""
        for field in fields_in(self.blocks):
            if field["id"] == key and field["kind"] != "ownership":
                labels = {each["value"]: each["label"] for each in field["options"]}
                return ", ".join(labels.get(part, part) for part in text.split(",")) if labels else text
        return text

    async def _use_mine(self, raw_id: object) -> None:
        clash = self.clashes.get(str(raw_id))
        if clash is not None:
            await self._save(raw_id, clash["mine"], clash["version"], "")
            self._known[str(raw_id)] = -1
            await self._show()

    async def _keep_theirs(self, raw_id: object) -> None:
        clash = self.clashes.pop(str(raw_id), None)
        if clash is not None:
            # Older than anything, so that looking again brings theirs.
            self._known[str(raw_id)] = -1
            await self._show()

    async def _enter(self, raw_id: object) -> None:
        """Which field this tab is in; "" for none. Only fields of the page that was loaded can be named."""
        if not self._deal or self._actor().is_preview:
            return
        actor, deal = self._actor(), UUID(self._deal)
        named = str(raw_id)[:300]
        shown = {field["id"] for field in fields_in(self.blocks)}
        tab = self.router.session.client_token
        topic = frozenset({profile_topic(deal)})
        if presence.enter(deal, tab, actor.id, actor.name, named if named in shown else "") and (
            subscriptions.watchers(topic) - {tab}
        ):
            await subscriptions.publish(topic)

    async def _add(self, raw_block: object, raw_type: object) -> None:
        spot = spot_from(raw_block)
        async with self._acting() as (session, actor):
            item = await add_item(session, actor, self._deal_id(), spot.section_id, _subject(spot))
            await session.flush()
            if isinstance(raw_type, str) and raw_type:
                place = Place(section_id=spot.section_id, field_key=TYPE, subject_id=_subject(spot), item_id=item.id)
                await save_answer(session, actor, self._deal_id(), place, raw_type)
            self._open = str(item.id)
        await self._changed()

    async def _remove(self, raw_block: object, raw_item: object) -> None:
        spot, item = spot_from(raw_block), uuid_from(raw_item, "entry")
        title = self.heads[str(item)]["title"] if str(item) in self.heads else "The entry"
        async with self._acting() as (session, actor):
            await remove_item(session, actor, self._deal_id(), spot.section_id, item, _subject(spot))
        self._removed, self.removed = (str(raw_block), str(item)), f"{title} is removed."
        await self._changed()

    async def _restore(self) -> None:
        block, item = self._removed
        spot = spot_from(block)
        async with self._acting() as (session, actor):
            await restore_item(
                session, actor, self._deal_id(), spot.section_id, uuid_from(item, "entry"), _subject(spot)
            )
        self._removed, self.removed = ("", ""), ""
        await self._changed()

    async def _say_nothing(self, raw_block: object, nothing: bool) -> None:
        spot = spot_from(raw_block)
        place = Place(section_id=spot.section_id, field_key=NOTHING_TO_ADD, subject_id=_subject(spot))
        async with self._acting() as (session, actor):
            await save_answer(session, actor, self._deal_id(), place, "yes" if nothing else "")
        await self._changed()

    async def _say_rest(self) -> None:
        """None of the rest of this screen."""
        of = UUID(self._of) if self._of else None
        async with self._acting() as (session, actor):
            await say_none_of_the_rest(session, actor, self._deal_id(), self._key, of)
        await self._changed()

    async def _open_item(self, raw_item: object) -> None:
        self._open = str(raw_item)[:40]
        await self._show()

    async def _discard(self, raw_id: object) -> None:
        spot = spot_from(raw_id)
        async with self._acting() as (session, actor):
            whole = await read_whole(session, actor, self._deal_id())
            held = whole.held.get(tuple(spot))
            if held is None:
                raise NotFound("text")
            await discard_held(session, actor, held.id)
        await self._show()

    async def _changed(self) -> None:
        self.saved = f"Saved {time_words(utc_now(), self._actor().time_zone)}"
        await self._show()


# What brings another section onto the same screen.
_DECIDES_SECTIONS = {
    ("entity.details", "entity_type"),
    ("applicant.addresses", "moved_in"),
    ("applicant.addresses", "previous_moved_in"),
}


@cache
def decides_others(country: str, full_id: str, key: str) -> bool:
    """Whether other questions of the section, or other sections, come or go with this answer."""
    page, _, section = full_id.partition(".")
    if (full_id, key) in _DECIDES_SECTIONS:
        return True
    return any(key in subjects_of(each.when) for each in find_section(country, page, section).fields)


def subjects_of(condition: Condition | None) -> set[str]:
    """The answers that a condition looks at."""
    if condition is None:
        return set()
    if isinstance(condition, When):
        return {condition.subject}
    return set().union(*(subjects_of(part) for part in condition.parts))


def version_from(raw: object) -> int | None:
    """The version that a browser says it has seen; None for anything that is none."""
    return raw if type(raw) is int and 0 <= raw < _MOST_VERSIONS else None


def place_at(spot: Spot) -> Place:
    """Where an answer is, as the use cases name it."""
    return Place(
        section_id=spot.section_id,
        field_key=spot.key,
        subject_id=_subject(spot),
        item_id=spot.item if spot.item != NOBODY else None,
    )


def _subject(spot: Spot) -> UUID | None:
    return spot.subject if spot.subject != NOBODY else None
