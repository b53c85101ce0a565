"""A notice on its way: decided by the rules, put into words, handed to the outbox, or skipped with a reason."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, WriteSession
from salestrekker_portal.domains.activity.service import deal_topic, partner_topic, touch, user_topic
from salestrekker_portal.domains.notices.catalogue import BY_KEY, Event
from salestrekker_portal.domains.notices.quiet import leaves_at
from salestrekker_portal.domains.notices.reasons import why_of
from salestrekker_portal.domains.notices.rules import Skip, decide, sentence_for
from salestrekker_portal.domains.notices.service import is_put_off, waits_for
from salestrekker_portal.domains.notices.texts import NOTE_SHARED
from salestrekker_portal.domains.notices.wording import cut_plainly
from salestrekker_portal.domains.notices.words import Words, items_in_words, names_of, path_of, staff_words, words_for
from salestrekker_portal.domains.notifications.audience import still_holds
from salestrekker_portal.domains.notifications.due_days import with_calendar
from salestrekker_portal.domains.notifications.gathering import Piece, heaviest, together
from salestrekker_portal.domains.notifications.leads import with_lead
from salestrekker_portal.domains.notifications.recipients import Recipient, recipient_of
from salestrekker_portal.domains.notifications.stopping import change_address, stop_address
from salestrekker_portal.domains.outbox.service import Content, enqueue
from salestrekker_portal.domains.portal_access.client_words import Shows, shown_of_notes, shows_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import due_words, local, weekday_words
from salestrekker_portal.kernel.sms import sms_size
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notes import Note
from salestrekker_portal.tables.notifications import Audience, Notice, SkippedMessage, Why
from salestrekker_portal.tables.organisations import Membership, Organisation, User
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.workflows import Stage

# More than anybody was ever told of in five minutes.
MOST_TOGETHER = 40
# What stands for a date that a client lets no partner see: "settled on …".
PRIVATE_DAY = "a day that they keep to themselves"
# News of what somebody wrote, which its e-mail quotes.
QUOTING = ("client_wrote", "partner_wrote", "team_note", "note_mention")


async def send(session: WriteSession, notice: Notice) -> None:
    """Decide what is due on this notice, and on whatever else waits for the same person, and do it: one message a
    way. Afterwards nothing more is due on any of them."""
    # The row of the firm is locked while credits are counted: two messages can't spend the same ones.
    organisation = await existing(session, Organisation, notice.organisation_id, with_for_update=HOLD)
    waiting = select(Notice).where(*waits_for(notice)).order_by(Notice.happened_at).limit(MOST_TOGETHER)
    found = await session.scalars(waiting.with_for_update(skip_locked=True, key_share=True))
    others = [each for each in found if not is_put_off(each)]
    decided = [await _decided(session, each, organisation) for each in (notice, *others)]
    told = [each for each in decided if each is not None]
    for channel in Channel:
        going = [each for each in told if getattr(each.verdict, channel.value)]
        if going:
            _hand_over(session, going, channel)
    for each in told:
        for skip in each.verdict.skipped:
            sentence = sentence_for(skip, each.event, each.recipient.person)
            _write_down(session, each.notice, each.recipient, skip.why, skip.channel, sentence)


async def _decided(session: WriteSession, notice: Notice, organisation: Organisation) -> Piece | None:
    """The news in words, with what becomes of it; None when there is nobody and nothing to tell any more."""
    event = BY_KEY[notice.event]
    notice.send_at = None
    deal = await session.get(Deal, notice.deal_id) if notice.deal_id else None
    recipient = await recipient_of(session, event, organisation, deal, notice.recipient_id)
    if recipient is None or not await _holds(session, event, notice, deal):
        await _forget(session, notice)
        return None
    words = await _words(session, event, notice, deal, recipient, organisation)
    verdict = decide(
        event,
        recipient.person,
        recipient.firm,
        recipient.wanted,
        segments=sms_size(words.sms).segments,
        daily_summary=recipient.daily_summary,
    )
    if event.audience is Audience.STAFF and not verdict.tells and not verdict.skipped:
        await session.delete(notice)  # nobody will ever look at it
        return None
    notice.in_summary = verdict.in_summary
    return Piece(notice=notice, event=event, recipient=recipient, words=words, verdict=verdict)


async def _holds(session: WriteSession, event: Event, notice: Notice, deal: Deal | None) -> bool:
    """Whether there is still something to tell; what was taken back meanwhile is left out."""
    if event.key in ("stage_changed", "partner_stage"):
        stage = await session.get(Stage, deal.stage_id) if deal is not None else None
        # A card that was dragged there and back has not moved.
        return stage is not None and stage.name != notice.facts.get("from_stage")
    kept = [item for item in notice.items if await still_holds(session, event, item.get("id", ""), notice.recipient_id)]
    gone = bool(notice.items) and not kept
    if len(kept) != len(notice.items):
        notice.items = kept
    return not gone


async def _forget(session: WriteSession, notice: Notice) -> None:
    if notice.bell:
        topic = partner_topic if notice.audience is Audience.PARTNER else user_topic
        touch(session, topic(notice.recipient_id))
    await session.delete(notice)


async def _words(
    session: WriteSession,
    event: Event,
    notice: Notice,
    deal: Deal | None,
    recipient: Recipient,
    organisation: Organisation,
) -> Words:
    if event.audience is Audience.STAFF:
        quotes = await _quoted(session, notice, Shows.LINE) if event.key in QUOTING else ""
        words = staff_words(notice, deal.name if deal else "", recipient.firm_name, quotes)
        if event.key == "partner_lead" and deal is not None:
            words = await with_lead(session, words, notice, deal, organisation)
        return words
    names = names_of(notice)
    today = local(utc_now(), organisation.time_zone).date()
    values = {
        **recipient.values,
        **await _author(session, event, notice, deal),
        "link": recipient.link,
        **items_in_words(notice),
        "note": await _note(session, notice, recipient),
        "due_date": str(notice.facts.get("until") or _day(notice.facts.get("due_on"), due_words, today)),
        "settled_on": PRIVATE_DAY if recipient.person.no_dates else _day(notice.facts.get("on"), weekday_words, today),
        "outcome": str(notice.facts.get("outcome", "")),
    }
    if event.key in ("stage_changed", "partner_stage") and deal is not None:
        stage = await existing(session, Stage, deal.stage_id)
        values |= {"stage_name": stage.client_name or stage.name, "stage_meaning": stage.client_meaning}
    return with_calendar(words_for(event, recipient.kept, values), notice.facts, names, recipient, today)


async def _note(session: WriteSession, notice: Notice, recipient: Recipient) -> str:
    """As much of what was written as the firm shows by e-mail; to partners its first line."""
    if notice.event == NOTE_SHARED:
        return await _quoted(session, notice, shows_of(recipient.kept))
    return await _quoted(session, notice, Shows.LINE) if notice.event == "partner_note" else ""


async def _quoted(session: WriteSession, notice: Notice, shows: Shows) -> str:
    """Nothing is read where nothing is shown."""
    keys = [UUID(str(item["id"])) for item in notice.items if item.get("id")]
    if shows is Shows.NONE or not keys:
        return ""
    found = select(Note.text).where(Note.id.in_(keys)).order_by(Note.created_at, Note.id)
    return shown_of_notes(list(await session.scalars(found)), shows)


async def _author(session: WriteSession, event: Event, notice: Notice, deal: Deal | None) -> dict[str, str]:
    """Who wrote, shared or asked, where a message begins with that: not always the owner of the deal."""
    if not notice.author or not event.subject.startswith(("{broker_first_name}", "{broker_name}")):
        return {}
    staff = await session.scalars(
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.organisation_id == notice.organisation_id,
            func.rtrim(User.first_name + " " + User.last_name) == notice.author,
        )
    )
    # Nobody of the firm: the portal did it for the deal's owner, whose name stays.
    found = next(iter(sorted(staff, key=lambda each: each.id != (deal and deal.owner_id))), None)
    return {} if found is None else {"broker_first_name": found.first_name, "broker_name": found.name}


def _day(raw: object, words: Callable[[date, date], str], today: date) -> str:
    return words(date.fromisoformat(str(raw)), today) if raw else ""


def _hand_over(session: WriteSession, going: list[Piece], channel: Channel) -> None:
    """One message about all of it; of the others it is written down that it went with the heaviest."""
    first, words = heaviest(going), together(going)
    notice, recipient, person = first.notice, first.recipient, first.recipient.person
    common: dict[str, Any] = {
        "organisation_id": notice.organisation_id,
        "kind": f"notice.{first.event.key}",
        "recipient_name": person.name,
        "cause": notice.id,
        "deal_id": notice.deal_id,
        "access_id": recipient.access_id,
        "channel": channel,
    }
    if channel is Channel.EMAIL and person.email is not None:
        content = _mail(notice, recipient, words, alone=len(going) == 1)
        enqueue(session, recipient=person.email, content=content, **common)
    if channel is Channel.SMS and person.mobile is not None:
        content = Content(sender=cut_plainly(recipient.firm_name, 40), paragraphs=[words.sms])
        held, due = sms_size(words.sms).segments, leaves_at(utc_now(), recipient.zone)
        enqueue(session, recipient=person.mobile, content=content, credits_held=held, due_at=due, **common)
    for each in going:
        if each is not first:
            skip = Skip(why=Why.GATHERED, channel=channel)
            sentence = sentence_for(skip, each.event, person)
            _write_down(session, each.notice, each.recipient, skip.why, channel, sentence)


def _mail(notice: Notice, recipient: Recipient, words: Words, *, alone: bool = True) -> Content:
    """The e-mail; one about several things can't be stopped as one of them, only chosen about."""
    event = BY_KEY[notice.event]
    staff = event.audience is Audience.STAFF
    link = f"{settings().public_origin}{path_of(notice)}" if staff else recipient.link
    return Content(
        sender=recipient.sender,
        firm=recipient.firm_name,
        reply_to=words.reply_to or recipient.reply_to,
        subject=words.subject,
        paragraphs=words.paragraphs,
        facts=words.facts,
        ways=words.ways,
        link_label=("Look at it" if staff else event.link_label) if link else "",
        link=link,
        why=why_of(f"notice.{event.key}", recipient.firm_name),
        stop=stop_address(event, notice.organisation_id, recipient.id) if alone else "",
        change=change_address(event.audience),
    )


def _write_down(session: WriteSession, notice: Notice, recipient: Recipient, why, channel, sentence: str) -> None:
    session.add(
        SkippedMessage(
            organisation_id=notice.organisation_id,
            deal_id=notice.deal_id,
            audience=notice.audience,
            event=notice.event,
            channel=channel,
            recipient_name=recipient.person.name,
            why=why,
            sentence=sentence[:400],
        )
    )
    if notice.deal_id is not None:
        touch(session, deal_topic(notice.deal_id))
