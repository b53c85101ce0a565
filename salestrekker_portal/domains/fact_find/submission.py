"""The client says that their profile is done and true, and says so again only when something changed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, or_, select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.fact_find.whole import Whole, read_whole
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, NotPermitted
from salestrekker_portal.tables.fact_find import NOBODY, Answer, Item
from salestrekker_portal.tables.portal_access import PortalAccess

# What somebody agrees to by sending: kept with each submission by its version. New words, a new version.
TRUTH_VERSION = "2026-11"
TRUTH = "What I have told you is true and complete, as far as I know. I will tell you if something changes."
NOTHING_NEW = "Nothing has changed since you sent it. Change an answer first, then send it again."


async def submit_profile(session: WriteSession, actor: Actor, deal_id: UUID) -> None:
    """The client says that they are done. Raises NotPermitted for anybody else, Conflict when locked, incomplete, or
    unchanged since they said so last.
    """
    whole = await read_whole(session, actor, deal_id)
    context = whole.context
    if actor.access_id is None:
        raise NotPermitted("Only the client submits their profile.")
    if context.lock_reason:
        raise Conflict(context.lock_reason)
    left = len(whole.progress.outstanding)
    if left:
        raise Conflict(f"{left} {'answer is' if left == 1 else 'answers are'} still missing. They are listed above.")
    access = await existing(session, PortalAccess, actor.access_id)
    if access.submitted_at is not None and not await has_changed(session, whole, access.submitted_at):
        raise Conflict(NOTHING_NEW)
    access.submitted_at, access.declared = utc_now(), TRUTH_VERSION
    access.submissions += 1
    record(session, actor, "profile:submitted", organisation_id=context.deal.organisation_id, deal_id=deal_id,
           version=str(access.submissions), truth=TRUTH_VERSION)  # fmt: skip


async def changed_since_sent(session: ReadSession, actor: Actor, access: PortalAccess) -> bool:
    """Whether this client may send again what they sent: one statement where nobody changed anything at all."""
    since, deal = access.submitted_at, access.deal_id
    if since is None:
        return False
    answered = exists().where(Answer.deal_id == deal, Answer.answered_at > since)
    listed = exists().where(Item.deal_id == deal, or_(Item.created_at > since, Item.removed_at > since))
    if not await session.scalar(select(or_(answered, listed))):
        return False
    whole = await read_whole(session, actor, deal)
    return not whole.context.lock_reason and await has_changed(session, whole, since)


async def has_changed(session: ReadSession, whole: Whole, since: datetime) -> bool:
    """Whether what this person fills in is another than at that moment: an answer, or an entry that came or went."""
    own = {UUID(each) for each in whole.subjects()} | {NOBODY}
    if whole.context.reader.contact_id is not None:
        own.add(whole.context.reader.contact_id)
    for copy in whole.copies:
        if copy.subject not in own:
            continue
        answers = [*copy.answers.values(), *(each for _, said in copy.items for each in said.values())]
        if any(each.answered_at > since for each in answers) or any(item.created_at > since for item, _ in copy.items):
            return True
    gone = select(func.count()).select_from(Item)
    gone = gone.where(Item.deal_id == whole.context.deal.id, Item.subject_id.in_(own), Item.removed_at > since)
    return bool(await session.scalar(gone))
