"""What the client agrees to before anything is fetched, and how that ends."""

from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import access_topic, deal_topic, record, touch
from salestrekker_portal.domains.bank_statements.ports import AskedOfProvider, StartedLink
from salestrekker_portal.domains.bank_statements.queries import (
    access_statement_request,
    held_statement_request,
    keep_refs,
    refs_of,
)
from salestrekker_portal.domains.bank_statements.rules import ENDED, WORDING_VERSION, can_open, next_look
from salestrekker_portal.domains.documents.rules import demand_open
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.kernel.tokens import new_token, token_hash
from salestrekker_portal.tables.bank_statements import (
    Problem,
    StatementConsent,
    StatementRequest,
    StatementState,
    StatementSummary,
)
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import Organisation

S = StatementState
RETURN_PATH = "/bank/return"
BY_CLIENT, BY_PROVIDER = "client", "provider"
NOT_OPEN = "This link is over. Ask for a new one on your page, under Documents."


async def agree(
    session: WriteSession, actor: Actor, request_id: UUID, *, wording: object, address: str
) -> tuple[StatementRequest, AskedOfProvider]:
    """The client agrees to exactly the wording that was shown, and is about to go to the provider.

    Raises NotFound, NotPermitted, Conflict (over, settled), Invalid (`agree`) for another or no wording.
    """
    if not actor.is_client:
        raise NotPermitted("Only the client connects their bank.")
    request = await access_statement_request(session, actor, request_id, Permission.DOCUMENT_UPLOAD)
    deal = await existing(session, Deal, request.deal_id)
    demand_open(actor, deal)
    now = utc_now()
    if not can_open(request.state, request.expires_at, now):
        raise Conflict(NOT_OPEN)
    # A page that was open through an update showed the old words, so nobody has agreed to the new ones.
    if wording != WORDING_VERSION:
        raise Invalid({"agree": "Read what is shared and tick the box first."})
    session.add(
        StatementConsent(
            request_id=request.id,
            contact_id=actor.id,
            wording_version=WORDING_VERSION,
            agreed_at=now,
            from_address=address[:64],
            ends_at=request.expires_at,
        )
    )
    state = new_token()
    # The way back is single use, and only for whoever was sent away with it (opening.py).
    request.return_hash = token_hash(state)
    record(session, actor, "bank_statements:agreed", organisation_id=deal.organisation_id, deal_id=deal.id)
    return request, await asked_of(session, request, state=state)


async def gone_to_provider(session: WriteSession, request_id: UUID, started: StartedLink) -> None:
    """The provider has made a page for them."""
    request = await held_statement_request(session, request_id)
    if request.state in ENDED:
        raise Conflict(NOT_OPEN)
    now = utc_now()
    request.state, request.problem, request.opened_at = S.OPENED, None, now
    keep_refs(request, started.refs)
    if started.subject:
        request.subject = subject_hash(request.provider.value, started.subject)
    request.due_at = next_look(S.OPENED, now, request.expires_at, now)
    tell_tabs(session, request)


async def stop_sharing(session: WriteSession, actor: Actor, request_id: UUID) -> None:
    """The client takes their consent back: nothing more is fetched, and what we kept of the data is removed.

    Statements that were filed already stay with the brokerage, which has to keep what its advice rests on.
    Raises NotFound, NotPermitted, Conflict.
    """
    if not actor.is_client:
        raise NotPermitted("Only the client takes their consent back. Withdraw the request instead.")
    request = await access_statement_request(session, actor, request_id, Permission.DOCUMENT_UPLOAD)
    if not await revoked(session, request, BY_CLIENT):
        raise Conflict("There is nothing that is shared any more.")
    record(session, actor, "bank_statements:consent_withdrawn", organisation_id=request.organisation_id,
           deal_id=request.deal_id)  # fmt: skip


async def revoked(session: WriteSession, request: StatementRequest, by: str) -> bool:
    """The consent is over before its time: what we kept of the data goes. False when there was nothing left.

    A consent that ended because everything had arrived is no longer the provider's to revoke; the client may still
    have the summary removed.
    """
    live = await end_consents(session, request.id, by)
    summary = (
        await session.scalars(
            select(StatementSummary).where(
                StatementSummary.request_id == request.id, StatementSummary.removed_at.is_(None)
            )
        )
    ).one_or_none()
    if not live and (summary is None or by != BY_CLIENT):
        return False
    if summary is not None:
        summary.sealed, summary.removed_at = "", utc_now()
    if request.state not in ENDED:
        request.state, request.problem = S.WITHDRAWN, Problem.CONSENT_WITHDRAWN
        request.finished_at = utc_now()
    request.return_hash = ""
    # Nothing was ever made at the provider, so nobody there has to be told to forget.
    request.due_at = utc_now() if request.refs_sealed else None
    tell_tabs(session, request)
    return True


async def end_consents(session: WriteSession, request_id: UUID, why: str) -> bool:
    """Nothing may be fetched on them any more; whether there were any."""
    live = list(
        await session.scalars(
            select(StatementConsent).where(
                StatementConsent.request_id == request_id, StatementConsent.ended_at.is_(None)
            )
        )
    )
    for consent in live:
        consent.ended_at, consent.ended_why = utc_now(), why
    return bool(live)


async def asked_of(session: ReadSession, request: StatementRequest, *, state: str = "") -> AskedOfProvider:
    """The request as its provider is told of it."""
    contact = await session.get(Contact, request.contact_id)
    organisation = await session.get(Organisation, request.organisation_id)
    if contact is None or organisation is None:
        raise NotFound("client")
    return AskedOfProvider(
        reference=request.reference,
        months=request.months,
        # A company has no first name, and providers insist on one.
        first_name=contact.first_name or contact.name,
        last_name=contact.last_name,
        email=contact.email or "",
        mobile=contact.mobile or "",
        return_address=f"{settings().public_origin}{RETURN_PATH}",
        state=state,
        referral_code=request.referral_code,
        multi_bank=request.multi_bank,
        firm=organisation.name,
        refs=refs_of(request),
    )


def subject_hash(provider: str, subject: str) -> str:
    """What the database keeps of a provider's name for a person."""
    return token_hash(f"{provider}:{subject}")


def tell_tabs(session: WriteSession, request: StatementRequest) -> None:
    """Open pages of the deal and of the client look again."""
    touch(session, deal_topic(request.deal_id), access_topic(request.access_id))
