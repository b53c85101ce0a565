"""The people of the tests.

alice is a broker and admin of Harbour Finance, bob her assistant. kim and sam are co-applicants of `deal`, both
in the portal, neither seeing the other's details. priya is a partner who follows `deal`. mallory is a broker of
another firm, with a deal of her own.
"""

from dataclasses import dataclass, field

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.signing_in.sessions import actor_of, open_session
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import Country, Organisation, Role, User
from salestrekker_portal.tables.partners import Partner
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.workflows import Stage, Workflow
from tests import factories as make

COOKIES = {Portal.BROKER: "broker-session", Portal.CLIENT: "client-session", Portal.PARTNER: "partner-session"}


@dataclass(kw_only=True)
class Cast:
    """Everybody, signed in. Actors carry the plain names; rows say what they are."""

    firm: Organisation
    other_firm: Organisation
    workflow: Workflow
    stages: list[Stage]
    other_stages: list[Stage]
    deal: Deal
    other_deal: Deal
    alice_user: User
    bob_user: User
    mallory_user: User
    kim_contact: Contact
    sam_contact: Contact
    kim_access: PortalAccess
    sam_access: PortalAccess
    priya_partner: Partner
    alice: Actor = field(init=False)
    bob: Actor = field(init=False)
    kim: Actor = field(init=False)
    sam: Actor = field(init=False)
    priya: Actor = field(init=False)
    mallory: Actor = field(init=False)
    # name -> the Cookie header of that person's browser
    cookies: dict[str, str] = field(default_factory=dict)


async def gather(session: WriteSession) -> Cast:
    """Make everybody and sign them in."""
    firm = await make.make_organisation(session)
    other = await make.make_organisation(
        session, name="Tussock Lending", short_code="TL", country=Country.NZ, phone="+6434001000"
    )
    alice = await make.make_user(
        session, firm, Role.ADMIN, email="alice@example.com", first_name="Alice", last_name="O’Rourke"
    )
    bob = await make.make_user(
        session,
        firm,
        Role.ASSISTANT,
        email="bob@example.com",
        first_name="Bob",
        last_name="Tran",
        mobile="+61491570110",
    )
    mallory = await make.make_user(
        session, other, Role.ADMIN, email="mallory@example.com", first_name="Mallory", last_name="Reid",
        mobile="+64211234567",
    )  # fmt: skip
    workflow, stages = await make.make_workflow(session, firm)
    _, other_stages = await make.make_workflow(session, other)
    kim = await make.make_contact(session, firm, "Kim", "Nguyen", email="kim@example.com", mobile="+61491570156")
    sam = await make.make_contact(session, firm, "Sam", "Nguyen", email="sam@example.com", mobile="+61491570157")
    deal = await make.make_deal(session, firm, stages[1], alice, kim, sam)
    other_deal = await make.make_deal(session, other, other_stages[1], mallory, name="Tūī Street")
    priya = await make.make_partner(session, firm, email="priya@example.com", first_name="Priya", last_name="Rao")
    await make.let_partner_follow(session, deal, priya)
    cast = Cast(
        firm=firm, other_firm=other, workflow=workflow, stages=stages, other_stages=other_stages,
        deal=deal, other_deal=other_deal, alice_user=alice, bob_user=bob, mallory_user=mallory,
        kim_contact=kim, sam_contact=sam, priya_partner=priya,
        kim_access=await make.make_access(session, deal, kim, alice),
        sam_access=await make.make_access(session, deal, sam, alice),
    )  # fmt: skip
    await _sign_everybody_in(session, cast)
    return cast


async def join(session: WriteSession, cast: Cast, role: Role = Role.BROKER, name: str = "dana") -> Actor:
    """One more member of Harbour Finance, signed in: a broker who is no admin. Their cookie is `cast.cookies[name]`."""
    user = await make.make_user(
        session, cast.firm, role, email=f"{name}@example.com", first_name=name.title(), last_name="Ito"
    )
    token = await open_session(session, portal=Portal.BROKER, organisation_id=cast.firm.id, hours=12, user_id=user.id)
    await session.flush()
    cast.cookies[name] = f"{COOKIES[Portal.BROKER]}={token}"
    return await actor_of(session, Portal.BROKER, token)


async def _sign_everybody_in(session: WriteSession, cast: Cast) -> None:
    everybody = {
        "alice": (Portal.BROKER, cast.firm, {"user_id": cast.alice_user.id}),
        "bob": (Portal.BROKER, cast.firm, {"user_id": cast.bob_user.id}),
        "mallory": (Portal.BROKER, cast.other_firm, {"user_id": cast.mallory_user.id}),
        "kim": (Portal.CLIENT, cast.firm, {"access_id": cast.kim_access.id}),
        "sam": (Portal.CLIENT, cast.firm, {"access_id": cast.sam_access.id}),
        "priya": (Portal.PARTNER, cast.firm, {"partner_id": cast.priya_partner.id}),
    }
    for name, (portal, firm, whom) in everybody.items():
        token = await open_session(session, portal=portal, organisation_id=firm.id, hours=12, **whom)
        await session.flush()
        setattr(cast, name, await actor_of(session, portal, token))
        cast.cookies[name] = f"{COOKIES[portal]}={token}"
