"""Puts the cast, the firms and the pipeline into an empty database, by the same use cases that people use."""

from salestrekker_portal.database.session import WriteSession, transaction
from salestrekker_portal.demo import cast
from salestrekker_portal.demo.bank import furnish_bank
from salestrekker_portal.demo.compliance import furnish_compliance
from salestrekker_portal.demo.couples import share_a_mailbox
from salestrekker_portal.demo.day import furnish_day
from salestrekker_portal.demo.deals import furnish_deals
from salestrekker_portal.demo.messages import furnish_messages
from salestrekker_portal.demo.news import furnish_news
from salestrekker_portal.demo.note_files import furnish_note_files
from salestrekker_portal.demo.pipeline import DEALS, more_deals
from salestrekker_portal.demo.settled import furnish_settled
from salestrekker_portal.demo.videos import furnish_videos
from salestrekker_portal.demo.world import World
from salestrekker_portal.domains.access import passwords
from salestrekker_portal.domains.firm.founding import Founded, add_member, found_organisation
from salestrekker_portal.tables.labels import Label
from salestrekker_portal.tables.organisations import Country, Role, User
from salestrekker_portal.tables.partners import Partner, PartnerMembership

WELCOME_CREDITS = 214


async def furnish() -> World:
    """The whole demo, in a few transactions."""
    world = World()
    async with transaction() as session:
        await _firms_and_staff(session, world)
        await _partners(session, world)
    await furnish_compliance(world)
    await furnish_deals(world)
    await furnish_settled(world)
    await furnish_day(world)
    await furnish_bank(world)
    await furnish_videos(world)
    await furnish_news(world)
    await furnish_messages(world)
    await share_a_mailbox(world)
    await furnish_note_files(world)
    return world


async def _firms_and_staff(session: WriteSession, world: World) -> None:
    for person in cast.STAFF:
        world.staff[person.key] = User(
            email=person.email,
            first_name=person.first,
            last_name=person.last,
            mobile=person.mobile,
            password_hash=await passwords.hashed(person.password),
        )
    for firm in cast.FIRMS:
        people = [person for person in cast.STAFF if person.firm == firm.key]
        founded = await found_organisation(
            session,
            name=firm.name,
            country=Country(firm.country),
            time_zone=firm.time_zone,
            admin=world.staff[people[0].key],
            short_code=firm.code,
            phone=firm.phone,
            email=firm.email,
            licence=firm.licence,
        )
        world.firms[firm.key] = founded
        _more_labels(session, founded)
        session.add_all(world.staff[person.key] for person in people[1:])
        await session.flush()
        for person in people[1:]:
            add_member(session, founded.organisation.id, world.staff[person.key], Role(person.role))


def _more_labels(session: WriteSession, founded: Founded) -> None:
    """The labels that the pipeline uses beyond the standard ones."""
    for name in sorted({label for deal in (*DEALS, *more_deals()) for label in deal.labels} - set(founded.labels)):
        founded.labels[name] = Label(organisation_id=founded.organisation.id, name=name)
        session.add(founded.labels[name])


async def _partners(session: WriteSession, world: World) -> None:
    for referrer in cast.REFERRERS:
        partner = Partner(
            email=referrer.email,
            first_name=referrer.first,
            last_name=referrer.last,
            firm=referrer.firm,
            phone=referrer.phone,
            password_hash=await passwords.hashed(referrer.password),
        )
        world.partners[referrer.key] = partner
        session.add(partner)
    await session.flush()
    for firm_key, owner in (("harbour", "alice"), ("kauri", "moana")):
        session.add(
            PartnerMembership(
                partner_id=world.partners["dev"].id,
                organisation_id=world.firms[firm_key].organisation.id,
                assigned_user_id=world.staff[owner].id,
            )
        )
    session.add(
        PartnerMembership(
            partner_id=world.partners["lena"].id,
            organisation_id=world.firms["harbour"].organisation.id,
            assigned_user_id=world.staff["alice"].id,
        )
    )
