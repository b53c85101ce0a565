"""Clients for a crowd: deals of the firm that is there, each with somebody who is signed in."""

from dataclasses import dataclass

from sqlalchemy import select

from salestrekker_portal.database.session import close_database, open_database, transaction
from salestrekker_portal.domains.signing_in.sessions import open_session
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Membership, Organisation, User
from salestrekker_portal.tables.workflows import FactFindMode, Stage, Workflow
from tests import factories as make
from tests.cast import COOKIES

HOURS = 4


@dataclass(frozen=True)
class Client:
    """One applicant of one deal, by id, with the Cookie header of their browser."""

    deal: str
    contact: str
    cookie: str


async def make_clients(address: str, count: int, *, first_name: str, start: int = 0) -> tuple[list[Client], str]:
    """`count` clients of the member of staff of this name, and that person's own Cookie header.

    Those of one database are told apart by their numbers, from `start` on.
    """
    open_database(address)
    try:
        async with transaction() as session:
            alice = (await session.scalars(select(User).where(User.first_name == first_name))).one()
            stage = await _open_stage(session, alice)
            firm = await session.get_one(Organisation, await _firm_of(session, stage))
            clients = []
            for number in range(start, start + count):
                who = {"email": f"crowd{number}@example.com", "mobile": f"+614915{number:05d}"}
                contact = await make.make_contact(session, firm, f"Crowd{number}", "Walker", **who)
                deal = await make.make_deal(session, firm, stage, alice, contact, name=f"Crowd {number}",
                                            reference=f"CROWD-{number:05d}")  # fmt: skip
                access = await make.make_access(session, deal, contact, alice)
                whose = {"organisation_id": firm.id, "hours": HOURS}
                token = await open_session(session, portal=Portal.CLIENT, access_id=access.id, **whose)
                clients.append(Client(str(deal.id), str(contact.id), f"{COOKIES[Portal.CLIENT]}={token}"))
            token = await open_session(session, portal=Portal.BROKER, user_id=alice.id, **whose)
        return clients, f"{COOKIES[Portal.BROKER]}={token}"
    finally:
        await close_database()


async def _open_stage(session, alice: User) -> Stage:
    """The first stage of one of her firm's workflows in which clients may write."""
    firms = select(Membership.organisation_id).where(Membership.user_id == alice.id)
    stages = select(Stage).join(Workflow, Workflow.id == Stage.workflow_id)
    open_ones = stages.where(Workflow.organisation_id.in_(firms), Stage.fact_find == FactFindMode.EDITABLE)
    return (await session.scalars(open_ones.order_by(Workflow.name, Stage.position).limit(1))).one()


async def _firm_of(session, stage: Stage):
    return await session.scalar(select(Workflow.organisation_id).where(Workflow.id == stage.workflow_id))
