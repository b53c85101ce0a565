"""What the tests of documents share."""

from sqlalchemy import select

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.documents.arriving import NewFile
from salestrekker_portal.domains.documents.service import FilePlace, accept_upload
from salestrekker_portal.domains.portal_access.delivery import LINK_PURPOSE
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import NotFound, NotPermitted
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.tokens import new_token, seal, token_hash
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.outbox import OutboxMessage
from salestrekker_portal.tables.portal_access import PortalLink
from tests.domains.notifications.world import tell


def outsiders():
    """Who may not do what the brokerage does, and what each is told."""
    return [("kim", NotPermitted), ("sam", NotPermitted), ("priya", NotPermitted), ("mallory", NotFound)]


async def give_links(cast) -> None:
    """Kim and Sam have the link that their invitation brought."""
    async with transaction() as session:
        for access in (cast.kim_access, cast.sam_access):
            token = new_token()
            sealed = seal(token, secret=settings().secret, purpose=LINK_PURPOSE)
            session.add(PortalLink(access_id=access.id, token_hash=token_hash(token), token_sealed=sealed))


async def messages(kind: str = "") -> list[OutboxMessage]:
    """What waits in the outbox once the worker has told everybody."""
    await tell()
    async with reading() as session:
        found = select(OutboxMessage).where(OutboxMessage.kind == kind) if kind else select(OutboxMessage)
        return list(await session.scalars(found))


async def lock(deal: Deal) -> None:
    """The deal is settled."""
    async with transaction() as session:
        (await session.get(Deal, deal.id)).locked_at = utc_now()


def new_file(name: str = "Payslip.pdf", **facts) -> NewFile:
    """A file as the route hands it over; there are no bytes behind it."""
    return NewFile(key=str(new_id()), name=name, mime="application/pdf", size=1200, sha256="0" * 64, **facts)


async def upload(actor, deal, request=None, name: str = "Payslip.pdf", scanned="not_scanned", **place):
    """Send a file."""
    where = FilePlace(deal_id=deal.id, request_id=request.id if request else None, **place)
    async with transaction() as session:
        return await accept_upload(session, actor, where, new_file(name, scanned=scanned))
