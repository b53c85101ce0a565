"""The demo's deals, by the same use cases as real ones, then aged so that the board looks lived in."""

import unicodedata
from datetime import timedelta

from sqlalchemy import select, update

from salestrekker_portal.adapters.console import DISCONNECTED
from salestrekker_portal.database.session import WriteSession, transaction
from salestrekker_portal.demo import cast
from salestrekker_portal.demo.answers import demo_answers
from salestrekker_portal.demo.asked import ask_for_documents, sample_paper
from salestrekker_portal.demo.pipeline import DEALS, DemoDeal, more_deals
from salestrekker_portal.demo.world import World
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.clients.revoking import revoke
from salestrekker_portal.domains.clients.sharing import resend, share_deal
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.deals.queries import applicants_of
from salestrekker_portal.domains.fact_find.figures import count_profile
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.domains.pipeline.adding import Part, open_deal
from salestrekker_portal.domains.portal_access.invitation import Invitation
from salestrekker_portal.kernel import rank
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import DocumentRequest
from salestrekker_portal.tables.fact_find import Answer
from salestrekker_portal.tables.organisations import Membership
from salestrekker_portal.tables.outbox import OutboxMessage
from salestrekker_portal.tables.partners import DealPartner
from salestrekker_portal.tables.portal_access import PortalAccess


async def furnish_deals(world: World) -> None:
    """Every deal in its own transaction, the last of each stage on top."""
    papers = {key: await sample_paper(world, key) for key in world.firms}
    actors = {key: await staff_actor(world, key) for key in world.staff}
    for plan in (*more_deals(), *reversed(DEALS)):
        async with transaction() as session:
            deal = await _deal(session, world, actors[plan.owner], plan)
            world.deals[plan.key] = deal.id
            contacts = [contact for _, contact in await applicants_of(session, deal.id)]
            await ask_for_documents(session, deal, plan, contacts, papers[plan.firm])
            await _invitations(session, actors[plan.owner], deal, plan, contacts)
            await _answers(session, deal, world.firms[plan.firm].organisation.country, contacts, plan)
            await _notes(session, actors[plan.owner], deal, plan)
            await _age(session, world, deal, plan)
            deal_touched(session, deal.id)
            await count_profile(session, deal.id)


async def staff_actor(world: World, key: str) -> Actor:
    """A member of the cast, as somebody who is signed in."""
    person = next(each for each in cast.STAFF if each.key == key)
    firm, user = world.firms[person.firm].organisation, world.staff[key]
    async with transaction() as session:
        role = await session.scalar(
            select(Membership.role).where(Membership.user_id == user.id, Membership.organisation_id == firm.id)
        )
    return Actor(
        portal=Portal.BROKER,
        session_id=new_id(),
        organisation_id=firm.id,
        id=user.id,
        name=user.name,
        country=firm.country,
        time_zone=firm.time_zone,
        role=role,
    )


async def _deal(session: WriteSession, world: World, actor: Actor, plan: DemoDeal) -> Deal:
    firm = world.firms[plan.firm]
    workflow, stages = (
        (firm.leads, firm.lead_stages) if plan.workflow == "Leads" else (firm.home_loans, firm.home_loan_stages)
    )
    labels = [firm.labels[name].id for name in plan.labels if name in firm.labels]
    partner = world.partners[plan.partner].id if plan.partner else None
    deal = await open_deal(
        session,
        actor,
        owner_id=actor.id,
        name=plan.name,
        value_cents=plan.value * 100,
        people=[_part(world, plan, name) for name in plan.people],
        workflow_id=workflow.id,
        loan_kind=plan.facts.get("loan"),
        label_ids=labels,
        partner_id=partner,
        summary=f"Referred by {world.partners[plan.partner].name}." if plan.partner else "",
    )
    stage = stages[plan.stage]
    top = await session.scalar(
        select(Deal.rank).where(Deal.stage_id == stage.id, Deal.id != deal.id).order_by(Deal.rank).limit(1)
    )
    deal.stage_id, deal.rank = stage.id, rank.between(None, top)
    if partner is not None:
        session.add(DealPartner(deal_id=deal.id, partner_id=partner, shared_at=utc_now()))
    return deal


def _part(world: World, plan: DemoDeal, name: str) -> Part:
    company = name if name.endswith("Pty Ltd") else ""
    first, _, last = plan.facts.get("contact", name if not company else "").partition(" ")
    # Only people who are invited need a number; there are not many fictional ones.
    mobile = ""
    if plan.portal != "none":
        # One phone plays dead, to show the PIN going to the broker when the SMS can't be delivered.
        mobile = DISCONNECTED if plan.key == "dsouza" else world.mobiles.pop()
    return Part(
        company=bool(company),
        typed={
            "company_name": company,
            "first_name": first,
            "last_name": last,
            "email": _address(name),
            "mobile": mobile,
        },
    )


def _address(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return f"{'.'.join(words)[:48]}@example.com"


async def _invitations(
    session: WriteSession, actor: Actor, deal: Deal, plan: DemoDeal, contacts: list[Contact]
) -> None:
    if plan.portal == "none":
        return
    await session.flush()
    asked = list(await session.scalars(select(DocumentRequest).where(DocumentRequest.deal_id == deal.id)))
    for contact in contacts:
        mine = [each.id for each in asked if plan.sees_others or each.contact_id in (None, contact.id)]
        chosen = Invitation(sees_other_applicants=plan.sees_others, request_ids=mine)
        access = await share_deal(session, actor, deal.id, contact.id, chosen)
        await session.flush()
        if plan.portal == "active":
            _came_in(access, plan.days)
        elif plan.portal == "replaced":
            # The link that was replaced left the day before: one of a moment ago is not sent again.
            await session.execute(
                update(OutboxMessage)
                .where(OutboxMessage.access_id == access.id)
                .values(created_at=utc_now() - timedelta(days=1))
            )
            await resend(session, actor, access.id)
        elif plan.portal == "revoked":
            _came_in(access, plan.days)
            await revoke(session, actor, access.id)


def _came_in(access: PortalAccess, days: int) -> None:
    access.first_seen_at = access.consented_at = utc_now() - timedelta(days=days, hours=-2)
    access.last_seen_at = utc_now() - timedelta(hours=3)


async def _answers(session: WriteSession, deal: Deal, country: str, contacts: list[Contact], plan: DemoDeal) -> None:
    """The clients' answers, around what the invitation has filled in already."""
    await session.flush()
    there = set(
        (
            await session.execute(
                select(Answer.subject_id, Answer.section_id, Answer.field_key).where(Answer.deal_id == deal.id)
            )
        ).tuples()
    )
    session.add_all(
        row
        for row in demo_answers(deal, country, contacts, plan.answered_pct)
        if not (isinstance(row, Answer) and (row.subject_id, row.section_id, row.field_key) in there)
    )


async def _notes(session: WriteSession, actor: Actor, deal: Deal, plan: DemoDeal) -> None:
    if plan.portal != "active":
        return
    await add_note(session, actor, deal.id, text="Spoke on the phone: wants certainty of repayments.")
    await add_note(
        session,
        actor,
        deal.id,
        text="Thanks for the chat today. Start with your profile; it saves as you go, so you can stop at any time.",
        with_client=True,
    )


# Days from arriving in a stage to settlement, about.
SETTLES_IN = {"Preparing": 75, "Lodged": 45, "Conditional": 28, "Settlement": 11}


# Days from today until finance is due, for those of them that wait for it.
FINANCE_DUE = {"okafor": 2, "faalogo": 4, "tamihana": 9, "chau": -1, "romano": 16, "haddad": 23}


async def _age(session: WriteSession, world: World, deal: Deal, plan: DemoDeal) -> None:
    """Nothing in the demo happened all at once this morning."""
    deal.stage_entered_at = utc_now() - timedelta(days=plan.days)
    deal.created_at = utc_now() - timedelta(days=plan.days * 2 + 3)
    if plan.key in FINANCE_DUE:
        due = (utc_now() + timedelta(days=FINANCE_DUE[plan.key])).date()
        deal.finance_due_on = due - timedelta(days=max(0, due.weekday() - 4))
    settled: int | None = plan.facts.get("settled")
    if settled is not None:
        deal.locked_at = utc_now() - timedelta(days=settled)
        deal.settled_on = (utc_now() - timedelta(days=settled)).date()
    elif plan.stage in SETTLES_IN:
        deal.expected_settlement_on = (utc_now() + timedelta(days=max(2, SETTLES_IN[plan.stage] - plan.days))).date()
