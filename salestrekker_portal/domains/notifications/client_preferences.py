"""What a client wants to be told, among what the brokerage sends (L37). What is essential can't be switched off."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import access_topic, record, touch
from salestrekker_portal.domains.notices.catalogue import BOTH, BY_KEY, NONE, Event, Ways
from salestrekker_portal.domains.notices.rules import wanted_ways
from salestrekker_portal.domains.portal_access.client_words import stored_for, ways_of
from salestrekker_portal.kernel.errors import Invalid, NotPermitted
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notifications import ClientPreference
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.outbox import Channel


class Topic(StrEnum):
    """What a client can switch off, in words a client would use."""

    MESSAGES = "messages"
    DOCUMENTS = "documents"
    PROGRESS = "progress"


# What a client reads of a topic: its name, and what is in it.
TOPIC_WORDS: dict[Topic, tuple[str, str]] = {
    Topic.MESSAGES: ("New messages", "Notes and files for you"),
    Topic.DOCUMENTS: ("Documents", "Reminders, and what is needed again"),
    Topic.PROGRESS: ("Loan progress", "Your application moves on"),
}
TOPIC_EVENTS: dict[Topic, tuple[str, ...]] = {
    Topic.MESSAGES: ("note_shared", "file_shared"),
    Topic.DOCUMENTS: (
        "documents_requested", "documents_added", "document_asked_again", "document_due", "still_missing",
        "bank_statements_requested", "bank_statements_due",
    ),
    Topic.PROGRESS: ("stage_changed", "deal_stale_client"),
}  # fmt: skip
# Always told: that the page is closed. Invitation and PIN are no notifications at all.
ESSENTIAL = ("portal_ended", "deal_settled", "deal_ended")
_TOPIC_OF = {key: topic for topic, keys in TOPIC_EVENTS.items() for key in keys}


def topic_of(event_key: str) -> Topic | None:
    """The topic that an event belongs to; None for what is essential."""
    return _TOPIC_OF.get(event_key)


def muted_ways(event: Event, preference: Ways | None) -> Ways:
    """The ways that a client switched off for this event; a way that carries a link that they need stays on."""
    if preference is None or topic_of(event.key) is None:
        return NONE
    return Ways(
        email=not preference.email and not event.fixed.email,
        sms=not preference.sms and not event.fixed.sms,
    )


async def preference_for(session: ReadSession, contact_id: UUID, event: Event) -> Ways | None:
    """What this client chose for the event's topic; None when they chose nothing."""
    topic = topic_of(event.key)
    if topic is None:
        return None
    row = await session.scalar(
        select(ClientPreference).where(ClientPreference.contact_id == contact_id, ClientPreference.topic == topic)
    )
    return Ways(email=row.email, sms=row.sms) if row is not None else None


@dataclass(frozen=True, kw_only=True)
class TopicChoice:
    """One topic of a client's page: the ways that the brokerage uses for it, and those that the client wants."""

    topic: Topic
    offered: Ways
    wanted: Ways


async def own_choices(session: ReadSession, actor: Actor) -> list[TopicChoice]:
    """What a client can choose. Clients only: raises NotPermitted."""
    _demand_client(actor)
    deal = await existing(session, Deal, actor.deal_id)
    organisation = await existing(session, Organisation, actor.organisation_id)
    stored = await stored_for(session, deal.organisation_id, deal.owner_id)
    rows = await session.scalars(select(ClientPreference).where(ClientPreference.contact_id == actor.id))
    chosen = {row.topic: Ways(email=row.email, sms=row.sms) for row in rows}
    return [
        TopicChoice(
            topic=topic,
            offered=_offered([wanted_ways(BY_KEY[key], ways_of(stored, BY_KEY[key])) for key in keys], organisation),
            wanted=chosen.get(topic, BOTH),
        )
        for topic, keys in TOPIC_EVENTS.items()
    ]


def _offered(ways: list[Ways], organisation: Organisation) -> Ways:
    return Ways(
        email=any(each.email for each in ways),
        sms=organisation.sms_enabled and any(each.sms for each in ways),
    )


async def choose(session: WriteSession, actor: Actor, *, topic: Topic, channel: Channel, on: bool) -> None:
    """Hear of a topic by e-mail or SMS, or no longer. Clients only: raises NotPermitted, Invalid (`channel`)."""
    _demand_client(actor)
    choice = next(each for each in await own_choices(session, actor) if each.topic is topic)
    if on and not getattr(choice.offered, channel.value):
        raise Invalid({"channel": "Your broker doesn’t send this that way."})
    found = select(ClientPreference).where(ClientPreference.contact_id == actor.id, ClientPreference.topic == topic)
    row = await session.scalar(found.with_for_update(key_share=True)) or ClientPreference(
        contact_id=actor.id, topic=topic
    )
    setattr(row, channel.value, on)
    session.add(row)
    record(
        session, actor, "portal_access:preferences", organisation_id=actor.organisation_id, deal_id=actor.deal_id,
        topic=topic.value, channel=channel.value, on=on,
    )  # fmt: skip
    if actor.access_id is not None:
        touch(session, access_topic(actor.access_id))
    await session.flush()


def _demand_client(actor: Actor) -> None:
    if not actor.is_client:
        raise NotPermitted("Only a client chooses how they are told.")
