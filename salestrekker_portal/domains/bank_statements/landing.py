"""What a provider gave becomes documents of the deal and a summary: once, attributed, with word to the owner."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.bank_statements.consenting import end_consents, tell_tabs
from salestrekker_portal.domains.bank_statements.papers import statement_name, summary_paper, written_statements
from salestrekker_portal.domains.bank_statements.ports import BankAccount, Bundle, Statement
from salestrekker_portal.domains.bank_statements.queries import SUMMARY_PURPOSE, held_statement_request
from salestrekker_portal.domains.bank_statements.rules import ENDED, NAMES, fitting, may_move
from salestrekker_portal.domains.bank_statements.summary import summary_of
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.documents.arriving import NewFile, receive_bytes
from salestrekker_portal.domains.documents.filing import file_document
from salestrekker_portal.domains.documents.orphans import discard
from salestrekker_portal.domains.documents.ports import FileStore, Scanner
from salestrekker_portal.domains.documents.rules import OPEN_STATES
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.kernel.tokens import seal, token_hash
from salestrekker_portal.tables.bank_statements import StatementFile, StatementRequest, StatementState, StatementSummary
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import DocumentRequest, UploaderKind
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.portal_access import PortalAccess

S = StatementState


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A file in the store that is not filed yet. `account` None is the summary."""

    account: BankAccount | None
    statement: Statement
    file: NewFile

    @property
    def key(self) -> tuple[str, date, date]:
        name = account_key(self.account.ref) if self.account else self.statement.account_ref
        return name, self.statement.first_on, self.statement.last_on


@dataclass(frozen=True, kw_only=True)
class Store:
    """Where bytes go, and who looks at them first."""

    files: FileStore
    scanner: Scanner


def account_key(ref: str) -> str:
    """What the database keeps of a provider's name for an account."""
    return token_hash(ref)


async def store_papers(
    session: ReadSession, store: Store, request: StatementRequest, bundle: Bundle, name: str
) -> tuple[list[Paper], dict]:
    """Put what was not filed yet into the store, and work out the summary. Not in a transaction: it takes a while.

    Raises WrongContent when a file is not one that we keep; nothing of the bundle then stays in the store.
    """
    organisation = await existing(session, Organisation, request.organisation_id)
    last_on = local(utc_now(), organisation.time_zone).date()
    first_on = last_on - timedelta(days=round(request.months * 30.5))
    provider = NAMES[request.provider]
    statements = bundle.statements or written_statements(bundle, first_on, last_on, provider)
    accounts = {account.ref: account for account in bundle.accounts}
    summary = summary_of(bundle, first_on, last_on)
    rows = await session.scalars(select(StatementFile).where(StatementFile.request_id == request.id))
    known = {(row.account, row.first_on, row.last_on) for row in rows}
    # What we write ourselves ends on the day of writing: the next day's would be the same account filed again.
    filed = set() if bundle.statements else {account for account, _, _ in known}
    wanted = [
        (accounts[each.account_ref], each)
        for each in statements
        if each.account_ref in accounts
        and account_key(each.account_ref) not in filed
        and (account_key(each.account_ref), each.first_on, each.last_on) not in known
    ]
    papers: list[Paper] = []
    try:
        for account, statement in wanted:
            papers.append(await _stored(store, request, account, statement, statement_name(account, statement)))
        if wanted and bundle.transactions:
            content = summary_paper(summary, name, provider)
            # One for each number of accounts: what joins later makes a fuller summary.
            own_key = f"summary-{len(bundle.accounts)}"
            paper = Statement(account_ref=own_key, first_on=first_on, last_on=last_on, content=content)
            papers.append(await _stored(store, request, None, paper, f"Bank statements summary, {name}.pdf"))
    except BaseException:
        await forget_papers(store, papers)
        raise
    return papers, summary


async def _stored(
    store: Store, request: StatementRequest, account: BankAccount | None, statement: Statement, name: str
) -> Paper:
    limit = settings().file_limit_mb * 1024 * 1024
    content = statement.content
    file = await receive_bytes(store.files, store.scanner, request.organisation_id, name, content, limit=limit)
    return Paper(account=account, statement=statement, file=file)


async def forget_papers(store: Store, papers: list[Paper]) -> None:
    """Nothing of it stays that no row names."""
    for paper in papers:
        await discard(store.files, paper.file.key)


async def land(
    session: WriteSession, request_id: UUID, papers: list[Paper], summary: dict, state: StatementState
) -> bool:
    """File it all in one go: documents, answered requests, summary, one activity, one message.

    False when it may not land any more (withdrawn, expired, access ended, deal settled) or has landed already; the
    caller then clears the store.
    """
    request = await held_statement_request(session, request_id)
    deal = await existing(session, Deal, request.deal_id)
    access = await existing(session, PortalAccess, request.access_id)
    over = request.state in ENDED or access.revoked_at is not None or deal.locked_at is not None
    if over or not (may_move(request.state, state) or request.state is state):
        return False
    rows = await session.scalars(select(StatementFile).where(StatementFile.request_id == request.id))
    known = {(row.account, row.first_on, row.last_on) for row in rows}
    if any(paper.key in known for paper in papers):
        return False
    contact = await existing(session, Contact, request.contact_id)
    await _file(session, deal, request, contact, papers)
    await _keep_summary(session, request, summary)
    request.state, request.problem, request.looks = state, None, 0
    if state is S.COMPLETE:
        request.finished_at, request.return_hash = utc_now(), ""
        # Everything is here: our access ends now, not when the consent would run out.
        await end_consents(session, request.id, "finished")
        request.due_at = utc_now() if request.refs_sealed else None
    await _tell(session, deal, request, contact, [paper for paper in papers if paper.account])
    return True


async def _file(
    session: WriteSession, deal: Deal, request: StatementRequest, contact: Contact, papers: list[Paper]
) -> None:
    open_requests = list(
        await session.scalars(
            select(DocumentRequest)
            .where(
                DocumentRequest.deal_id == deal.id,
                DocumentRequest.withdrawn_at.is_(None),
                DocumentRequest.state.in_(OPEN_STATES),
                (DocumentRequest.contact_id == contact.id) | DocumentRequest.contact_id.is_(None),
            )
            .order_by(DocumentRequest.contact_id.is_(None), DocumentRequest.position, DocumentRequest.created_at)
        )
    )
    names = [each.name for each in open_requests]
    via = NAMES[request.provider]
    for paper in papers:
        place = fitting(paper.account.kind, names) if paper.account else None
        answered = open_requests[place] if place is not None else None
        by_client = paper.account is not None
        document = await file_document(
            session,
            deal,
            paper.file,
            # The client's papers are theirs to see; the summary is the team's.
            uploader_kind=UploaderKind.CLIENT if by_client else UploaderKind.USER,
            uploader_id=contact.id if by_client else request.asked_by,
            uploader_name=f"{contact.name}, through {via}" if by_client else f"The portal, from {via}",
            contact_id=contact.id,
            request=answered,
        )
        account, first_on, last_on = paper.key
        session.add(
            StatementFile(
                request_id=request.id, account=account, first_on=first_on, last_on=last_on, document_id=document.id
            )
        )


async def _keep_summary(session: WriteSession, request: StatementRequest, summary: dict) -> None:
    sealed = seal(json.dumps(summary), secret=settings().secret, purpose=SUMMARY_PURPOSE)
    kept = (
        await session.scalars(select(StatementSummary).where(StatementSummary.request_id == request.id))
    ).one_or_none()
    if kept is None:
        session.add(StatementSummary(request_id=request.id, sealed=sealed))
    else:
        kept.sealed = sealed


async def _tell(
    session: WriteSession, deal: Deal, request: StatementRequest, contact: Contact, papers: list[Paper]
) -> None:
    # The worker reads this row and tells the team (N18), each in the way that they have chosen.
    record(session, None, "bank_statements:returned", organisation_id=deal.organisation_id, deal_id=deal.id,
           contact=contact.name, count=len(papers), provider=NAMES[request.provider])  # fmt: skip
    tell_tabs(session, request)
    deal_touched(session, deal.id)
