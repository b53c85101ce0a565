"""The place where the refusals are tried: the cast, four more strangers, and secrets that must not be told."""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, update

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.previews import Preview
from salestrekker_portal.domains.api_tokens.service import make_token
from salestrekker_portal.domains.bank_statements.queries import SUMMARY_PURPOSE
from salestrekker_portal.domains.documents.rules import SLOTS
from salestrekker_portal.domains.outbox.content import Content
from salestrekker_portal.domains.outbox.service import enqueue
from salestrekker_portal.domains.portal_access.delivery import LINK_PURPOSE
from salestrekker_portal.domains.signing_in.sessions import open_session
from salestrekker_portal.domains.webhooks.service import add_webhook
from salestrekker_portal.kernel import rank
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.tokens import seal, token_hash
from salestrekker_portal.tables.access import Passkey, Portal, PortalSession
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.automations import AutomationDeed, StageAutomation
from salestrekker_portal.tables.bank_statements import BankIntegration, Provider, StatementState, StatementSummary
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import (
    Document,
    DocumentRequest,
    RequestList,
    RequestState,
    Slot,
    UploaderKind,
)
from salestrekker_portal.tables.fact_find import Answer, HeldAnswer, Item
from salestrekker_portal.tables.letters import LetterTemplate
from salestrekker_portal.tables.loans import DealLoan, DealSecurity
from salestrekker_portal.tables.notes import AuthorKind, Note
from salestrekker_portal.tables.notifications import Audience, Notice
from salestrekker_portal.tables.organisations import Country, Flow, SavedView, User
from salestrekker_portal.tables.outbox import Channel, Delivery
from salestrekker_portal.tables.partners import DealPartner, Lead
from salestrekker_portal.tables.portal_access import AccessRequest, PortalAccess, PortalLink
from salestrekker_portal.tables.security_log import SecurityEvent
from salestrekker_portal.tables.tasks import Task
from salestrekker_portal.tables.webhooks import HookDelivery, HookState
from tests import factories as make
from tests.bank import make_statement_request
from tests.cast import COOKIES, Cast, gather
from tests.refusals.place_imports import lay_out_imports

# Found in no word of ours: whoever is told one of these was told too much.
DEAL_SECRETS = (
    "QZDEALNAME",
    "QZKIMLAST",
    "qzkim@example.com",
    "QZTEAMNOTE",
    "QZFILE",
    "QZLENDER",
    "QZADDRESS",
    "QZVIEW",
    "QZTASK",
)
KIM_SECRETS = ("QZKIMNOTE", "QZKIMANSWER", "QZKIMFILE", "QZKIMREQUEST", "QZKIMHELD", "QZLINKTOKEN", "QZGROCER")
KIM_SECRETS += ("QZKIMPHONE",)


@dataclass(kw_only=True)
class Place:
    """Everybody's cookies by name, and the ids that cases name."""

    firm_id: UUID
    deal_id: UUID
    cookies: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)


async def furnish(session: WriteSession) -> Place:
    """The deal with its secrets, and everybody signed in."""
    cast = await gather(session)
    place = Place(firm_id=cast.firm.id, deal_id=cast.deal.id, cookies={"nobody": "", **cast.cookies})
    cast.deal.name, cast.kim_contact.last_name = "QZDEALNAME", "QZKIMLAST"
    cast.deal.clients_line = "Kim QZKIMLAST, Sam Nguyen"
    cast.kim_contact.email = cast.kim_access.invited_email = "qzkim@example.com"
    session.add_all([cast.deal, cast.kim_contact])
    await _strangers(session, cast, place)
    await _secrets(session, cast, place)
    place.ids |= {
        "deal": str(cast.deal.id),
        "home_deal": str(cast.other_deal.id),
        "kim": str(cast.kim_contact.id),
        "sam": str(cast.sam_contact.id),
        "kim_access": str(cast.kim_access.id),
        "sam_access": str(cast.sam_access.id),
        "priya": str(cast.priya_partner.id),
        "alice": str(cast.alice_user.id),
        "bob": str(cast.bob_user.id),
        "workflow": str(cast.workflow.id),
        "stage": str(cast.stages[2].id),
        "deal_stage": str(cast.stages[1].id),
        "firm": str(cast.firm.id),
    }
    await _loans(session, cast, place)
    await _settings(session, cast, place)
    await _bank_statements(session, cast, place)
    await _news(session, cast, place)
    preview = Preview(
        deal_id=cast.deal.id, contact_id=cast.kim_contact.id, by_id=cast.alice_user.id, by_name="Alice",
        opened_by=cast.alice.session_id,
    )  # fmt: skip
    other = {"user_id": cast.alice_user.id}
    await _signed_in(session, Portal.BROKER, cast.firm.id, **other)
    newest = select(PortalSession.id).where(PortalSession.user_id == cast.alice_user.id)
    place.ids["alice_session"] = str(await session.scalar(newest.order_by(PortalSession.id.desc()).limit(1)))
    hers = {"partner_id": cast.priya_partner.id}
    await _signed_in(session, Portal.PARTNER, cast.firm.id, **hers)
    newest = select(PortalSession.id).where(PortalSession.partner_id == cast.priya_partner.id)
    place.ids["priya_session"] = str(await session.scalar(newest.order_by(PortalSession.id.desc()).limit(1)))
    peek = {"user_id": cast.alice_user.id, "preview": preview}
    place.cookies["peek"] = await _signed_in(session, Portal.CLIENT, cast.firm.id, **peek)
    return place


async def _loans(session: WriteSession, cast: Cast, place: Place) -> None:
    """A loan, what secures it, and something to do."""
    loan = DealLoan(deal_id=cast.deal.id, amount_cents=640_000_00, lender="QZLENDER")
    security = DealSecurity(deal_id=cast.deal.id, address="QZADDRESS")
    task = Task(
        organisation_id=cast.firm.id, deal_id=cast.deal.id, owner_id=cast.alice_user.id, title="QZTASK",
        due_on=date(2026, 12, 1),
    )  # fmt: skip
    session.add_all([loan, security, task])
    await session.flush()
    place.ids |= {"loan": str(loan.id), "security": str(security.id), "task": str(task.id)}


async def _news(session: WriteSession, cast: Cast, place: Place) -> None:
    """A line in Alice's bell."""
    notice = Notice(
        organisation_id=cast.firm.id, deal_id=cast.deal.id, audience=Audience.STAFF, recipient_id=cast.alice_user.id,
        event="client_uploaded", author="Kim QZKIMLAST", items=[{"id": "", "name": "QZFILE"}], bell=True,
    )  # fmt: skip
    session.add(notice)
    place.ids["notice"] = str(notice.id)


async def _bank_statements(session: WriteSession, cast: Cast, place: Place) -> None:
    """The invented bank switched on; kim is asked, and sent away with a secret; an older request brought a summary."""
    session.add(BankIntegration(organisation_id=cast.firm.id, provider=Provider.DEMONSTRATION, switched_on=True))
    ask = (session, cast.kim_access, cast.alice_user)
    asked = await make_statement_request(*ask, return_hash=token_hash("QZBANKSTATE"))
    over = await make_statement_request(*ask, state=StatementState.EXPIRED, finished_at=utc_now())
    done = await make_statement_request(*ask, state=StatementState.COMPLETE, finished_at=utc_now())
    summary = {
        "first_on": "2026-01-01", "last_on": "2026-06-30", "months": 6, "accounts": [], "income": [],
        "expenses": [{"key": "groceries", "average_cents": 90000, "count": 20, "names": ["QZGROCER"]}],
        "repayments_cents": 0, "dishonours": 0,
    }  # fmt: skip
    sealed = seal(json.dumps(summary), secret=settings().secret, purpose=SUMMARY_PURPOSE)
    session.add(StatementSummary(request_id=done.id, sealed=sealed))
    household = {"section_id": "expenses.household", "field_key": "members", "raw": str(cast.kim_contact.id)}
    session.add(Answer(deal_id=cast.deal.id, author_id=cast.alice_user.id, answered_at=utc_now(), **household))
    place.ids |= {"statements": str(asked.id), "statements_done": str(done.id), "statements_over": str(over.id)}


async def _settings(session: WriteSession, cast: Cast, place: Place) -> None:
    """Two flows, so that one may go, and a list of the firm's own."""
    flow, other = (
        Flow(organisation_id=cast.firm.id, name=name, section_ids=["applicant.personal_details"], position=place)
        for place, name in enumerate(("Whole", "Short"))
    )
    own = RequestList(
        organisation_id=cast.firm.id, country=cast.firm.country, name="Ours", items=[{"name": "Payslips"}]
    )
    view = SavedView(
        organisation_id=cast.firm.id, user_id=cast.alice_user.id, name="QZVIEW", query="owner=me", shared_at=utc_now()
    )
    session.add_all([flow, other, own, view])
    await session.flush()
    place.ids |= {"flow": str(flow.id), "list": str(own.id), "view": str(view.id)}
    automation = StageAutomation(
        organisation_id=cast.firm.id, stage_id=cast.stages[0].id, deed=AutomationDeed.TELL, about="owner",
        words="QZTELL", tried_at=utc_now(),
    )  # fmt: skip
    session.add(automation)
    place.ids |= {"automation": str(automation.id)}
    template = LetterTemplate(organisation_id=cast.firm.id, name="Ours", subject="Hello", email_text="Hello there")
    session.add(template)
    letter = enqueue(
        session, organisation_id=cast.firm.id, kind="letter.partner", channel=Channel.EMAIL, cause=cast.deal.id,
        recipient=cast.priya_partner.email, recipient_name="Priya Rao", deal_id=cast.deal.id,
        content=Content(sender="Alice", subject="Hello", paragraphs=["Hello Priya"]),
        due_at=utc_now() + timedelta(days=1),
    )  # fmt: skip
    place.ids |= {"template": str(template.id), "letter": str(letter.id)}
    place.ids |= await lay_out_imports(session, cast)
    await _programs(session, cast, place)


async def _programs(session: WriteSession, cast: Cast, place: Place) -> None:
    """A key, and an address with a delivery that was given up."""
    key, _ = await make_token(session, cast.alice, name="Website", scopes=["deals:read"])
    webhook, _ = await add_webhook(session, cast.alice, url="https://example.com/hook", events=["deal.moved"])
    delivery = HookDelivery(
        webhook_id=webhook, event_id=new_id(), event="deal.moved", body="{}", state=HookState.FAILED, due_at=utc_now()
    )
    await session.flush()
    session.add(delivery)
    await session.flush()
    place.ids |= {"api_key": str(key), "webhook": str(webhook), "delivery": str(delivery.id)}


async def _strangers(session: WriteSession, cast: Cast, place: Place) -> None:
    lee = await make.make_contact(session, cast.firm, "Lee", "Marsh", email="lee@example.com", mobile="+61491570313")
    other = await make.make_deal(
        session, cast.firm, cast.stages[1], cast.alice_user, lee, name="Marsh refinance",
        # Above the deal on the board: the deal is among the "next" cards.
        rank=rank.between(None, cast.deal.rank),
    )  # fmt: skip
    lee_access = await make.make_access(session, other, lee, cast.alice_user)
    third = await make.make_deal(session, cast.firm, cast.stages[2], cast.alice_user, lee, name="Marsh top-up")
    place.ids["lee_other_access"] = str((await make.make_access(session, third, lee, cast.alice_user)).id)
    place.cookies["lee"] = await _signed_in(session, Portal.CLIENT, cast.firm.id, access_id=lee_access.id)
    # Asked so little that there is nothing left to answer: hers can be handed in.
    wei = await make.make_contact(session, cast.firm, "Wei", "Short", email="wei@example.com", mobile="+61491570158")
    few = {"section_ids": ["product_requirements.banking"]}
    await make.add_applicant(session, other, wei, position=1)
    wei_access = await make.make_access(session, other, wei, cast.alice_user, **few)
    place.cookies["wei"] = await _signed_in(session, Portal.CLIENT, cast.firm.id, access_id=wei_access.id)
    pat = await make.make_partner(session, cast.firm, email="pat@example.com", first_name="Pat", last_name="Ioane")
    place.cookies["pat"] = await _signed_in(session, Portal.PARTNER, cast.firm.id, partner_id=pat.id)
    # News that kim was sent an hour ago.
    told = enqueue(
        session, organisation_id=cast.firm.id, kind="notice.note_shared", channel=Channel.EMAIL,
        recipient=str(cast.kim_contact.email), recipient_name="Kim Nguyen", cause=new_id(), deal_id=cast.deal.id,
        access_id=cast.kim_access.id, content=Content(sender="Alice", subject="QZNEWS", paragraphs=["Hello"]),
    )  # fmt: skip
    told.status, told.sealed, told.created_at = Delivery.SENT, "", utc_now() - timedelta(hours=1)
    place.ids["message"] = str(told.id)
    # A lead that nobody called, of a partner who was promised an update that is late.
    session.add(Lead(organisation_id=cast.firm.id, deal_id=cast.deal.id))
    tie = await session.get(DealPartner, (cast.deal.id, cast.priya_partner.id))
    tie.promised_for = utc_now() - timedelta(hours=1)
    gone = await make.make_contact(session, cast.firm, "Rae", "Gone", email="rae@example.com", mobile="+61491570737")
    ended = await make.make_access(session, cast.deal, gone, cast.alice_user)
    place.cookies["revoked"] = await _signed_in(session, Portal.CLIENT, cast.firm.id, access_id=ended.id)
    ended.revoked_at = utc_now()
    noor = await make.make_contact(session, cast.firm, "Noor", "New", email="noor@example.com", mobile="+61491570159")
    asked = await make.make_access(session, cast.deal, noor, cast.alice_user, consented_at=None)
    place.cookies["noor"] = await _signed_in(session, Portal.CLIENT, cast.firm.id, access_id=asked.id)
    place.ids |= {"lee": str(lee.id), "pat": str(pat.id), "other_deal": str(other.id)}


async def _signed_in(session: WriteSession, portal: Portal, firm_id, **whom) -> str:
    token = await open_session(session, portal=portal, organisation_id=firm_id, hours=12, **whom)
    await session.flush()
    return f"{COOKIES[portal]}={token}"


async def _secrets(session: WriteSession, cast: Cast, place: Place) -> None:
    deal, alice, kim = cast.deal, cast.alice_user, cast.kim_contact
    team = Note(
        deal_id=deal.id, author_kind=AuthorKind.USER, author_id=alice.id, author_name="Alice", text="QZTEAMNOTE"
    )
    private = Note(
        deal_id=deal.id,
        author_kind=AuthorKind.CLIENT,
        author_id=kim.id,
        author_name="Kim",
        contact_id=kim.id,
        text="QZKIMNOTE",
        shared_with_client_at=utc_now(),
    )
    label = await make.make_label(session, cast.firm, "Refinance")
    session.add_all([team, private])
    await session.flush()
    sealed = seal("QZLINKTOKEN", secret=settings().secret, purpose=LINK_PURPOSE)
    # Sent before kim came in with it: a session from before a link makes no passkey.
    sent = {"access_id": cast.kim_access.id, "created_at": utc_now() - timedelta(hours=1)}
    session.add(PortalLink(token_hash=token_hash("QZLINKTOKEN"), token_sealed=sealed, **sent))
    for name, portal, whose in (
        ("kim_phone", Portal.CLIENT, cast.kim_access.id), ("bob_passkey", Portal.BROKER, cast.bob.id),
        ("priya_passkey", Portal.PARTNER, cast.priya.id),
    ):  # fmt: skip
        key = Passkey(portal=portal, person_id=whose, credential="QQ", credential_hash=name, public_key="QQ")
        key.name = f"QZ{name.replace('_', '').upper()}"
        session.add(key)
        place.ids[name] = str(key.id)
    cast.priya_partner.factor_since = utc_now()
    place.ids |= {"note": str(team.id), "kim_note": str(private.id), "label": str(label.id)}
    await _answers(session, cast, place)
    await _documents(session, cast, place)


async def _answers(session: WriteSession, cast: Cast, place: Place) -> None:
    """What kim has told, in her part of the fact find, and what was held while it was locked."""
    deal, kim = cast.deal, cast.kim_contact
    item = Item(deal_id=deal.id, section_id="applicant.employment", subject_id=kim.id, made_by_contact=kim.id)
    where = {"subject_id": kim.id, "section_id": "applicant.personal_details"}
    answer = Answer(
        deal_id=deal.id,
        field_key="first_name",
        raw="QZKIMANSWER",
        author_id=kim.id,
        author_name="Kim",
        answered_at=utc_now(),
        **where,
    )
    told = {"applicant.employment": {"told_at": "2025-05-03T01:00:00+00:00"}}
    await session.execute(update(PortalAccess).where(PortalAccess.id == cast.kim_access.id).values(told_earlier=told))
    held = HeldAnswer(access_id=cast.kim_access.id, field_key="last_name", raw="QZKIMHELD", held_at=utc_now(), **where)
    session.add_all([item, answer, held])
    await session.flush()
    place.ids["item"] = str(item.id)


async def _documents(session: WriteSession, cast: Cast, place: Place) -> None:
    """A file for the team, kim's own with the request that it answers, and what every client has to read."""
    deal, alice, kim = cast.deal, cast.alice_user, cast.kim_contact
    states = {"request": RequestState.UPLOADED, "asked": RequestState.REQUESTED, "declined": RequestState.NOT_NEEDED}
    for name, state in {**states, "unsent": RequestState.REQUESTED}.items():
        sent_at = utc_now() if name in states else None
        by_kim = {"decided_by_kind": UploaderKind.CLIENT, "decided_by_id": kim.id} if name == "declined" else {}
        request = DocumentRequest(
            deal_id=deal.id,
            contact_id=kim.id,
            name=f"QZKIMREQUEST {name}",
            added_by=alice.id,
            state=state,
            sent_at=sent_at,
            **by_kim,
        )
        session.add(request)
        await session.flush()
        session.add(AccessRequest(access_id=cast.kim_access.id, request_id=request.id))
        place.ids[name] = str(request.id)
    internal = await make.make_document(session, deal, alice, "QZFILE.pdf")
    shared = {"shared_with_client_at": utc_now()}
    own = await make.make_document(
        session,
        deal,
        alice,
        "QZKIMFILE.pdf",
        request_id=UUID(place.ids["request"]),
        contact_id=kim.id,
        uploader_kind=UploaderKind.CLIENT,
        uploader_id=kim.id,
        **shared,
    )
    for slot in SLOTS[Country.AU]:
        await make.make_document(session, deal, alice, f"{slot.value}.pdf", slot=slot, **shared)
    for name, file, kind, sender in (
        ("draft", "QZFILE draft.pdf", UploaderKind.USER, alice),
        ("kim_draft", "QZKIMFILE draft.pdf", UploaderKind.CLIENT, kim),
        ("priya_draft", "Plan.pdf", UploaderKind.PARTNER, cast.priya_partner),
    ):
        drafted = {"uploader_kind": kind, "uploader_id": sender.id, "drafted_at": utc_now()}
        draft = await make.make_document(session, deal, alice, file, **drafted)
        place.ids[name] = str(draft.id)
    session.add_all(_opened(deal, alice, document) for document in (internal, own))
    session.add(_moved(deal, alice, internal))
    version = await make.make_compliance_document(session, cast.firm, Slot.CREDIT_GUIDE)
    place.ids["compliance"] = str(version.id)
    place.ids |= {"document": str(internal.id), "kim_document": str(own.id)}


def _opened(deal: Deal, by: User, document: Document) -> SecurityEvent:
    return SecurityEvent(
        organisation_id=deal.organisation_id,
        deal_id=deal.id,
        area="file",
        kind="document:opened",
        actor_kind="broker",
        actor_id=by.id,
        actor_name=by.name,
        facts={"name": document.name, "document": str(document.id)},
    )


def _moved(deal: Deal, by: User, document: Document) -> Activity:
    return Activity(
        organisation_id=deal.organisation_id,
        deal_id=deal.id,
        kind="document:moved",
        actor_kind="broker",
        actor_id=by.id,
        actor_name=by.name,
        facts={"name": document.name, "to": "Income"},
    )


def secrets_kept_from(name: str) -> tuple[str, ...]:
    """What this person must not be told."""
    if name == "kim":
        return ("QZTEAMNOTE", "QZFILE")
    if name == "priya":
        return (*KIM_SECRETS, "QZTEAMNOTE", "QZFILE")
    if name == "sam":
        return (*KIM_SECRETS, "QZTEAMNOTE", "QZFILE", "qzkim@example.com")
    if name in ("alice", "bob"):
        return ()
    return DEAL_SECRETS + KIM_SECRETS
