"""What was tried on the ways in, as the attacker goes about it: keeping people out, guessing, pumping texts.

As in `test_the_worst_five.py` none of them asks the code whether it is safe: each is a row of requests.
"""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.access import passwords
from salestrekker_portal.domains.activity.sentences import sentence_of
from salestrekker_portal.domains.outbox.service import opened
from salestrekker_portal.kernel import clock
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.outbox import Channel, OutboxMessage
from tests.attacks.test_the_worst_five import browser_at
from tests.domains.portal_access.world import invite, newest_pin, newest_token, ready_deal, sent
from tests.factories import PASSWORD

pytestmark = pytest.mark.usefixtures("sqlite")
ALICE = {"email": "alice@example.com", "password": PASSWORD}
GUESS = {"email": "alice@example.com", "password": "a guess of mine"}


async def _said(answer, page: str) -> str:
    return str(flash.read(f"{flash.COOKIE}={answer.cookies.get(flash.COOKIE, '')}", page)[0])


async def _pins() -> set[str]:
    """Every PIN that waits to be sent."""
    return {re.search(r"PIN is (\d{6})", content.paragraphs[0])[1] for _, content in await sent(Channel.SMS)}


async def _texts() -> int:
    async with reading() as session:
        counted = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.channel == Channel.SMS)
        return await session.scalar(counted)


async def _is_hers(password: str, kept: str | None) -> bool:
    return password == PASSWORD and kept is not None


# 5. Anybody can keep staff out.


async def test_nine_wrong_passwords_do_not_keep_out_who_was_here_before(cast):
    async with browser_at("203.0.113.7") as desk, browser_at("203.0.113.66") as stranger:
        await desk.post("/session/broker", data=ALICE)
        await desk.post("/session/end", data={"portal": "broker"})
        for _ in range(9):
            await stranger.post("/session/broker", data=GUESS)
        answer = await desk.post("/session/broker", data=ALICE)
    assert answer.headers["location"] == "/board", await _said(answer, "/sign-in")


async def test_junk_from_the_same_office_does_not_close_the_door_for_the_rest_of_it(cast, monkeypatch):
    # Forty-five hashes take long and are not what this is about.
    monkeypatch.setattr(passwords, "matches", _is_hers)
    async with browser_at("203.0.113.7") as prankster, browser_at("203.0.113.7") as desk:
        for number in range(45):
            await prankster.post("/session/broker", data={"email": f"{number}@example.com", "password": "junk"})
        answer = await desk.post("/session/broker", data=ALICE)
    assert answer.headers["location"] == "/board", await _said(answer, "/sign-in")


async def test_a_stranger_who_forgets_her_password_for_her_leaves_her_a_way(cast, frozen_clock):
    """Four times in a row closed that way, and each killed the link before."""
    async with browser_at("203.0.113.66") as stranger, browser_at("203.0.113.7") as desk:
        await desk.post("/session/forgot", data={"email": "alice@example.com"})
        async with reading() as session:
            mail = await session.scalar(select(OutboxMessage))
        for minute in range(1, 9):
            clock.freeze(frozen_clock + timedelta(minutes=minute))
            await stranger.post("/session/forgot", data={"email": "alice@example.com"})
        token = opened(mail).content.link.partition("token=")[2]
        answer = await desk.post("/session/password", data={"token": token, "password": "harbour ferry at nine"})
    assert answer.cookies.get("broker-session"), "the link that she asked for is dead"


# 6. Texts can be pumped, and PINs guessed, by whoever holds a link.


async def test_a_day_of_asking_costs_the_firm_six_texts(cast, frozen_clock):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    token, before = await newest_token(), await _texts()
    for minute in range(0, 24 * 60, 20):
        clock.freeze(frozen_clock + timedelta(minutes=minute))
        # From ever new places: the link is what counts.
        async with browser_at(f"203.0.113.{minute % 250}") as holder:
            await holder.post("/session/client/pin", data={"token": token})
    assert await _texts() - before == 6


async def test_twenty_guesses_are_all_and_the_broker_reads_why(cast, frozen_clock):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    token = await newest_token()
    guesses, answers, pins = 0, [], {await newest_pin()}
    for hour in range(12):
        clock.freeze(frozen_clock + timedelta(hours=hour))
        async with browser_at(f"203.0.113.{hour}") as holder:
            await holder.post("/session/client/pin", data={"token": token})
            pins |= await _pins()
            for _ in range(6):
                guesses += 1
                guess = next(f"{n:06d}" for n in range(guesses * 9, 10**6) if f"{n:06d}" not in pins)
                tried = await holder.post("/session/client", data={"token": token, "pin": guess})
                answers.append(await _said(tried, f"/portal/{token}"))
    # Each that was compared with the PIN says so: how many are left, or that it was the last of its PIN or of all.
    compared = [said for said in answers if "isn’t right" in said or "fifth" in said or "stopped" in said]
    assert "stopped" in answers[-1] or "doesn’t open" in answers[-1], "guessing goes on"
    assert sum("isn’t right" in said for said in compared) <= 20
    async with browser_at("203.0.113.7") as phone:
        for pin in pins:
            answer = await phone.post("/session/client", data={"token": token, "pin": pin})
            assert not answer.cookies.get("client-session")
    async with reading() as session:
        happened = [sentence_of(each) for each in await session.scalars(select(Activity))]
    assert any("after 20 wrong PINs" in sentence for sentence in happened)


async def test_an_old_pin_opens_nothing_on_the_phone_of_whoever_read_it(cast):
    """A PIN that was good once was good for ever, for everybody who had seen link and text."""
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    way_in = {"token": await newest_token(), "pin": await newest_pin()}
    async with browser_at("203.0.113.7") as phone, browser_at("203.0.113.66") as thief:
        assert (await phone.post("/session/client", data=way_in)).cookies.get("client-session")
        assert not (await thief.post("/session/client", data=way_in)).cookies.get("client-session")
        await phone.post("/session/end", data={"portal": "client"})
        assert (await phone.post("/session/client", data=way_in)).cookies.get("client-session")


# 16. An older session stays good after signing in again.


async def test_a_secret_that_was_copied_ends_when_its_person_signs_in_again(cast):
    async with browser_at("203.0.113.7") as desk:
        copied = (await desk.post("/session/broker", data=ALICE)).cookies["broker-session"]
        await desk.post("/session/broker", data=ALICE)
        assert await actor_in(Portal.BROKER, f"broker-session={copied}") is None
