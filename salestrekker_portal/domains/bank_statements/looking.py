"""Looking after requests: asking providers how far they are, fetching, reminding, ending."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.leases import is_free, pause_after
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import WriteSession, reading, transaction
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.bank_statements.consenting import (
    BY_PROVIDER,
    asked_of,
    revoked,
    tell_tabs,
)
from salestrekker_portal.domains.bank_statements.landing import Store, forget_papers, land, store_papers
from salestrekker_portal.domains.bank_statements.milestones import pass_milestones
from salestrekker_portal.domains.bank_statements.ports import (
    AskedOfProvider,
    BankProvider,
    ProviderBusy,
    ProviderRefused,
    Providers,
    RequestProgress,
    Step,
)
from salestrekker_portal.domains.bank_statements.queries import held_statement_request, keep_refs
from salestrekker_portal.domains.bank_statements.rules import (
    BEING_FETCHED,
    ENDED,
    may_move,
    next_look,
)
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import DomainError
from salestrekker_portal.tables.bank_statements import Problem, StatementRequest, StatementState
from salestrekker_portal.tables.contacts import Contact

log = logging.getLogger(__name__)

S = StatementState
LEASE = timedelta(minutes=5)
MOST_AT_ONCE = 5
MOST_TRIES_TO_FORGET = 50  # for about a day
ASKED_ABOUT = BEING_FETCHED | {S.FAILED}


async def one_round(providers: Providers, store: Store) -> int:
    """Look after what is due now; returns how many there were."""
    now = utc_now()
    async with transaction() as session:
        due = list(
            await session.scalars(
                select(StatementRequest)
                .where(StatementRequest.due_at <= now, is_free(StatementRequest, now))
                .order_by(StatementRequest.due_at)
                .limit(MOST_AT_ONCE)
                .with_for_update(skip_locked=True, key_share=True)
            )
        )
        for request in due:
            request.lease_until = now + LEASE
    for request in due:
        try:
            await look_after(providers, store, request.id)
        except Exception:
            log.exception("statement request %s can't be looked after", request.id)
            await _later(request.id)
    return len(due)


async def look_after(providers: Providers, store: Store, request_id: UUID) -> None:
    """Whatever one request needs now, and when it is next due."""
    async with reading() as session:
        request = await existing(session, StatementRequest, request_id)
        asked = await asked_of(session, request)
    provider = providers.get(request.provider)
    busy = False
    try:
        if request.state in ENDED:
            await _have_forgotten(provider, request, asked)
            return
        if provider is not None and request.state in ASKED_ABOUT:
            await _ask_provider(provider, store, request, asked)
    except ProviderBusy:
        busy = True
    async with transaction() as session:
        kept = await held_statement_request(session, request_id)
        kept.lease_until = None
        if kept.state in ENDED:
            return
        await pass_milestones(session, kept)
        if kept.state not in ENDED:
            kept.looks = kept.looks + 1 if busy else 0
            kept.due_at = _next(kept, busy=busy)


def _next(request: StatementRequest, *, busy: bool) -> datetime:
    now = utc_now()
    usual = next_look(request.state, request.opened_at, request.expires_at, now)
    return min(now + pause_after(request.looks), request.expires_at) if busy else usual


async def _ask_provider(
    provider: BankProvider, store: Store, request: StatementRequest, asked: AskedOfProvider
) -> None:
    """Raises ProviderBusy."""
    try:
        progress = await provider.poll(asked)
        if progress.step in (Step.PARTIAL, Step.COMPLETE):
            await _fetch(provider, store, request, asked, progress)
            return
    except ProviderRefused as refusal:
        progress = RequestProgress(step=Step.FAILED, problem=refusal.problem)
    async with transaction() as session:
        kept = await held_statement_request(session, request.id)
        keep_refs(kept, progress.refs)
        if progress.step is Step.REVOKED:
            await revoked(session, kept, BY_PROVIDER)
        elif progress.step is Step.WORKING and may_move(kept.state, S.IN_PROGRESS):
            kept.state, kept.problem = S.IN_PROGRESS, None
            tell_tabs(session, kept)
        elif progress.step is Step.FAILED and kept.state not in (*ENDED, S.FAILED):
            await _failed(session, kept, progress.problem or Problem.UNKNOWN)


async def _failed(session: WriteSession, request: StatementRequest, problem: Problem) -> None:
    if not may_move(request.state, S.FAILED):
        return
    request.state, request.problem = S.FAILED, problem
    contact = await existing(session, Contact, request.contact_id)
    record(session, None, "bank_statements:failed", organisation_id=request.organisation_id,
           deal_id=request.deal_id, contact=contact.name)  # fmt: skip
    tell_tabs(session, request)


async def _fetch(
    provider: BankProvider, store: Store, request: StatementRequest, asked: AskedOfProvider, progress: RequestProgress
) -> None:
    after = S.COMPLETE if progress.step is Step.COMPLETE else S.PARTIAL
    bundle = await provider.fetch(asked)
    if not bundle.accounts:
        raise ProviderRefused(Problem.NO_ACCOUNTS)
    async with reading() as session:
        contact = await existing(session, Contact, request.contact_id)
        try:
            papers, summary = await store_papers(session, store, request, bundle, contact.name)
        except DomainError:
            log.exception("what %s gave can't be kept", provider.key.value)
            raise ProviderRefused(Problem.UNKNOWN) from None
    if not papers and after is S.PARTIAL and request.state is S.PARTIAL:
        return
    landed = False
    try:
        async with transaction() as session:
            landed = await land(session, request.id, papers, summary, after)
            if landed:
                kept = await existing(session, StatementRequest, request.id)
                keep_refs(kept, progress.refs)
                kept.problem = progress.problem if after is S.PARTIAL else None
                if after is S.COMPLETE:
                    kept.due_at, kept.lease_until = utc_now(), None
    finally:
        if not landed:
            await forget_papers(store, papers)


async def _have_forgotten(provider: BankProvider | None, request: StatementRequest, asked: AskedOfProvider) -> None:
    """It is over: the provider ends our access and we forget its names. Given up after many tries."""
    busy = False
    if provider is not None and request.refs_sealed:
        try:
            await provider.revoke(asked)
        except ProviderRefused:
            log.warning("%s refused to end access", provider.key.value)
        except ProviderBusy:
            busy = request.looks < MOST_TRIES_TO_FORGET
    async with transaction() as session:
        kept = await held_statement_request(session, request.id)
        kept.lease_until = None
        if busy:
            kept.looks += 1
            kept.due_at = utc_now() + pause_after(kept.looks)
        else:
            kept.refs_sealed, kept.subject, kept.due_at, kept.looks = "", "", None, 0


async def _later(request_id: UUID) -> None:
    async with transaction() as session:
        kept = await held_statement_request(session, request_id)
        kept.looks += 1
        kept.lease_until, kept.due_at = None, utc_now() + pause_after(kept.looks)
