"""Firms for a day of load: brokers with a session each, clients who are in, partners, and a board's worth of deals."""

import random
from dataclasses import dataclass

from salestrekker_portal.database.session import close_database, open_database, transaction
from salestrekker_portal.domains.signing_in.sessions import open_session
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Role
from tests import factories as make
from tests.cast import COOKIES
from tests.support.crowd_made import HOURS, Client

DEALS = 30


@dataclass(frozen=True)
class Firm:
    """The Cookie header of each broker and each partner, and the clients."""

    brokers: list[str]
    partners: list[str]
    clients: list[Client]


async def make_firms(address: str, firms: int, *, brokers: int, partners: int, clients: int) -> list[Firm]:
    """So many firms, each with so many people; beside the clients' deals as many as a board shows at first."""
    open_database(address)
    try:
        made = []
        for number in range(firms):
            async with transaction() as session:
                made.append(await _firm(session, number, brokers, partners, clients))
        return made
    finally:
        await close_database()


async def _firm(session, number: int, brokers: int, partners: int, clients: int) -> Firm:
    firm = await make.make_organisation(session, name=f"Crowd Finance {number}", short_code=f"C{number}")
    _, stages = await make.make_workflow(session, firm)
    whose = {"organisation_id": firm.id, "hours": HOURS}
    staff = [await _broker(session, firm, f"{nth}.{number}") for nth in range(brokers)]
    who = [await _partner(session, firm, f"{nth}.{number}") for nth in range(partners)]
    found = []
    for nth in range(clients + DEALS):
        stage, owner = stages[0 if nth < clients else nth % len(stages)], staff[nth % len(staff)]
        contact = await make.make_contact(session, firm, f"Client{nth}", "Walker",
                                          email=f"client{nth}.{number}@example.com")  # fmt: skip
        name = {"name": f"Walker {number} {nth}", "reference": f"C{number}-2026-{nth:04d}"}
        deal = await make.make_deal(session, firm, stage, owner, contact, **name)
        if who:
            await make.let_partner_follow(session, deal, random.Random(nth).choice(who))  # noqa: S311
        if nth < clients:
            access = await make.make_access(session, deal, contact, owner)
            token = await open_session(session, portal=Portal.CLIENT, access_id=access.id, **whose)
            found.append(Client(str(deal.id), str(contact.id), _cookie(Portal.CLIENT, token)))
    cookies = [_cookie(Portal.BROKER, await open_session(session, portal=Portal.BROKER, user_id=each.id, **whose))
               for each in staff]  # fmt: skip
    theirs = [_cookie(Portal.PARTNER, await open_session(session, portal=Portal.PARTNER, partner_id=each.id, **whose))
              for each in who]  # fmt: skip
    return Firm(cookies, theirs, found)


def _cookie(portal: Portal, token: str) -> str:
    return f"{COOKIES[portal]}={token}"


async def _broker(session, firm, number: str):
    who = {"email": f"broker{number}@example.com", "first_name": f"Broker{number}", "last_name": "Walker"}
    return await make.make_user(session, firm, Role.BROKER, **who)


async def _partner(session, firm, number: str):
    who = {"email": f"partner{number}@example.com", "first_name": f"Partner{number}", "last_name": "Walker"}
    return await make.make_partner(session, firm, **who)
