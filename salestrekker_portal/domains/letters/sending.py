"""Writing to clients and partners by hand: looked at first, then queued for each of them, all or none."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.access.quotas import count_letters
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.deals.rules import demand_on_the_board
from salestrekker_portal.domains.letters.people import Desk, LetterReader, desk_of, host, readers_of
from salestrekker_portal.domains.letters.rules import (
    Draft,
    LetterRead,
    as_read,
    checked_draft,
    puts_link,
    subject_problem,
    text_problem,
)
from salestrekker_portal.domains.notices.quiet import leaves_at, may_leave_now
from salestrekker_portal.domains.notices.reasons import why_of
from salestrekker_portal.domains.notices.wording import cut_plainly
from salestrekker_portal.domains.outbox.service import Content, enqueue, just_sent
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import AlreadyDone, Invalid, NotFound
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.text import counted, joined
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.outbox import Channel

WAYS = {Channel.EMAIL: "e-mail", Channel.SMS: "text"}
LINK_LABEL = "Open my page"
NOBODY = "Choose whom it goes to."


@dataclass(frozen=True, kw_only=True)
class LeavingLetter:
    """One message on its way: to whom, as they read it, and when it leaves; `may_now` is whether it could at once."""

    reader: LetterReader
    written: LetterRead
    at: datetime
    may_now: bool = False


@dataclass(frozen=True, kw_only=True)
class LetterLook:
    """What stands in the drawer: everybody who could read it, those who will, what is wrong, and what it costs."""

    readers: list[LetterReader]
    leaving: list[LeavingLetter]
    errors: dict[str, str] = field(default_factory=dict)
    balance: int = 0

    @property
    def credits(self) -> int:
        return sum(each.written.credits for each in self.leaving)


async def look_at(
    session: ReadSession, actor: Actor, deal_id: UUID, draft: Draft, to: Collection[str], *, at_once: bool = False
) -> LetterLook:
    """The draft as it would leave now. Raises NotFound, NotPermitted; what is unfinished is no reason to raise."""
    deal = await access_deal(session, actor, deal_id, Permission.LETTER_SEND)
    desk = await desk_of(session, actor, deal, draft.channel)
    readers = await readers_of(session, desk, draft.audience)
    chosen = [each for each in readers if each.key in to and not each.why_not]
    leaving = [_leaving(draft, each, at_once=at_once) for each in chosen]
    errors = {
        "to": _credits_problem(desk, leaving),
        "subject": subject_problem(draft, host()) if draft.subject else "",
        "text": text_problem(draft, host()) or _link_problem(draft, chosen),
    }
    errors = {name: sentence for name, sentence in errors.items() if sentence}
    return LetterLook(readers=readers, leaving=leaving, errors=errors, balance=desk.firm.credits)


async def write_letter(
    session: WriteSession, actor: Actor, deal_id: UUID, draft: Draft, to: Collection[str], *, at_once: bool = False
) -> list[LeavingLetter]:
    """Send what was written to each of those chosen, or to none of them.

    Raises Invalid (`to`, `subject`, `text`), NotFound, NotPermitted, Conflict for a closed deal or too many in a day,
    AlreadyDone right after the same person was written to.
    """
    deal = await access_deal(session, actor, deal_id, Permission.LETTER_SEND)
    demand_on_the_board(deal)
    if draft.channel is Channel.SMS:
        # Two who text at the same moment don't spend the same credit.
        await session.get(Organisation, deal.organisation_id, with_for_update=HOLD, populate_existing=True)
    desk = await desk_of(session, actor, deal, draft.channel)
    chosen = _chosen(await readers_of(session, desk, draft.audience), to)
    checked_draft(draft, host())
    leaving = [_leaving(draft, each, at_once=at_once) for each in chosen]
    problems = {"text": _link_problem(draft, chosen), "to": _credits_problem(desk, leaving)}
    if any(problems.values()):
        raise Invalid({name: sentence for name, sentence in problems.items() if sentence})
    await _demand_not_twice(session, desk, draft, chosen)
    await count_letters(session, actor, len(chosen))
    for each in leaving:
        _hand_over(session, desk, draft, each)
    record(session, actor, "letter:sent", organisation_id=deal.organisation_id, deal_id=deal.id,
           to=joined([each.name for each in chosen]), way=WAYS[draft.channel])  # fmt: skip
    return leaving


def _chosen(readers: list[LetterReader], to: Collection[str]) -> list[LetterReader]:
    """Those who were chosen, each of whom can be reached. Raises Invalid (`to`), NotFound for somebody else's."""
    if not to:
        raise Invalid({"to": NOBODY})
    if not set(to) <= {each.key for each in readers}:
        raise NotFound("person")
    chosen = [each for each in readers if each.key in to]
    why = next((each.why_not for each in chosen if each.why_not), "")
    if why:
        raise Invalid({"to": why})
    return chosen


def _link_problem(draft: Draft, chosen: list[LetterReader]) -> str:
    """The link that works goes only to the address that was invited."""
    without = [each.name for each in chosen if not each.link]
    if not puts_link(draft) or not without:
        return ""
    return (
        f"[Link] can’t go to {joined(without)}: not invited at this address, or the link no longer works. Take it out, "
        "or invite them first."
    )


def _credits_problem(desk: Desk, leaving: list[LeavingLetter]) -> str:
    needed, left = sum(each.written.credits for each in leaving), desk.firm.credits
    if needed <= left:
        return ""
    return (
        f"This takes {counted(needed, 'SMS credit')}, and {left:,} {'is' if left == 1 else 'are'} left. Write to "
        "fewer, or have an admin buy some in Settings, Billing details."
    )


async def _demand_not_twice(session: ReadSession, desk: Desk, draft: Draft, chosen: list[LetterReader]) -> None:
    for each in chosen:
        if await just_sent(session, _kind(draft), organisation_id=desk.organisation.id, recipient=each.where):
            raise AlreadyDone(f"{each.name} was sent a message a moment ago, so no second one went out.")


def _leaving(draft: Draft, reader: LetterReader, *, at_once: bool) -> LeavingLetter:
    now = utc_now()
    values = {**reader.values, "link": reader.link}
    if draft.channel is Channel.EMAIL:
        return LeavingLetter(reader=reader, written=as_read(draft, values), at=now)
    may_now, morning = may_leave_now(now, reader.zone), leaves_at(now, reader.zone)
    at = now if at_once and may_now else morning
    return LeavingLetter(reader=reader, written=as_read(draft, values), at=at, may_now=may_now and morning > now)


def _kind(draft: Draft) -> str:
    return f"letter.{draft.audience}"


def _hand_over(session: WriteSession, desk: Desk, draft: Draft, leaving: LeavingLetter) -> None:
    reader, by_mail = leaving.reader, draft.channel is Channel.EMAIL
    enqueue(
        session,
        organisation_id=desk.organisation.id,
        kind=_kind(draft),
        channel=draft.channel,
        recipient=reader.where,
        recipient_name=reader.name,
        cause=new_id(),
        content=_mail(desk, draft, leaving) if by_mail else _text(desk, leaving),
        deal_id=desk.deal.id,
        access_id=reader.access_id,
        credits_held=leaving.written.credits,
        due_at=leaving.at,
    )


def _mail(desk: Desk, draft: Draft, leaving: LeavingLetter) -> Content:
    firm, linked = desk.organisation.name, puts_link(draft)
    return Content(
        sender=f"{desk.writer.name} at {firm}",
        firm=firm,
        reply_to=desk.writer.email,
        subject=leaving.written.subject,
        paragraphs=leaving.written.paragraphs,
        link_label=LINK_LABEL if linked else "",
        link=leaving.reader.link if linked else "",
        why=why_of(_kind(draft), firm),
    )


def _text(desk: Desk, leaving: LeavingLetter) -> Content:
    return Content(sender=cut_plainly(desk.organisation.name, 40), paragraphs=[leaving.written.sms])
