"""What happens to the logs by itself: the seal goes to the admins each morning, and old rows go at night."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from salestrekker_portal.database.session import WriteSession, reading, transaction
from salestrekker_portal.domains.organisations.admins import mail_admins
from salestrekker_portal.domains.security_log.chain import LOGS, NOBODYS, SECURITY, ChainedLog
from salestrekker_portal.domains.security_log.checking import ERASED
from salestrekker_portal.domains.security_log.service import note
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import bounds_of, day_words
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.security_log import LogHead, LogSeal, SecurityEvent

A_YEAR = timedelta(days=365.25)
# What is in no firm's log: tries at doors that belong to nobody.
NOBODYS_YEARS = 1
AT_ONCE = 500


async def mail_heads(session: WriteSession, organisation_id: UUID, zone: str, day: date) -> None:
    """E-mail the firm's admins how both chains ended before `day`; nothing when nothing was added since the last."""
    begin, _ = bounds_of(day, zone)
    ends = [(log, await _end_before(session, log, organisation_id, begin)) for log in LOGS]
    heads = {head.log: head for head in await session.scalars(select(LogHead).where(LogHead.chain == organisation_id))}
    if not any(end and log.name in heads and end.number > heads[log.name].mailed for log, end in ends):
        return
    lines = [f"{log.name.capitalize()} log, row {end.number:,}: {end.seal}" for log, end in ends if end]
    await mail_admins(
        session,
        organisation_id,
        kind="security.seals",
        subject=f"Seals of your logs, {day_words(day)}",
        paragraphs=[
            "this is where your firm’s activity log and security log ended last night. Keep this e-mail: if somebody "
            "ever changes the logs, these seals are no longer among them, and it shows.",
            *lines,
            "Whoever runs your installation looks for one with: python -m salestrekker_portal.verify --seal …",
        ],
        button="Open the security log",
        page="/settings/security-log",
    )
    for log, end in ends:
        if end and log.name in heads:
            heads[log.name].mailed = end.number


async def _end_before(session: WriteSession, log: ChainedLog, organisation_id: UUID, begin) -> LogSeal | None:
    """The last link that was there when the day began, so that a firm's first mail comes on its second day."""
    chain = select(LogSeal).where(LogSeal.log == log.name, LogSeal.chain == organisation_id, LogSeal.sealed_at < begin)
    return (await session.scalars(chain.order_by(LogSeal.number.desc()).limit(1))).first()


async def sweep_security_log() -> int:
    """Once round every firm: rows older than it keeps them are removed, and the log says how many. How many in all."""
    async with reading() as session:
        firms = list((await session.execute(select(Organisation.id, Organisation.security_log_years))).all())
    removed = 0
    for organisation_id, years in [*firms, (None, NOBODYS_YEARS)]:
        while True:
            async with transaction() as session:
                some = await _erase_some(session, organisation_id, years)
            removed += some
            if some < AT_ONCE:
                break
    return removed


async def _erase_some(session: WriteSession, organisation_id: UUID | None, years: int) -> int:
    """At most 500 rows. Their links stay, without salt: the chain is whole, and nobody can guess what they said."""
    old = (
        select(SecurityEvent.id)
        .where(
            SecurityEvent.organisation_id.is_not_distinct_from(organisation_id),
            SecurityEvent.created_at < utc_now() - A_YEAR * years,
            # What isn't in the chain yet, and what tells of earlier removals, stays.
            SecurityEvent.unsealed.is_(None),
            SecurityEvent.kind != ERASED,
        )
        .order_by(SecurityEvent.created_at)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True, key_share=True)
    )
    ids = list(await session.scalars(old))
    if not ids:
        return 0
    links = update(LogSeal).where(
        LogSeal.log == SECURITY.name, LogSeal.chain == (organisation_id or NOBODYS), LogSeal.row_id.in_(ids)
    )
    await session.execute(links.values(salt=None, erased_at=utc_now()))
    await session.execute(delete(SecurityEvent).where(SecurityEvent.id.in_(ids)))
    note(session, ERASED, organisation_id=organisation_id, log=SECURITY.name, rows=len(ids), years=years)
    return len(ids)
