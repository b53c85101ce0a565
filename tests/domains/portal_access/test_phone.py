"""A client's own phone instead of PINs: what it opens, and everything that it doesn't."""

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from salestrekker_portal.config import Settings
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.clients import revoking
from salestrekker_portal.domains.clients.contacts import change_contact
from salestrekker_portal.domains.portal_access import entry, phone
from salestrekker_portal.domains.portal_access.channels import Channels
from salestrekker_portal.domains.signing_in import passkeys, sessions
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import Conflict, NotFound, NotPermitted
from salestrekker_portal.tables.access import Passkey, PasskeyChallenge, Portal
from tests.domains.portal_access.world import invite, newest_pin, newest_token, ready_deal
from tests.support.authenticator import Phone, allowed

pytestmark = pytest.mark.usefixtures("database")
HERE = {"address": "203.0.113.9"}


async def _inside(cast, deal=None, contact=None):
    """An invited client who has typed their PIN once: the access, who they are, and their link's token."""
    if deal is None:
        deal, contact = await ready_deal(cast)
    access = await invite(cast, deal, contact)
    token = await newest_token()
    async with transaction() as session:
        tried = await entry.enter(session, token, await newest_pin(), **HERE)
        cookie = await sessions.open_session(
            session, portal=Portal.CLIENT, organisation_id=access.organisation_id, hours=1, access_id=tried.access.id
        )
    async with reading() as session:
        actor = await sessions.actor_of(session, Portal.CLIENT, cookie)
    return access, actor, token


async def _make(actor, device: Phone | None = None) -> Phone:
    device = device or Phone()
    async with transaction() as session:
        options = await phone.begin_phone(session, actor)
    async with transaction() as session:
        await phone.remember_phone(session, actor, device.make(options), "Mozilla/5.0 (iPhone) Safari")
    return device


async def _asked(token: str) -> str:
    async with transaction() as session:
        return await phone.begin_entry(session, token, **HERE)


async def _tried(token: str, answer: object) -> entry.Entry:
    async with transaction() as session:
        return await phone.enter(session, token, answer, **HERE)


async def _number(kind) -> int:
    async with reading() as session:
        return await session.scalar(select(func.count()).select_from(kind))


async def test_the_phone_lets_in_with_the_link_and_no_pin(cast):
    access, actor, token = await _inside(cast)
    assert phone.is_offered(actor, access)
    device = await _make(actor)
    options = await _asked(token)
    assert allowed(options) == [device.id] and json.loads(options)["userVerification"] == "required"
    came = await _tried(token, device.use(options))
    assert came.access.id == access.id and came.access.came_in_by == "passkey"
    assert not phone.is_offered(actor, came.access)
    async with reading() as session:
        [own] = await phone.own_phones(session, actor)
    assert (own.name, own.transports, own.sign_count) == ("Safari on iPhone", ["internal"], 1) and own.used_at


async def test_a_challenge_is_good_once_for_five_minutes_and_for_what_it_was_made_for(cast, frozen_clock):
    _, actor, token = await _inside(cast)
    device = await _make(actor)
    answer = device.use(await _asked(token))
    assert (await _tried(token, answer)).access
    assert (await _tried(token, answer)).errors == {"": passkeys.REFUSED}, "the same answer once more"
    late = device.use(await _asked(token))
    clock.freeze(frozen_clock + timedelta(minutes=5))
    assert (await _tried(token, late)).errors == {"": passkeys.REFUSED}
    await passkeys.sweep_challenges()
    assert await _number(PasskeyChallenge) == 0
    async with transaction() as session:
        for_another_thing = await phone.begin_phone(session, actor)
    assert (await _tried(token, device.use(for_another_thing))).errors == {"": passkeys.REFUSED}
    # Used up by a wrong answer too.
    options = await _asked(token)
    assert (await _tried(token, Phone(id=device.id).use(options))).errors
    assert (await _tried(token, device.use(options))).errors == {"": passkeys.REFUSED}


@pytest.mark.parametrize(
    "other",
    [{"verifies": False}, {"origin": "https://evil.example"}, {"host": "evil.example"}, {"count": -1}],
    ids=["nobody proved to the phone", "another page", "another host", "a copy that counts less"],
)
async def test_what_does_not_fit_is_refused(cast, other):
    _, actor, token = await _inside(cast)
    device = await _make(actor, Phone(count=4))
    device.count += other.get("count", 0)
    for name, value in other.items():
        if name != "count":
            setattr(device, name, value)
    assert (await _tried(token, device.use(await _asked(token)))).errors == {"": passkeys.REFUSED}
    if "verifies" in other or "origin" in other:
        with pytest.raises(Conflict, match="no answer that fits"):
            await _make(actor, Phone(**other))


@pytest.mark.parametrize(
    "garbage",
    [None, 5, "", "{}", "[]", "null", "x" * 40_000, '{"id": 5, "response": {"clientDataJSON": 7}}',
     '{"response": {"clientDataJSON": "e30"}}', '{"response": {"clientDataJSON": "eyJjaGFsbGVuZ2UiOiAi8J-mhiJ9"}}'],
)  # fmt: skip
async def test_garbage_is_a_sentence(cast, garbage):
    _, actor, token = await _inside(cast)
    await _make(actor)
    assert (await _tried(token, garbage)).errors == {"": passkeys.REFUSED}
    with pytest.raises(Conflict):
        async with transaction() as session:
            await phone.remember_phone(session, actor, garbage, "")


async def test_an_answer_with_broken_insides_is_a_sentence(cast):
    _, actor, token = await _inside(cast)
    device = await _make(actor)
    broken = (("authenticatorData", "AAAA"), ("signature", ""), ("authenticatorData", None), ("id", "\ud800"))
    for name, value in broken:
        said = json.loads(device.use(await _asked(token)))
        (said if name == "id" else said["response"])[name] = value
        assert (await _tried(token, json.dumps(said))).errors == {"": passkeys.REFUSED}
    async with transaction() as session:
        options = await phone.begin_phone(session, actor)
    said = json.loads(Phone().make(options))
    said["response"]["attestationObject"] = "o2NmbXQ"
    with pytest.raises(Conflict):
        async with transaction() as session:
            await phone.remember_phone(session, actor, json.dumps(said), "")


async def test_one_clients_phone_opens_nothing_of_another(cast):
    _, actor, _ = await _inside(cast)
    device = await _make(actor)
    other_deal, other = await ready_deal(cast)
    access, other_actor, token = await _inside(cast, other_deal, other)
    with pytest.raises(Conflict, match="no passkey"):
        await _asked(token)
    theirs = await _make(other_actor)
    assert (await _tried(token, device.use(await _asked(token)))).errors == {"": passkeys.REFUSED}
    async with reading() as session:
        [row] = await phone.own_phones(session, other_actor)
    with pytest.raises(NotFound):
        async with transaction() as session:
            await phone.forget_phone(session, actor, row.id)
    assert (await _tried(token, theirs.use(await _asked(token)))).access.id == access.id


async def test_staff_and_previews_make_none(cast):
    await _inside(cast)
    for who in (cast.alice, cast.priya):
        for deed in (phone.begin_phone, phone.not_now):
            with pytest.raises(NotPermitted):
                async with transaction() as session:
                    await deed(session, who)


async def test_revoking_ends_it_and_a_new_invitation_starts_anew(cast):
    deal, contact = await ready_deal(cast)
    access, actor, token = await _inside(cast, deal, contact)
    device = await _make(actor)
    options = await _asked(token)
    async with transaction() as session:
        await revoking.revoke(session, cast.alice, access.id)
    assert await _number(Passkey) == 0
    assert (await _tried(token, device.use(options))).errors == {"": entry.NO_ENTRY}
    await invite(cast, deal, contact)
    with pytest.raises(Conflict, match="no passkey"):
        await _asked(await newest_token())


async def test_another_mobile_ends_it(cast):
    access, actor, token = await _inside(cast)
    device = await _make(actor)
    options = await _asked(token)
    async with transaction() as session:
        await change_contact(session, cast.alice, access.contact_id, mobile="0491 570 159")
    assert await _number(Passkey) == 0
    assert (await _tried(token, device.use(options))).errors == {"": entry.NO_ENTRY}


async def test_a_session_from_before_the_change_makes_no_new_one(cast, frozen_clock):
    deal, contact = await ready_deal(cast)
    access, actor, _ = await _inside(cast, deal, contact)
    async with transaction() as session:
        begun = await phone.begin_phone(session, actor)
    clock.freeze(frozen_clock + timedelta(minutes=1))
    async with transaction() as session:
        await change_contact(session, cast.alice, access.contact_id, mobile="0491 570 159")

    async def refused() -> None:
        for deed in (phone.begin_phone(session, actor), phone.remember_phone(session, actor, Phone().make(begun), "")):
            with pytest.raises(Conflict, match="Open the newest one"):
                await deed

    async with transaction() as session:
        await refused()
    clock.freeze(frozen_clock + timedelta(minutes=2))
    await invite(cast, deal, contact)
    async with transaction() as session:
        await refused()
    clock.freeze(frozen_clock + timedelta(minutes=3))
    _, again, _ = await _inside(cast, deal, contact)
    await _make(again)


async def test_an_invitation_to_another_mobile_ends_it_and_one_that_stays_put_does_not(cast):
    deal, contact = await ready_deal(cast)
    access, actor, _ = await _inside(cast, deal, contact)
    await _make(actor)
    again = await invite(cast, deal, contact, sees_other_applicants=True, only_changes=True)
    assert again.id == access.id and await _number(Passkey) == 1
    again = await invite(cast, deal, contact, channels=Channels(other_mobile="+61491570159"), only_changes=True)
    assert again.id == access.id and await _number(Passkey) == 0


async def test_forgotten_is_forgotten_and_the_pin_works_on(cast):
    _, actor, token = await _inside(cast)
    device = await _make(actor)
    options = await _asked(token)
    async with reading() as session:
        [row] = await phone.own_phones(session, actor)
    async with transaction() as session:
        await phone.forget_phone(session, actor, row.id)
    assert (await _tried(token, device.use(options))).errors == {"": passkeys.REFUSED}
    with pytest.raises(NotFound):
        async with transaction() as session:
            await phone.forget_phone(session, actor, row.id)


async def test_of_one_answer_sent_twice_at_once_one_comes_in(cast):
    _, actor, token = await _inside(cast)
    device = await _make(actor)
    answer = device.use(await _asked(token))
    came = await asyncio.gather(_tried(token, answer), _tried(token, answer))
    assert sorted(each.access is not None for each in came) == [False, True]


async def test_ten_are_the_most_and_one_device_has_one(cast):
    _, actor, _ = await _inside(cast)
    device = await _make(actor)
    with pytest.raises(Conflict, match="already"):
        await _make(actor, device)
    for _ in range(passkeys.MOST_KEYS - 1):
        await _make(actor)
    with pytest.raises(Conflict, match="the most"):
        await _make(actor)


def test_passkeys_belong_to_a_name_over_https_or_to_this_machine(monkeypatch):
    for origin, host in (
        ("https://portal.example.com", "portal.example.com"),
        ("http://localhost:8000", "localhost"),
        ("http://portal.example.com", ""),
        ("https://192.0.2.7", ""),
        ("https://[2001:db8::1]", ""),
    ):
        monkeypatch.setattr(passkeys, "settings", lambda origin=origin: Settings(origin=origin))
        assert passkeys.relying_party() == host
