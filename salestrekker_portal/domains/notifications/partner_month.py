"""The month that is over, in one e-mail to each partner who asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.notices.catalogue import BY_KEY
from salestrekker_portal.domains.notices.reasons import why_of
from salestrekker_portal.domains.notices.words import words_for
from salestrekker_portal.domains.notifications.recipients import came_back
from salestrekker_portal.domains.notifications.stopping import change_address, stop_address
from salestrekker_portal.domains.outbox.content import SIGNED, Content
from salestrekker_portal.domains.outbox.service import enqueue
from salestrekker_portal.domains.partners.preferences import MONTHLY, firm_allows
from salestrekker_portal.domains.partners.results import Came, Sent, sent_by
from salestrekker_portal.domains.signing_in.strangers import as_known
from salestrekker_portal.kernel.days import local, working_day_after
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.text import counted, phone_words, shortened
from salestrekker_portal.tables.notifications import PartnerPreference
from salestrekker_portal.tables.organisations import Country, Organisation, PartnerPortalSettings, User
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.partners import Partner, PartnerMembership
from salestrekker_portal.tables.workflows import Stage, Workflow

# More lines than this are a list to look at, not to read in an e-mail.
MOST_OPEN, NAME_LIMIT = 20, 120


def month_over(day: date) -> date | None:
    """The first day of the month before `day`, once the first working day of this month has come; None before."""
    last_of_before = day.replace(day=1) - timedelta(days=1)
    return last_of_before.replace(day=1) if day >= working_day_after(last_of_before, 1) else None


@dataclass(frozen=True, kw_only=True)
class MonthInShort:
    """What happened in a month, and who is still open: clients and the stage that they may be told of."""

    sent: int
    settled: int
    open: list[tuple[str, str]]

    @property
    def in_short(self) -> str:
        sent = f"{counted(self.sent, 'client')} sent" if self.sent else "nobody sent"
        return f"{sent}, {self.settled} settled"

    @property
    def still_open(self) -> str:
        """One a line, under a head; a sentence where nobody is."""
        lines = [f"• {shortened(clients, NAME_LIMIT)}: {stage}" for clients, stage in islice(self.open, MOST_OPEN)]
        more = len(self.open) - MOST_OPEN
        if more > 0:
            lines.append(f"• And {more} more")
        return "\n".join(["Still open:", *lines]) if lines else "Nobody whom you sent is open now."


def month_in_short(sent: list[Sent], first: date, zone: str, stages: dict[UUID, str]) -> MonthInShort:
    """Counted where the firm is. Who keeps dates to themselves counts in no month as settled. Pure."""

    def within(day: date | None) -> bool:
        return day is not None and day.replace(day=1) == first

    return MonthInShort(
        sent=sum(within(local(each.at, zone).date()) for each in sent),
        settled=sum(within(each.settled_on) for each in sent if each.came is Came.SETTLED),
        open=[(each.clients, stages.get(each.stage_id, "")) for each in sent if each.came is Came.OPEN],
    )


async def months_in_short(session: WriteSession, organisation_id: UUID, zone: str, day: date) -> None:
    """E-mail the month before `day` to the firm's partners who want it; nothing to whom nothing happened."""
    first = month_over(day)
    found = select(PartnerPortalSettings).where(PartnerPortalSettings.organisation_id == organisation_id)
    kept = await session.scalar(found)
    if first is None or not firm_allows(kept, BY_KEY[MONTHLY]):
        return
    words = ((kept and kept.words) or {}).get(MONTHLY) or {}
    organisation = await existing(session, Organisation, organisation_id)
    wanted = (PartnerPreference.membership_id == PartnerMembership.id) & (PartnerPreference.event == MONTHLY)
    rows = await session.execute(
        select(Partner, PartnerMembership, User)
        .join(PartnerMembership, PartnerMembership.partner_id == Partner.id)
        .join(PartnerPreference, wanted)
        .outerjoin(User, User.id == PartnerMembership.assigned_user_id)
        .where(
            PartnerMembership.organisation_id == organisation_id,
            PartnerMembership.disabled_at.is_(None),
            PartnerPreference.email.is_(True),
        )
    )
    names = await _stages(session, organisation_id)
    for account, membership, broker in list(rows):
        if await came_back(session, account.email):
            continue
        month = month_in_short(await sent_by(session, organisation_id, account.id), first, zone, names)
        if month.sent or month.settled or month.open:
            _send(session, organisation, as_known(account, membership), broker, month, first, words)


async def _stages(session: WriteSession, organisation_id: UUID) -> dict[UUID, str]:
    """What clients and partners call each stage of the firm."""
    rows = await session.execute(
        select(Stage.id, Stage.client_name)
        .join(Workflow, Workflow.id == Stage.workflow_id)
        .where(Workflow.organisation_id == organisation_id)
    )
    return {row.id: row.client_name for row in rows}


def _send(
    session: WriteSession,
    organisation: Organisation,
    partner: Partner,
    broker: User | None,
    month: MonthInShort,
    first: date,
    kept: Mapping[str, object],
) -> None:
    enqueue(
        session,
        organisation_id=organisation.id,
        kind=f"notice.{MONTHLY}",
        channel=Channel.EMAIL,
        recipient=partner.email,
        recipient_name=partner.name,
        # `months_in_short` runs once a month and firm, so each of its messages has a cause of its own.
        cause=new_id(),
        content=_content(organisation, partner, broker, month, first, kept),
    )


def _content(
    organisation: Organisation,
    partner: Partner,
    broker: User | None,
    month: MonthInShort,
    first: date,
    kept: Mapping[str, object],
) -> Content:
    """Whom nobody looks after hears from the firm, in its own words where it `kept` some."""
    event, firm = BY_KEY[MONTHLY], organisation.name
    phone = phone_words((broker and broker.mobile) or organisation.phone, organisation.country)
    writer = f"{broker.name}, {firm}" if broker is not None else firm
    words = words_for(
        event,
        kept,
        {
            "greeting": "Kia ora" if organisation.country == Country.NZ else "Hello",
            "partner_first_name": partner.first_name,
            "firm_name": firm,
            "month": f"{first:%B %Y}",
            "in_short": month.in_short,
            "still_open": month.still_open,
            "signature": f"{SIGNED}{f' or call me on {phone}' if phone else ''}. {writer}",
        },
    )
    return Content(
        sender=f"{broker.name} at {firm}" if broker is not None else firm,
        firm=firm,
        reply_to=broker.email if broker is not None else "",
        subject=words.subject,
        paragraphs=words.paragraphs,
        link_label="See your results",
        link=f"{settings().public_origin}/partner/results",
        why=why_of(f"notice.{event.key}", firm),
        stop=stop_address(event, organisation.id, partner.id),
        change=change_address(event.audience),
    )
