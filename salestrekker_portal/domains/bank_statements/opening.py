"""The client goes to the provider and comes back, and the provider calls: each only makes the portal go and ask.

No call to a provider happens inside a transaction.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import WriteSession, reading, transaction
from salestrekker_portal.database.waking import STATEMENTS, wake_after
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.bank_statements.consenting import (
    BY_PROVIDER,
    agree,
    asked_of,
    gone_to_provider,
    revoked,
    subject_hash,
    tell_tabs,
)
from salestrekker_portal.domains.bank_statements.ports import (
    BankCallbackRefused,
    BankProvider,
    Callback,
    EventKind,
    ProviderBusy,
    ProviderEvent,
    ProviderRefused,
    Providers,
    StartedLink,
)
from salestrekker_portal.domains.bank_statements.queries import (
    held_statement_request,
    keep_refs,
    visible_statement_requests,
)
from salestrekker_portal.domains.bank_statements.rules import ENDED, may_move
from salestrekker_portal.domains.outbox.callbacks import is_first_time
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.kernel.tokens import token_hash
from salestrekker_portal.tables.bank_statements import Provider, StatementRequest, StatementState

S = StatementState
BUSY = "We can’t reach {name} at the moment. Try again in a few minutes, or upload your statements instead."


async def open_request(
    providers: Providers, actor: Actor, request_id: UUID, *, wording: object, address: str
) -> tuple[BankProvider, StartedLink]:
    """The client has agreed: a page at the provider for them. Raises like `agree`, and Conflict when it can't be had.

    The consent is on record before anything is sent to the provider.
    """
    async with transaction() as session:
        request, asked = await agree(session, actor, request_id, wording=wording, address=address)
    provider = providers.get(request.provider)
    if provider is None:
        raise Conflict("This way is switched off at the moment. Upload your statements instead.")
    try:
        started = await provider.start(asked)
    except (ProviderBusy, ProviderRefused):
        raise Conflict(BUSY.format(name=provider.name)) from None
    async with transaction() as session:
        await gone_to_provider(session, request.id, started)
    return provider, started


async def come_back(providers: Providers, actor: Actor, query: Mapping[str, str]) -> bool:
    """The client is back from the provider; whether that was about a request of theirs.

    Nothing in the address is believed. `state` must be the secret that this very person was sent away with, and
    what has happened is asked of the provider.
    """
    state = query.get("state", "")
    if not state or len(state) > 200:
        return False
    async with reading() as session:
        request = (
            await session.scalars(
                visible_statement_requests(actor).where(
                    StatementRequest.return_hash == token_hash(state), StatementRequest.state.not_in(ENDED)
                )
            )
        ).first()
        if request is None or request.provider not in providers:
            return False
        asked = await asked_of(session, request, state=state)
    refs, problem = {}, None
    try:
        refs = await providers[request.provider].come_back(asked, query)
    except ProviderRefused as refusal:
        problem = refusal.problem
    except ProviderBusy:
        # What they brought may still be good: they press Connect again if nothing arrives.
        return True
    async with transaction() as session:
        # Asked between two transactions, because a provider may take seconds; so what holds now is read again.
        kept = await held_statement_request(session, request.id)
        if kept.state in ENDED:
            return True
        # Used up: the same address out of a browser's history does nothing.
        kept.return_hash = ""
        keep_refs(kept, refs)
        after = S.FAILED if problem else S.IN_PROGRESS
        if may_move(kept.state, after):
            kept.state, kept.problem = after, problem
        _look_now(session, kept)
    return True


async def take_callback(providers: Providers, key: str, headers: Mapping[str, str], body: bytes) -> None:
    """A provider calls. Raises CallbackRefused unless it is signed, fresh and new (where the provider signs at all)."""
    known = {provider.value: provider for provider in Provider}
    provider = providers.get(known[key]) if key in known else None
    if provider is None:
        raise BankCallbackRefused()
    callback: Callback = await provider.read_callback(headers, body)
    async with transaction() as session:
        if callback.delivery and not await is_first_time(session, f"bank:{key}", callback.delivery):
            raise BankCallbackRefused()
        for event in callback.events:
            request = await _about(session, provider.key, event)
            # What a provider tells us of others, or too late, is no fault of theirs: it is answered with thanks.
            if request is None or (request.state in ENDED and event.kind is EventKind.CHANGED):
                continue
            if event.kind is EventKind.REVOKED:
                await revoked(session, request, BY_PROVIDER)
            # An unsigned word may come from anybody. It is worth a look only where something is under way.
            elif callback.delivery or request.state not in (S.SENT, S.FAILED):
                _look_now(session, request)


async def _about(session: WriteSession, provider: Provider, event: ProviderEvent) -> StatementRequest | None:
    if event.reference:
        named = StatementRequest.reference == event.reference
    elif event.subject:
        named = StatementRequest.subject == subject_hash(provider.value, event.subject)
    else:
        return None
    found = select(StatementRequest.id).where(named, StatementRequest.provider == provider)
    request_id = (await session.scalars(found)).first()
    return await held_statement_request(session, request_id) if request_id else None


def _look_now(session: WriteSession, request: StatementRequest) -> None:
    request.due_at, request.looks = utc_now(), 0
    tell_tabs(session, request)
    wake_after(session, STATEMENTS)
