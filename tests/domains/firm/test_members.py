"""Users come, change and go; a firm keeps an admin, and a deal keeps an owner."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm import members
from salestrekker_portal.domains.signing_in.sessions import actor_of
from salestrekker_portal.kernel.errors import Conflict, DomainError, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.access import OneTimeLink, Portal
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import Role, User
from salestrekker_portal.tables.outbox import OutboxMessage
from tests.support.later import a_little_later

JO = {"first_name": "Jo", "last_name": "Lee", "email": "JO@example.com", "role": Role.BROKER}


async def _do(deed, *args, **more):
    async with transaction() as session:
        return await deed(session, *args, **more)


async def _actor(cast, name):
    async with reading() as session:
        return await actor_of(session, Portal.BROKER, cast.cookies[name].split("=", 1)[1])


async def test_an_invitation_e_mails_a_one_time_link(sqlite, cast):
    jo = await _do(members.invite_member, cast.alice, **JO)
    assert jo.email == "jo@example.com" and jo.password_hash is None
    async with reading() as session:
        [sent] = await session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "member.invitation"))
        assert sent.recipient == "jo@example.com"
        assert len(list(await session.scalars(select(OneTimeLink).where(OneTimeLink.subject_id == jo.id)))) == 1
    with pytest.raises(Conflict):
        await _do(members.invite_member, cast.alice, **JO)
    await a_little_later()
    async with transaction() as session:
        for link in await session.scalars(select(OneTimeLink)):
            link.created_at -= timedelta(minutes=31)
    await _do(members.resend_link, cast.alice, jo.id)
    async with reading() as session:
        live = select(OneTimeLink).where(OneTimeLink.subject_id == jo.id, OneTimeLink.used_at.is_(None))
        assert len(list(await session.scalars(live))) == 1


async def test_somebody_from_elsewhere_keeps_their_name_and_password(sqlite, cast):
    joined = await _do(members.invite_member, cast.alice, **{**JO, "email": "mallory@example.com"})
    assert joined.id == cast.mallory_user.id and joined.first_name == "Jo", "hers is shown once she comes in"
    async with reading() as session:
        assert (await session.get(User, joined.id)).first_name == "Mallory"


@pytest.mark.parametrize(
    ("field", "typed"),
    [("email", ""), ("email", "nobody"), ("email", "x" * 10_000), ("last_name", "x" * 81),
     ("first_name", 7), ("email", {"a": 1})],
)  # fmt: skip
async def test_a_mistake_is_said_beside_its_field(sqlite, cast, field, typed):
    with pytest.raises(Invalid) as refusal:
        await _do(members.invite_member, cast.alice, **{**JO, field: typed})
    assert list(refusal.value.errors) == [field]


@pytest.mark.parametrize("names", [("Suharto", ""), ("", "Suharto")])
async def test_somebody_with_one_name_is_invited(sqlite, cast, names):
    user = await _do(members.invite_member, cast.alice, **{**JO, "first_name": names[0], "last_name": names[1]})
    assert (user.first_name, user.name) == ("Suharto", "Suharto")
    with pytest.raises(Invalid) as refusal:
        await _do(members.invite_member, cast.alice, **{**JO, "first_name": "", "last_name": ""})
    assert list(refusal.value.errors) == ["first_name"]


async def test_a_role_counts_at_once_and_the_last_admin_stays(sqlite, cast):
    with pytest.raises(Conflict):
        await _do(members.change_role, cast.alice, cast.alice_user.id, Role.BROKER)
    await _do(members.change_role, cast.alice, cast.bob_user.id, Role.ADMIN)
    assert (await _actor(cast, "bob")).role is Role.ADMIN
    await _do(members.change_role, cast.alice, cast.alice_user.id, Role.BROKER)
    assert (await _actor(cast, "alice")).role is Role.BROKER


async def test_switching_off_signs_out_and_hands_the_deals_over(sqlite, cast):
    await _do(members.change_role, cast.alice, cast.bob_user.id, Role.ADMIN)
    bob = await _actor(cast, "bob")
    with pytest.raises(Invalid) as refusal:
        await _do(members.disable_member, bob, cast.alice_user.id, None)
    assert "to_user" in refusal.value.errors
    with pytest.raises(Invalid):
        await _do(members.disable_member, bob, cast.alice_user.id, cast.mallory_user.id)
    assert await _do(members.disable_member, bob, cast.alice_user.id, cast.bob_user.id) >= 1
    assert await _actor(cast, "alice") is None
    async with reading() as session:
        assert (await session.get(Deal, cast.deal.id)).owner_id == cast.bob_user.id
    with pytest.raises(Conflict):
        await _do(members.disable_member, bob, cast.bob_user.id, cast.alice_user.id)
    await _do(members.enable_member, bob, cast.alice_user.id)
    async with reading() as session:
        states = {each.user.email: each.membership.disabled_at for each in await members.members_of(session, bob)}
    assert states["alice@example.com"] is None


async def test_only_an_admin_of_the_firm_manages_its_people(sqlite, cast):
    for actor, refusal in ((cast.bob, NotPermitted), (cast.kim, NotPermitted), (cast.mallory, NotFound)):
        for deed in (
            lambda s, a: members.change_role(s, a, cast.alice_user.id, Role.ASSISTANT),
            lambda s, a: members.disable_member(s, a, cast.alice_user.id, None),
            lambda s, a: members.enable_member(s, a, cast.alice_user.id),
            lambda s, a: members.resend_link(s, a, cast.alice_user.id),
        ):
            with pytest.raises(DomainError) as told:
                await _do(deed, actor)
            assert isinstance(told.value, refusal)
    with pytest.raises(NotPermitted):
        await _do(members.invite_member, cast.bob, **JO)
