"""Which messages clients get, by e-mail or SMS, and in whose words: the firm's choice, and a broker's own (S1-13).

What is kept is a message's whole row: a broker who changes one thing of it has a row of their own from then on,
which begins as the firm's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.throttles import count_try
from salestrekker_portal.domains.activity.versions import on_top_of
from salestrekker_portal.domains.billing import service as billing
from salestrekker_portal.domains.firm.settings import (
    change_portal_settings,
    demand_settings,
    hold_settings,
    portal_settings_of,
    settings_trail,
)
from salestrekker_portal.domains.notices.catalogue import BY_KEY, Event
from salestrekker_portal.domains.notices.fields import FIELDS, NOTE_SAMPLE
from salestrekker_portal.domains.notices.texts import (
    INVITATION,
    MESSAGES,
    NOTE_SHARED,
    PIN,
    checked_wording,
    message_of,
)
from salestrekker_portal.domains.notices.wording import TEXTS, Wording, unlike_standard
from salestrekker_portal.domains.outbox.service import Content, enqueue
from salestrekker_portal.domains.portal_access.client_words import (
    SHOWS,
    Shows,
    client_email,
    client_sms,
    shown_of_notes,
    words_of,
)
from salestrekker_portal.domains.portal_access.messages import People, invitation, pin_text
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotPermitted
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notifications import Audience
from salestrekker_portal.tables.organisations import Organisation, User
from salestrekker_portal.tables.outbox import Channel

TESTS_IN_A_WHILE = 10
SMS_IS_OFF = "SMS is off in Connect. An admin can switch it on there."


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What stands on one settings page. `stored` applies there, `own` are the messages that a broker has for
    themselves, and `people` are invented readers of a preview, with the real firm and broker."""

    stored: dict[str, dict]
    own: frozenset[str]
    may_text: bool
    credits: int
    people: People


async def decided(session: ReadSession, actor: Actor, *, for_firm: bool) -> Decided:
    """The messages as the firm, or this broker, has them. Staff only: raises NotPermitted."""
    chosen = await portal_settings_of(session, actor, for_firm=for_firm)
    firm_row = chosen.firms.notifications or {}
    own: dict[str, dict] = (chosen.settings.notifications or {}) if chosen.is_own else {}
    organisation = await existing(session, Organisation, actor.organisation_id)
    return Decided(
        stored={**firm_row, **own},
        own=frozenset(own),
        may_text=organisation.sms_enabled,
        credits=await billing.balance(session, organisation.id),
        people=await preview_readers(session, actor),
    )


async def preview_readers(session: ReadSession, actor: Actor) -> People:
    """Invented clients of the real firm and broker: nobody's data stands in a preview. Staff only."""
    if not actor.is_staff:
        raise NotPermitted("Only the brokerage sees its settings.")
    organisation = await existing(session, Organisation, actor.organisation_id)
    kim = Contact(organisation_id=organisation.id, first_name="Kim", last_name="Nguyen", mobile="+61491570156")
    sam = Contact(organisation_id=organisation.id, first_name="Sam", last_name="Nguyen")
    nowhere = new_id()
    deal = Deal(
        organisation_id=organisation.id, name="Nguyen purchase", workflow_id=nowhere, stage_id=nowhere, rank="",
        reference="", owner_id=actor.id,
    )  # fmt: skip
    owner = await existing(session, User, actor.id)
    return People(organisation=organisation, owner=owner, contact=kim, deal=deal, everyone=(kim, sam))


def preview(people: People, key: str, words: Wording, shows: Shows = Shows.LINE) -> tuple[Content | None, str]:
    """The e-mail (without an address behind its button) and the SMS, as they would leave."""
    link, facts = FIELDS["link"].sample, {name: FIELDS[name].sample for name in message_of(key).values}
    if key == NOTE_SHARED:
        facts["note"] = shown_of_notes([f"{NOTE_SAMPLE}\nI’ll call you on Tuesday."], shows)
    if key == INVITATION:
        return invitation(people, link, words), ""
    if key == PIN:
        return None, pin_text(people, facts["pin"], words)
    return client_email(people, key, facts, link, words), client_sms(people, key, facts, words)


async def choose_way(
    session: WriteSession, actor: Actor, *, for_firm: bool, key: object, channel: Channel, on: bool
) -> None:
    """Send a message by e-mail or SMS, or no longer.

    Raises NotPermitted, Invalid (`event`, `channel`), and Conflict for SMS while it is off in Connect.
    """
    demand_settings(actor, for_firm)
    event = _event(key)
    if not getattr(event.offered, channel.value):
        raise Invalid({"channel": f"“{event.label}” doesn’t go that way."})
    if getattr(event.fixed, channel.value):
        raise Invalid({"channel": f"“{event.label}” always goes by e-mail: without it clients have no link."})
    before = await decided(session, actor, for_firm=for_firm)
    if on and channel is Channel.SMS and not before.may_text:
        raise Conflict(SMS_IS_OFF)
    ways = {way.value: getattr(event.default, way.value) for way in Channel}
    row = {**ways, **before.stored.get(event.key, {}), channel.value: on}
    await _keep(session, actor, for_firm, {event.key: row})


async def choose_shown(session: WriteSession, actor: Actor, *, for_firm: bool, shows: Shows) -> None:
    """How much of a shared note stands in the e-mail that tells of it (S3-03). Raises NotPermitted."""
    demand_settings(actor, for_firm)
    before = await decided(session, actor, for_firm=for_firm)
    row = {**before.stored.get(NOTE_SHARED, {}), SHOWS: shows.value}
    await _keep(session, actor, for_firm, {NOTE_SHARED: row})


def _event(key: object) -> Event:
    """An event of clients. Raises Invalid (`event`)."""
    event = BY_KEY.get(key) if isinstance(key, str) else None
    if event is None or event.audience is not Audience.CLIENT:
        raise Invalid({"event": "Choose one of the messages shown."})
    return event


async def write_words(
    session: WriteSession,
    actor: Actor,
    *,
    for_firm: bool,
    key: object,
    typed: Mapping[str, object],
    shown: Mapping[str, object] | None = None,
) -> None:
    """Say a message in one's own words.

    Raises NotPermitted, Invalid (`subject`, `email_text`, `sms_text`, `event`), Faster for what somebody else changed
    since `shown`.
    """
    demand_settings(actor, for_firm)
    key = message_of(key).key
    await hold_settings(session, actor, for_firm=for_firm)
    before = await decided(session, actor, for_firm=for_firm)
    words = words_of(before.stored, key)
    now, trail = {name: getattr(words, name) for name in TEXTS}, settings_trail(for_firm, key, "notifications")
    wording = checked_wording(key, await on_top_of(session, actor, trail, shown=shown, now=now, typed=typed))
    row = _without_words(before.stored.get(key, {}))
    await _keep(session, actor, for_firm, {key: row | unlike_standard(wording, MESSAGES[key].standard)})


async def use_standard_words(session: WriteSession, actor: Actor, *, for_firm: bool, key: object) -> None:
    """Back to our words; how the message goes stays as chosen. Raises NotPermitted, Invalid (`event`)."""
    demand_settings(actor, for_firm)
    message = message_of(key)
    before = await decided(session, actor, for_firm=for_firm)
    await _keep(session, actor, for_firm, {message.key: _without_words(before.stored.get(message.key, {}))})


async def send_test(session: WriteSession, actor: Actor, *, key: object, typed: Mapping[str, object]) -> str:
    """E-mail the message with these words to oneself, with invented readers; the address that it went to.

    Raises Invalid (as `checked_wording`), NotPermitted, Conflict for what only goes by text, and for many.
    """
    message = message_of(key)
    people = await preview_readers(session, actor)
    words = checked_wording(message.key, typed)
    content, _ = preview(people, message.key, words)
    if content is None:
        raise Conflict("This message goes by text only, so there is no e-mail to try.")
    return await mail_to_oneself(session, actor, people.owner, "test.wording", content)


async def mail_to_oneself(session: WriteSession, actor: Actor, me: User, kind: str, content: Content) -> str:
    """Try a message out on `me`, who is the actor: marked as a test, and its button lets nobody in. The address.

    Raises Conflict for many in a short time.
    """
    await count_try(session, f"test-mail:{actor.id}", TESTS_IN_A_WHILE, "That is enough for now. Try in 15 minutes.")
    enqueue(
        session,
        organisation_id=actor.organisation_id,
        kind=kind,
        channel=Channel.EMAIL,
        recipient=me.email,
        recipient_name=me.name,
        cause=new_id(),
        content=replace(content, subject=f"Test: {content.subject}", link=f"{settings().public_origin}/sign-in"),
    )
    return me.email


async def follow_firms_message(session: WriteSession, actor: Actor, *, key: object) -> None:
    """Drop a broker's own row of one message: the firm's counts again. Raises NotPermitted, Invalid (`event`)."""
    demand_settings(actor, False)
    message = message_of(key)
    if (await portal_settings_of(session, actor, for_firm=False)).is_own:
        await _keep(session, actor, False, {message.key: None})


def _without_words(row: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in TEXTS}


async def _keep(session: WriteSession, actor: Actor, for_firm: bool, rows: dict[str, dict | None]) -> None:
    """Under the lock of the row: two admins on one page would otherwise drop each other's messages."""
    chosen = await hold_settings(session, actor, for_firm=for_firm)
    mine = dict(chosen.settings.notifications or {}) if for_firm or chosen.is_own else {}
    kept = {key: row for key, row in {**mine, **rows}.items() if row is not None}
    await change_portal_settings(session, actor, for_firm=for_firm, about=" ".join(rows), notifications=kept)
