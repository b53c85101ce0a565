"""A big firm: ten thousand deals around the furnished one, with everything that grows with them.

Written in bulk, past the services: it has to be there, in the right numbers, in a few seconds.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import WriteSession, engine
from salestrekker_portal.domains.portal_access.delivery import LINK_PURPOSE
from salestrekker_portal.kernel import rank
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.names import search_key
from salestrekker_portal.kernel.tokens import seal
from salestrekker_portal.tables.access import Portal, PortalSession, Throttle
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.billing import SmsCreditEntry
from salestrekker_portal.tables.contacts import Contact, ContactKind
from salestrekker_portal.tables.deals import Deal, DealApplicant, Move
from salestrekker_portal.tables.documents import Document, DocumentRequest, RequestState, StoredFile, UploaderKind
from salestrekker_portal.tables.fact_find import Answer, AnswerChange, HeldAnswer, Item
from salestrekker_portal.tables.labels import DealLabel, Label
from salestrekker_portal.tables.loans import DealLoan, DealSecurity
from salestrekker_portal.tables.notes import AuthorKind, Note, ThreadRead
from salestrekker_portal.tables.notifications import Audience, Notice, SkippedMessage, Why
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage
from salestrekker_portal.tables.partners import DealPartner, Partner
from salestrekker_portal.tables.portal_access import AccessRequest, PortalAccess, PortalLink
from salestrekker_portal.tables.tasks import Task
from salestrekker_portal.tables.workflows import Stage
from tests.refusals.place import Place

# Every table that gets rows with each deal, or with each thing done in one. None may be read from end to end.
GROWING = (
    "deals", "deal_applicants", "deal_partners", "deal_labels", "contacts", "answers", "answer_changes", "held_answers",
    "fact_find_items", "documents", "stored_files", "document_requests", "notes", "thread_reads", "activities",
    "outbox", "callback_receipts", "shown_messages", "portal_accesses", "portal_links", "portal_sessions",
    "access_requests", "consent_records", "one_time_links", "throttles", "sms_credit_entries",
    "notices", "skipped_messages", "deal_loans", "deal_securities",
    "search_entries", "tasks",
)  # fmt: skip
# How many of the deals the furnished partner follows.
FOLLOWED = 200


async def grow(session: WriteSession, place: Place, count: int) -> None:
    """`count` more deals in the furnished firm, spread over its stages, each with one of everything."""
    stages = list(
        await session.scalars(
            select(Stage).where(Stage.workflow_id == UUID(place.ids["workflow"])).order_by(Stage.position)
        )
    )
    following = await _partners(session, place)
    other_firm = (await session.get(Deal, UUID(place.ids["home_deal"]))).organisation_id
    await _elsewhere(session, place, 4 * count)
    await _past(session, place, stages, following, count // 4)
    ranks = rank.spread(count, "a5")
    for start in range(0, count, 500):
        chunk = range(start, min(start + 500, count))
        rows: dict[type, list[dict[str, Any]]] = {}
        for n in chunk:
            partner = following[n % len(following)] if n >= FOLLOWED else UUID(place.ids["priya"])
            for table, row in _deal_rows(place, other_firm, stages[n % len(stages)], n, ranks[n], partner):
                rows.setdefault(table, []).append(row)
        for table, values in rows.items():
            await session.execute(insert(table), values)


async def _elsewhere(session: WriteSession, place: Place, count: int) -> None:
    """Deals of the other firm: a firm is never the whole table, and a planner knows that."""
    theirs = await session.get(Deal, UUID(place.ids["home_deal"]))
    same = theirs.model_dump(include={"organisation_id", "workflow_id", "stage_id", "owner_id"})
    # A label of theirs, too: a database would rightly read all rows of the only one there is.
    label = Label(organisation_id=theirs.organisation_id, name="Theirs")
    session.add(label)
    await session.flush()
    for start in range(0, count, 1000):
        ids = [new_id() for _ in range(start, min(start + 1000, count))]
        await session.execute(
            insert(Deal),
            [
                {**same, "id": each, "rank": "a5", "name": f"Theirs {n}", "reference": f"T{n}"}
                for n, each in enumerate(ids, start)
            ],
        )
        await session.execute(insert(DealLabel), [{"deal_id": each, "label_id": label.id} for each in ids[::4]])
        people = [
            {
                "id": new_id(),
                "organisation_id": theirs.organisation_id,
                "kind": ContactKind.PERSON,
                "last_name": f"T{n}",
            }
            for n, _ in enumerate(ids, start)
        ]
        await session.execute(insert(Contact), people)


async def _partners(session: WriteSession, place: Place) -> list[UUID]:
    rows = [
        {"id": new_id(), "email": f"partner{n}@example.com", "first_name": "Pat", "last_name": f"No {n}"}
        for n in range(50)
    ]
    await session.execute(insert(Partner), rows)
    return [row["id"] for row in rows]


async def _past(session: WriteSession, place: Place, stages: list[Stage], partners: list[UUID], count: int) -> None:
    """`count` deals that settled over two years, each with its moves, a paper that was accepted and a client who was
    done: what reports count."""
    now, alice, bob = utc_now(), UUID(place.ids["alice"]), UUID(place.ids["bob"])
    for start in range(0, count, 500):
        rows: dict[type, list[dict[str, Any]]] = {}
        for n in range(start, min(start + 500, count)):
            for table, row in _past_rows(place, stages, n, now, (alice, bob)[n % 2], partners[n % len(partners)]):
                rows.setdefault(table, []).append(row)
        for table, values in rows.items():
            await session.execute(insert(table), values)


def _past_rows(
    place: Place, stages: list[Stage], n: int, now: datetime, owner: UUID, partner: UUID
) -> Iterator[tuple[type, dict[str, Any]]]:
    firm, deal, contact, request = place.firm_id, new_id(), new_id(), new_id()
    settled = now - timedelta(days=n % 700)
    began = settled - timedelta(days=30 + n % 50)
    yield Contact, {
        "id": contact, "organisation_id": firm, "kind": ContactKind.PERSON, "first_name": f"Past {n}",
        "last_name": f"Of {n}", "email": f"past{n}@example.com", "search_key": search_key(f"Past {n} Of {n}"),
    }  # fmt: skip
    yield Deal, {
        "id": deal, "organisation_id": firm, "workflow_id": stages[-1].workflow_id, "stage_id": stages[-1].id,
        "rank": "a5", "owner_id": owner, "name": f"Past {n:05d}", "name_key": f"past{n:05d}", "reference": f"P{n}",
        "value_cents": (300_000 + n) * 100, "created_at": began, "settled_on": settled.date(), "locked_at": settled,
        "partner_id": partner if n % 3 else None,
    }  # fmt: skip
    yield DealApplicant, {"id": new_id(), "deal_id": deal, "contact_id": contact}
    for at, (here, there) in enumerate(pairwise(stages), 1):
        yield Activity, {
            "id": new_id(), "organisation_id": firm, "deal_id": deal, "kind": "deal:moved", "actor_kind": "broker",
            "actor_id": owner, "actor_name": "Alice", "facts": {"from_stage": here.name, "to_stage": there.name},
            "created_at": began + at * (settled - began) / len(stages),
        }  # fmt: skip
    yield DocumentRequest, {
        "id": request, "deal_id": deal, "contact_id": contact, "name": f"Paper {n % 40}", "added_by": owner,
        "state": RequestState.ACCEPTED, "sent_at": began, "decided_at": began + timedelta(days=n % 9, hours=n % 20),
    }  # fmt: skip
    yield PortalAccess, {
        "id": new_id(), "deal_id": deal, "contact_id": contact, "organisation_id": firm, "granted_by": owner,
        "first_seen_at": began, "submitted_at": began + timedelta(days=n % 20), "submissions": 1 + n % 2,
        "revoked_at": settled,
    }  # fmt: skip


def _deal_rows(
    place: Place, other_firm: UUID, stage: Stage, n: int, ranked: str, partner: UUID
) -> Iterator[tuple[type, dict[str, Any]]]:
    firm, alice, now = place.firm_id, UUID(place.ids["alice"]), utc_now()
    deal, contact, access, file, request, answer = (new_id() for _ in range(6))
    yield Contact, {
        "id": contact, "organisation_id": firm, "kind": ContactKind.PERSON, "first_name": f"Person {n}",
        "last_name": f"Of {n}", "email": f"person{n}@example.com", "mobile": f"+614{n:08d}",
        "search_key": search_key(f"Person {n} Of {n}", email=f"person{n}@example.com", phone=f"+614{n:08d}"),
    }  # fmt: skip
    yield Deal, {
        "id": deal, "organisation_id": firm, "workflow_id": stage.workflow_id, "stage_id": stage.id, "rank": ranked,
        "owner_id": (alice, UUID(place.ids["bob"]))[n % 2], "name": f"Deal {n:05d}",
        "name_key": f"deal{n:05d}", "reference": f"X{n}",
        "value_cents": 100_00, "clients_line": f"Person {n}", "move": Move.CLIENT if n % 3 else Move.US,
    }  # fmt: skip
    yield DealApplicant, {"id": new_id(), "deal_id": deal, "contact_id": contact}
    yield DealPartner, {"deal_id": deal, "partner_id": partner, "shared_at": now}
    yield PortalAccess, {
        "id": access, "deal_id": deal, "contact_id": contact, "organisation_id": firm, "granted_by": alice,
    }  # fmt: skip
    # Sealed as it would be: a server that finds links which its secret doesn't open refuses to start.
    sealed = seal(f"link{n}", secret=settings().secret, purpose=LINK_PURPOSE)
    yield PortalLink, {"id": new_id(), "access_id": access, "token_hash": f"link{n}", "token_sealed": sealed}
    yield PortalSession, {
        "id": new_id(), "portal": Portal.CLIENT, "token_hash": f"session{n}", "access_id": access,
        "organisation_id": firm, "expires_at": now + timedelta(hours=1),
    }  # fmt: skip
    yield Throttle, {"key": f"pin:{access}", "count": 1, "window_ends_at": now + timedelta(minutes=15)}
    where = {"deal_id": deal, "subject_id": contact}
    yield Item, {"id": new_id(), "section_id": "applicant.employment", **where}
    said = {"raw": "Person", "author_id": contact, "answered_at": now}
    yield Answer, {
        "id": answer, "section_id": "applicant.personal_details", "field_key": "first_name", **where, **said,
    }  # fmt: skip
    yield AnswerChange, {"id": new_id(), "answer_id": answer, "version": 1, **said}
    yield StoredFile, {
        "id": file, "organisation_id": firm, "storage_key": str(file), "size_bytes": 1200, "sha256": "0" * 64,
        "mime": "application/pdf",
    }  # fmt: skip
    yield DocumentRequest, {"id": request, "deal_id": deal, "contact_id": contact, "name": "Payslip", "added_by": alice}
    yield Document, {
        "id": new_id(), "deal_id": deal, "file_id": file, "name": "Payslip.pdf", "request_id": request,
        "uploader_kind": UploaderKind.CLIENT, "uploader_id": contact, "search_key": " payslippdf ",
    }  # fmt: skip
    yield (
        Note,
        {
            "id": new_id(),
            "deal_id": deal,
            "author_kind": AuthorKind.USER,
            "author_id": alice,
            "text": "Rang.",
            "search_key": " rang ",
        },
    )
    yield Activity, {
        "id": new_id(), "organisation_id": firm, "deal_id": deal, "kind": "deal:created", "actor_kind": "broker",
        "actor_id": alice, "actor_name": "Alice", "facts": {},
    }  # fmt: skip
    yield OutboxMessage, {
        "id": new_id(), "organisation_id": firm, "deal_id": deal, "access_id": access, "kind": "portal.invitation",
        "channel": Channel.EMAIL, "recipient": f"person{n}@example.com", "dedupe_key": f"invitation:{n}",
        "status": Delivery.SENT, "due_at": now, "provider_ref": f"ref{n}",
    }  # fmt: skip
    yield DealLoan, {"id": new_id(), "deal_id": deal, "amount_cents": 100_00, "lender": f"Bank {n % 9}"}
    yield Task, {
        "id": new_id(), "organisation_id": firm, "deal_id": deal, "title": f"Ring person {n}",
        "owner_id": (alice, UUID(place.ids["bob"]))[n % 2], "due_on": now.date() + timedelta(days=n % 60 - 5),
        "done_at": now if n % 3 else None,
    }  # fmt: skip
    yield DealSecurity, {"id": new_id(), "deal_id": deal, "address": f"{n} Long Road"}
    yield ThreadRead, {"id": new_id(), "deal_id": deal, "reader_id": contact, "read_at": now}
    yield HeldAnswer, {
        "id": new_id(), "access_id": access, "section_id": "applicant.personal_details", "field_key": "first_name",
        "held_at": now,
    }  # fmt: skip
    yield AccessRequest, {"access_id": access, "request_id": request}
    told = {"organisation_id": firm, "deal_id": deal, "event": "client_wrote"}
    yield Notice, {
        "id": new_id(), "audience": Audience.STAFF, "recipient_id": alice if n % 50 == 0 else UUID(place.ids["bob"]),
        "bell": True, "items": [], "facts": {}, **told,
    }  # fmt: skip
    yield SkippedMessage, {"id": new_id(), "audience": Audience.CLIENT, "why": Why.SMS_OFF, **told}
    if n % 10 == 0:
        yield DealLabel, {"deal_id": deal, "label_id": UUID(place.ids["label"])}
    # Most text messages are another firm's.
    yield SmsCreditEntry, {
        "id": new_id(), "organisation_id": firm if n % 50 == 0 else other_firm, "credits": -1, "reason": "PIN",
    }  # fmt: skip


async def analyse() -> None:
    """Let the database look at what it holds, as it does by itself in a real life."""
    async with engine().execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.execute(text("ANALYZE" if connection.dialect.name == "sqlite" else "VACUUM ANALYZE"))
