"""Bank statements in the demo: both firms have the invented bank, one client is asked, another one's are here."""

from sqlalchemy import select

from salestrekker_portal.database.session import transaction
from salestrekker_portal.demo.deals import staff_actor
from salestrekker_portal.demo.world import World
from salestrekker_portal.domains.bank_statements.asking import request_statements
from salestrekker_portal.domains.bank_statements.consenting import asked_of, gone_to_provider
from salestrekker_portal.domains.bank_statements.integrations import choose
from salestrekker_portal.domains.bank_statements.looking import look_after
from salestrekker_portal.domains.bank_statements.rules import WORDING_VERSION
from salestrekker_portal.domains.deals.queries import applicants_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.bank_statements import Provider, StatementConsent, StatementRequest
from salestrekker_portal.wiring import demonstration_bank, statement_store

BANKS = (Provider.DEMONSTRATION,)


async def furnish_bank(world: World) -> None:
    """By the same use cases as real ones."""
    for key in ("alice", "moana"):
        admin = await staff_actor(world, key)
        async with transaction() as session:
            await choose(session, admin, BANKS, for_firm=True, switched_on=True, provider=Provider.DEMONSTRATION.value)
    await _asked(world, "odea-rewi", "alice")
    done = await _asked(world, "tamihana", "alice")
    if done is not None:
        await _delivered(done)


async def _asked(world: World, deal: str, owner: str) -> StatementRequest | None:
    if deal not in world.deals:
        return None
    actor = await staff_actor(world, owner)
    async with transaction() as session:
        first = (await applicants_of(session, world.deals[deal]))[0][1]
        made = await request_statements(session, actor, BANKS, world.deals[deal], contact_ids=[first.id])
        return made[0]


async def _delivered(request: StatementRequest) -> None:
    bank = demonstration_bank()
    async with transaction() as session:
        kept = (await session.scalars(select(StatementRequest).where(StatementRequest.id == request.id))).one()
        asked = await asked_of(session, kept)
        session.add(
            StatementConsent(
                request_id=kept.id,
                contact_id=kept.contact_id,
                wording_version=WORDING_VERSION,
                agreed_at=utc_now(),
                ends_at=kept.expires_at,
            )
        )
    started = await bank.start(asked)
    bank.decide(started.subject, "good")
    bank.visit(started.subject).ready_at = utc_now()
    async with transaction() as session:
        await gone_to_provider(session, request.id, started)
    for _ in range(2):  # fetched, and then forgotten by the bank
        await look_after({bank.key: bank}, statement_store(), request.id)
