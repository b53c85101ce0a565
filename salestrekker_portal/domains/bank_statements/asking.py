"""Asking for statements: from the deal, with an invitation, again after the time ran out; and taking it back."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select, update

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.access.throttles import count_try
from salestrekker_portal.domains.activity.service import access_topic, record, touch
from salestrekker_portal.domains.bank_statements.integrations import gate_of
from salestrekker_portal.domains.bank_statements.queries import access_statement_request, current
from salestrekker_portal.domains.bank_statements.rules import (
    ENDED,
    REMIND_BEFORE,
    VALID,
    checked_months,
    new_reference,
    shown_state,
)
from salestrekker_portal.domains.deals.queries import access_deal, applicants_of
from salestrekker_portal.domains.documents.queries import live_accesses
from salestrekker_portal.domains.documents.rules import demand_open
from salestrekker_portal.domains.notes.service import add_system_note
from salestrekker_portal.domains.notices.service import notify
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.tables.bank_statements import BankIntegration, Provider, StatementRequest, StatementState
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.portal_access import PortalAccess

S = StatementState
NOBODY_CHOSEN = "Choose who should connect their bank."
NOT_IN = "{name} is not in the client portal yet. Invite them first; the invitation can ask for statements too."
ASKED_ALREADY = "{name} has been asked already. Renew that request instead."
# Within the quarter of an hour of every throttle. Somebody whose bank is down tries three or four times.
NEW_ONES = 6


async def request_statements(
    session: WriteSession,
    actor: Actor,
    available: Iterable[Provider],
    deal_id: UUID,
    *,
    contact_ids: list[UUID],
    months: object = None,
    by_email: bool = True,
) -> list[StatementRequest]:
    """Ask these people of the deal (I-03), by e-mail or, in a call, without one (S3-24).

    Raises NotFound, NotPermitted, Conflict (locked deal, no provider), Invalid (`people`, `months`).
    """
    deal = await _open_deal(session, actor, deal_id)
    integration = await _through_gate(session, actor, deal, available)
    wanted = checked_months(months or integration.months)
    people = {contact.id: contact for _, contact in await applicants_of(session, deal.id)}
    if not contact_ids:
        raise Invalid({"people": NOBODY_CHOSEN})
    if any(each not in people for each in contact_ids):
        raise NotFound("client")
    inside = {access.contact_id: access for access in await live_accesses(session, deal.id)}
    waiting = await waiting_for(session, deal.id)
    for each in contact_ids:
        if each not in inside:
            raise Invalid({"people": NOT_IN.format(name=people[each].name)})
        if each in waiting:
            raise Invalid({"people": ASKED_ALREADY.format(name=people[each].name)})
    made = []
    # A browser may send one person twice; they are asked once.
    for each in dict.fromkeys(contact_ids):
        made.append(await _ask(session, actor, deal, inside[each], integration, wanted, by_email=by_email))
    names = joined([people[each].name for each in dict.fromkeys(contact_ids)])
    how = "by e-mail" if by_email else "in a call"
    add_system_note(session, deal.id, f"{actor.name} asked {names} for {wanted} months of bank statements {how}.")
    record(session, actor, "bank_statements:asked", organisation_id=deal.organisation_id, deal_id=deal.id,
           contact=names)  # fmt: skip
    return made


async def ask_with_invitation(
    session: WriteSession, actor: Actor, available: Iterable[Provider], deal: Deal, access: PortalAccess
) -> StatementRequest | None:
    """The invitation asks for statements too (S0-06). None when that is asked already.

    Raises Conflict when no provider is activated.
    """
    integration = await _through_gate(session, actor, deal, available)
    if access.contact_id in await waiting_for(session, deal.id):
        return None
    return await _ask(session, actor, deal, access, integration, integration.months, by_email=True)


async def renew(
    session: WriteSession, actor: Actor, available: Iterable[Provider], request_id: UUID
) -> StatementRequest:
    """A fresh request instead of one that has run out, failed or is about to (L25), with its own 120 hours.

    The team may always; the client whom it concerns once theirs is over. Raises NotFound, NotPermitted, Conflict.
    """
    permission = Permission.REQUEST_MANAGE if actor.is_staff else Permission.DOCUMENT_UPLOAD
    old = await access_statement_request(session, actor, request_id, permission)
    deal = await access_deal(session, actor, old.deal_id, permission)
    demand_open(actor, deal)
    if old.renewed_by is not None:
        raise Conflict("There is a newer request already.")
    if actor.is_client:
        if shown_state(old.state, old.expires_at, utc_now()) not in (S.EXPIRED, S.FAILED):
            raise Conflict("Your link still works. Use it, or ask your broker.")
        await count_try(session, f"statements:{old.access_id}", NEW_ONES,
                        "You asked for several new links. Wait 15 minutes, or call your broker.")  # fmt: skip
    access = await session.get(PortalAccess, old.access_id)
    if access is None or access.revoked_at is not None:
        raise Conflict("They no longer have access to the client portal. Invite them again first.")
    integration = await _through_gate(session, actor, deal, available)
    fresh = await _ask(session, actor, deal, access, integration, old.months, by_email=actor.is_staff)
    # Renewed by the client, it is still the request of whoever asked first.
    fresh.asked_by = old.asked_by
    old.renewed_by = fresh.id
    if old.state not in ENDED:
        _end(old, S.EXPIRED if shown_state(old.state, old.expires_at, utc_now()) is S.EXPIRED else S.WITHDRAWN)
    record(session, actor, "bank_statements:renewed", organisation_id=deal.organisation_id, deal_id=deal.id,
           contact=await _name(session, old))  # fmt: skip
    return fresh


async def withdraw(session: WriteSession, actor: Actor, request_id: UUID) -> None:
    """Stop asking. What has arrived stays. Raises NotFound, NotPermitted, Conflict."""
    request = await access_statement_request(session, actor, request_id, Permission.REQUEST_MANAGE)
    deal = await access_deal(session, actor, request.deal_id, Permission.REQUEST_MANAGE)
    if request.state in ENDED:
        raise Conflict("This request is over already.")
    _end(request, S.WITHDRAWN)
    touch(session, access_topic(request.access_id))
    record(session, actor, "bank_statements:withdrawn", organisation_id=deal.organisation_id, deal_id=deal.id,
           contact=await _name(session, request))  # fmt: skip


async def withdraw_for_access(session: WriteSession, access_id: UUID) -> None:
    """A client's way in has ended: nothing is fetched for it any more, and the provider is told to forget."""
    now = utc_now()
    await session.execute(
        update(StatementRequest)
        .where(StatementRequest.access_id == access_id, StatementRequest.state.not_in(ENDED))
        # Due at once: the provider is told to forget, where it knows anything.
        .values(state=S.WITHDRAWN, finished_at=now, return_hash="", due_at=now)
    )


async def waiting_for(session: ReadSession, deal_id: UUID) -> dict[UUID, StatementRequest]:
    """Who has been asked and has not run out of time yet."""
    rows = list(
        await session.scalars(
            select(StatementRequest).where(StatementRequest.deal_id == deal_id, StatementRequest.state.not_in(ENDED))
        )
    )
    now = utc_now()
    return {
        each.contact_id: each for each in current(rows) if shown_state(each.state, each.expires_at, now) == each.state
    }


async def _open_deal(session: WriteSession, actor: Actor, deal_id: UUID) -> Deal:
    deal = await access_deal(session, actor, deal_id, Permission.REQUEST_MANAGE)
    demand_open(actor, deal)
    return deal


async def _through_gate(
    session: WriteSession, actor: Actor, deal: Deal, available: Iterable[Provider]
) -> BankIntegration:
    gate = await gate_of(session, deal.organisation_id, deal.owner_id, available, is_owner=actor.id == deal.owner_id)
    if gate.integration is None:
        broker = "Your broker can’t take bank statements this way at the moment. Upload them instead."
        raise Conflict(broker if actor.is_client else gate.reason)
    return gate.integration


async def _ask(
    session: WriteSession,
    actor: Actor,
    deal: Deal,
    access: PortalAccess,
    integration: BankIntegration,
    months: int,
    *,
    by_email: bool,
) -> StatementRequest:
    now = utc_now()
    request = StatementRequest(
        organisation_id=deal.organisation_id,
        deal_id=deal.id,
        contact_id=access.contact_id,
        access_id=access.id,
        asked_by=actor.id if actor.is_staff else deal.owner_id,
        provider=integration.provider,
        # Copied, not looked up later: the request must end at the provider where it began, whatever is set meanwhile.
        referral_code=integration.referral_code,
        multi_bank=integration.multi_bank,
        months=months,
        reference=new_reference(),
        state=S.SENT,
        sent_at=now,
        expires_at=now + VALID,
        due_at=now + VALID - REMIND_BEFORE,
    )
    session.add(request)
    await session.flush()
    touch(session, access_topic(access.id))
    if by_email:
        # In the brokerage's own words where it has some (N13).
        notify(
            session,
            "bank_statements_requested",
            organisation_id=deal.organisation_id,
            recipient_id=access.id,
            deal_id=deal.id,
            author=actor.name,
        )
    return request


def _end(request: StatementRequest, state: StatementState) -> None:
    request.state, request.finished_at, request.return_hash = state, utc_now(), ""
    # The provider is told to forget, soon.
    request.due_at = utc_now() if request.refs_sealed else None


async def _name(session: ReadSession, request: StatementRequest) -> str:
    people = {contact.id: contact.name for _, contact in await applicants_of(session, request.deal_id)}
    return people.get(request.contact_id, "a client")
