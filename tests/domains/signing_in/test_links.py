"""The link that sets a password: one at a time, once, for a week; and what it ends."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.passwords import matches
from salestrekker_portal.domains.outbox.service import opened
from salestrekker_portal.domains.signing_in.devices import remember_device
from salestrekker_portal.domains.signing_in.own_password import (
    change_own_password,
    checked_change,
    count_change_try,
    kept_password,
    password_link,
    send_password_link,
)
from salestrekker_portal.domains.signing_in.sessions import actor_of, end_session, end_sessions, open_session
from salestrekker_portal.domains.signing_in.sign_in import (
    begin_try,
    find_account,
    forgive,
    link_is_good,
    set_password,
)
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotPermitted
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Membership, User
from salestrekker_portal.tables.outbox import OutboxMessage
from salestrekker_portal.tables.partners import Partner, PartnerMembership

PASSWORD = "four words in a row"
PORTALS = {Portal.BROKER: ("alice", User, Membership), Portal.PARTNER: ("priya", Partner, PartnerMembership)}
pytestmark = pytest.mark.usefixtures("sqlite")


@pytest.fixture(params=list(PORTALS), ids=str)
def portal(request) -> Portal:
    return request.param


async def _link(cast, portal: Portal) -> str:
    async with transaction() as session:
        link = await password_link(session, portal, getattr(cast, PORTALS[portal][0]).id)
    path, _, token = link.partition("?token=")
    assert path.endswith({Portal.BROKER: "/set-password", Portal.PARTNER: "/partner/set-password"}[portal])
    return token


async def _set(token: str, password: str = PASSWORD):
    async with transaction() as session:
        return await set_password(session, token, password)


async def _is_in(cast, name: str, portal: Portal) -> bool:
    async with reading() as session:
        return await actor_of(session, portal, cast.cookies[name].split("=", 1)[1]) is not None


async def test_a_link_sets_the_password_once_and_signs_its_person_out_everywhere(cast, portal):
    name, account, _ = PORTALS[portal]
    token, person = await _link(cast, portal), getattr(cast, name)
    signed_in = await _set(token)
    assert (signed_in.portal, signed_in.person_id) == (portal, person.id)
    assert signed_in.organisation_id == cast.firm.id
    async with reading() as session:
        kept = await session.scalar(select(account.password_hash).where(account.id == person.id))
    assert await matches(PASSWORD, kept)
    assert not await _is_in(cast, name, portal)
    assert await _is_in(cast, "bob", Portal.BROKER) and await _is_in(cast, "kim", Portal.CLIENT)
    with pytest.raises(Conflict, match="used or has expired"):
        await _set(token, "another few words")


async def test_an_earlier_link_stops_after_half_an_hour_and_with_the_first_that_is_used(cast, portal, frozen_clock):
    """Whoever asks five times within minutes, or a stranger who does, kills no link that may still be read."""
    old = await _link(cast, portal)
    clock.freeze(frozen_clock + timedelta(minutes=30))
    first, second = await _link(cast, portal), await _link(cast, portal)
    with pytest.raises(Conflict):
        await _set(old)
    assert await _set(first)
    with pytest.raises(Conflict):
        await _set(second)


async def test_a_link_lasts_a_week_to_the_second(cast, portal, frozen_clock):
    token = await _link(cast, portal)
    for seconds, good in ((7 * 86_400 - 1, True), (7 * 86_400, False)):
        clock.freeze(frozen_clock + timedelta(seconds=seconds))
        async with reading() as session:
            assert (await link_is_good(session, token) is not None) is good


async def test_a_weak_password_leaves_the_link_as_it_is(cast, portal):
    token = await _link(cast, portal)
    with pytest.raises(Invalid):
        await _set(token, "short")
    assert await _is_in(cast, PORTALS[portal][0], portal)
    assert await _set(token)


async def test_whoever_was_switched_off_has_no_account(cast, portal):
    name, account, membership = PORTALS[portal]
    token, person = await _link(cast, portal), getattr(cast, name)
    async with transaction() as session:
        row = (await session.scalars(select(membership).where(membership.organisation_id == cast.firm.id))).all()
        for each in row:
            each.disabled_at = clock.utc_now()
    async with reading() as session:
        email = await session.scalar(select(account.email).where(account.id == person.id))
        assert await find_account(session, portal, email) is None
    with pytest.raises(Conflict, match="switched off"):
        await _set(token)


async def test_an_account_is_of_one_portal(cast):
    async with reading() as session:
        assert (await find_account(session, Portal.BROKER, "alice@example.com"))[0].person_id == cast.alice.id
        assert (await find_account(session, Portal.PARTNER, "priya@example.com"))[0].person_id == cast.priya.id
        assert await find_account(session, Portal.PARTNER, "alice@example.com") is None
        assert await find_account(session, Portal.BROKER, "priya@example.com") is None


async def _forgot(email: str, portal: Portal, address: str = "203.0.113.1") -> None:
    async with transaction() as session:
        await send_password_link(session, portal, email, address)


async def _mails() -> list[OutboxMessage]:
    async with reading() as session:
        found = select(OutboxMessage).where(OutboxMessage.kind == "account.password_link")
        return list(await session.scalars(found))


async def test_a_forgotten_password_brings_one_mail_and_tells_nobody_else(cast, portal, frozen_clock):
    email = f"{PORTALS[portal][0]}@example.com"
    for asked in (email, "nobody@example.com", email):
        await _forgot(asked, portal)
    mails = await _mails()
    assert [(mail.recipient, mail.organisation_id) for mail in mails] == [(email, cast.firm.id)]


async def test_a_stranger_who_asks_without_end_neither_fills_the_mailbox_nor_closes_the_way(cast, portal, frozen_clock):
    email = f"{PORTALS[portal][0]}@example.com"
    for minute in range(40):
        clock.freeze(frozen_clock + timedelta(minutes=minute))
        for number in range(2):
            await _forgot(email, portal, f"203.0.113.{minute * 2 + number}")
    mails = await _mails()
    assert 4 <= len(mails) <= 12
    newest = max(mails, key=lambda mail: mail.created_at)
    assert await _set(opened(newest).content.link.partition("?token=")[2])


async def test_one_place_asks_a_hundred_times_in_a_quarter_of_an_hour(cast, portal, frozen_clock):
    for number in range(100):
        await _forgot(f"{number}@example.com", portal)
    with pytest.raises(Conflict, match="Too many tries"):
        await _forgot("one.more@example.com", portal)
    await _forgot("one.more@example.com", portal, "203.0.113.2")


async def _tries(email: str, address: str, device: str = "") -> bool:
    try:
        async with transaction() as session:
            await begin_try(session, Portal.BROKER, email, address, device)
    except Conflict:
        return False
    return True


async def test_an_office_has_room_behind_one_address_and_forty_five_junk_tries_close_nothing(cast, frozen_clock):
    assert all([await _tries(f"{n}@example.com", "198.51.100.1") for n in range(45)])
    assert await _tries("alice@example.com", "198.51.100.1")
    assert [await _tries(f"more{n}@example.com", "198.51.100.1") for n in range(55)] == [True] * 54 + [False]


async def test_a_browser_that_is_known_is_counted_by_itself(cast, frozen_clock):
    async with transaction() as session:
        browser = {"address": "203.0.113.5", "browser": "Safari"}
        device = await remember_device(session, Portal.BROKER, cast.alice.id, "", **browser)
    for number in range(30):
        await _tries("alice@example.com", f"203.0.113.{number}")
        await _tries(f"{number}@example.com", "203.0.113.5")
    assert not await _tries("alice@example.com", "203.0.113.5")
    assert await _tries("alice@example.com", "203.0.113.5", device)
    # It is known for its own people, and nobody makes one up.
    assert not await _tries("alice@example.com", "203.0.113.5", device.partition(".")[0] + ".made-up")
    assert not await _tries("alice@example.com", "203.0.113.5", "ā" * 40)


async def test_a_right_password_is_no_guess(cast, frozen_clock):
    for _ in range(9):
        async with transaction() as session:
            tried = await begin_try(session, Portal.BROKER, "alice@example.com", "203.0.113.5", "")
            await forgive(session, tried)


async def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(cast, portal):
    name = PORTALS[portal][0]
    actor = getattr(cast, name)
    whose = {"partner_id": actor.id} if portal is Portal.PARTNER else {"user_id": actor.id}
    async with transaction() as session:
        await open_session(session, portal=portal, organisation_id=cast.firm.id, hours=1, **whose)
        other = await open_session(session, portal=portal, organisation_id=cast.firm.id, hours=1, **whose)
    async with reading() as session:
        email, kept = await kept_password(session, actor)
    assert email == f"{name}@example.com"
    async with transaction() as session:
        await change_own_password(session, actor, kept, "the new hash")
    assert await _is_in(cast, name, portal)
    async with reading() as session:
        assert await actor_of(session, portal, other) is None
        assert (await kept_password(session, actor)) == (email, "the new hash")
    with pytest.raises(Conflict, match="somewhere else"):
        async with transaction() as session:
            await change_own_password(session, actor, kept, "a third hash")


async def test_a_change_needs_the_old_password_and_a_good_new_one(cast):
    token = await _link(cast, Portal.BROKER)
    await _set(token)
    async with reading() as session:
        email, kept = await kept_password(session, cast.alice)
        with pytest.raises(NotPermitted, match="PIN"):
            await kept_password(session, cast.kim)
    fresh = "a new one, and long"
    for current, wanted, field in (("wrong words here", fresh, "current"), (PASSWORD, "short", "password")):
        with pytest.raises(Invalid) as refused:
            await checked_change(current, wanted, email=email, kept=kept)
        assert set(refused.value.errors) == {field}
    assert await matches(fresh, await checked_change(PASSWORD, fresh, email=email, kept=kept))


async def test_a_change_is_tried_eight_times(cast, frozen_clock):
    for _ in range(8):
        async with transaction() as session:
            await count_change_try(session, cast.alice)
    with pytest.raises(Conflict):
        async with transaction() as session:
            await count_change_try(session, cast.alice)
    async with transaction() as session:
        await count_change_try(session, cast.bob)


async def test_signing_out_is_of_one_browser_in_one_portal(cast):
    token = cast.cookies["alice"].split("=", 1)[1]
    async with transaction() as session:
        second = await open_session(
            session, portal=Portal.BROKER, organisation_id=cast.firm.id, hours=1, user_id=cast.alice.id
        )
        await end_session(session, Portal.CLIENT, token)
    assert await _is_in(cast, "alice", Portal.BROKER)
    async with transaction() as session:
        await end_session(session, Portal.BROKER, token)
    assert not await _is_in(cast, "alice", Portal.BROKER)
    async with reading() as session:
        assert await actor_of(session, Portal.BROKER, second) is not None


async def test_nobody_is_signed_out_by_mistake(cast):
    with pytest.raises(ValueError, match="needs a person"):
        async with transaction() as session:
            await end_sessions(session)
    assert await _is_in(cast, "alice", Portal.BROKER)


@pytest.mark.parametrize("token", [None, "", "x" * 201, "preview.nothing", "ā"])
async def test_what_is_no_secret_signs_nobody_in(cast, token):
    async with reading() as session:
        for portal in Portal:
            assert await actor_of(session, portal, token) is None


async def test_a_secret_is_of_its_portal(cast):
    async with reading() as session:
        for name in ("alice", "kim", "priya"):
            token = cast.cookies[name].split("=", 1)[1]
            inside = [portal for portal in Portal if await actor_of(session, portal, token)]
            assert inside == [getattr(cast, name).portal]
