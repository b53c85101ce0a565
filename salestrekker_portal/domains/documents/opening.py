"""Who looked at what: kept so that clients can read it on their privacy page."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.security_log.kinds import FILES
from salestrekker_portal.domains.security_log.service import note
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Document

ONCE_IN = timedelta(hours=1)
OPENED = "document:opened"


async def note_opening(session: WriteSession, actor: Actor, document: Document) -> None:
    """Somebody opened another's document; once an hour is enough. Wakes no tab: nothing on screen changed."""
    if str(document.id) not in await _opened_lately(session, actor, document.deal_id):
        _write_down(session, actor, await existing(session, Deal, document.deal_id), document)


async def note_openings(session: WriteSession, actor: Actor, deal: Deal, documents: Iterable[Document]) -> None:
    """The same for many of a deal. One statement to read, however many they are."""
    lately = await _opened_lately(session, actor, deal.id)
    for document in documents:
        if str(document.id) not in lately and document.uploader_id != actor.id:
            _write_down(session, actor, deal, document)


async def _opened_lately(session: WriteSession, actor: Actor, deal_id: UUID) -> set[str]:
    # Turning the pages of one paper asks for its file again and again.
    recent = await session.scalars(
        select(Activity.facts).where(
            Activity.deal_id == deal_id,
            Activity.created_at > utc_now() - ONCE_IN,
            Activity.kind == OPENED,
            Activity.actor_id == actor.id,
        )
    )
    return {str(facts.get("document")) for facts in recent}


def _write_down(session: WriteSession, actor: Actor, deal: Deal, document: Document) -> None:
    facts = {"name": document.name, "document": str(document.id)}
    note(session, OPENED, organisation_id=deal.organisation_id, by=actor, area=FILES, deal_id=deal.id,
         subject_id=document.id, facts=facts)  # fmt: skip
    session.add(
        Activity(
            organisation_id=deal.organisation_id,
            deal_id=deal.id,
            kind=OPENED,
            actor_kind=actor.portal.value,
            actor_id=actor.id,
            actor_name=actor.name,
            facts=facts,
        )
    )
