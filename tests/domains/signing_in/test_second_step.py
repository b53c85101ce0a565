"""The second step: digits of an app once each, recovery codes once each, and how long somebody may go without."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from salestrekker_portal.config import Mode, Settings
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access import grace
from salestrekker_portal.domains.signing_in import second_step as step
from salestrekker_portal.domains.signing_in.devices import remember_device
from salestrekker_portal.domains.signing_in.sessions import actor_of, open_session
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotPermitted
from salestrekker_portal.tables.access import Portal, PortalSession, RecoveryCode, SecondFactor
from salestrekker_portal.tables.outbox import OutboxMessage

pytestmark = pytest.mark.usefixtures("database")


async def set_up(actor) -> tuple[pyotp.TOTP, list[str]]:
    """Somebody's app and their recovery codes."""
    async with transaction() as session:
        app = pyotp.TOTP((await step.begin_set_up(session, actor)).letters.replace(" ", ""))
    async with transaction() as session:
        return app, await step.confirm(session, actor, _now(app))


def _now(app: pyotp.TOTP) -> str:
    return app.at(clock.utc_now())


async def _check(actor, code, device: str = "") -> bool:
    try:
        async with transaction() as session:
            await step.check(session, actor.portal, actor.id, code, device)
    except Invalid:
        return False
    return True


async def test_digits_are_good_for_their_half_minute_and_once(cast, frozen_clock):
    app, _ = await set_up(cast.alice)
    assert not await _check(cast.alice, _now(app)), "those that switched it on were taken"
    clock.freeze(frozen_clock + timedelta(minutes=2))
    old, now = app.at(clock.utc_now() - timedelta(seconds=90)), _now(app)
    assert not await _check(cast.alice, old)
    assert await _check(cast.alice, f" {now[:3]} {now[3:]} ")
    assert not await _check(cast.alice, now)
    assert not await _check(cast.bob, _now(app))


async def test_a_recovery_code_lets_in_once_however_it_is_typed(cast, frozen_clock):
    _, codes = await set_up(cast.alice)
    assert len(set(codes)) == 10
    assert await _check(cast.alice, f" {codes[0].lower().replace('-', ' ')} ")
    assert not await _check(cast.alice, codes[0])
    async with transaction() as session:
        fresh = await step.fresh_codes(session, cast.alice, codes[1])
    assert not await _check(cast.alice, codes[2]) and await _check(cast.alice, fresh[0])
    async with reading() as session:
        assert (await step.how_it_stands(session, cast.alice)).codes_left == 9
        kept = [code.code_hash for code in await session.scalars(select(RecoveryCode))]
        sealed = await session.scalar(select(SecondFactor.sealed))
    assert not set(codes + fresh) & set(kept) and len(sealed) > 60


async def test_guessing_waits_longer_each_time_and_a_refusal_counts(cast, frozen_clock):
    await set_up(cast.alice)
    with pytest.raises(Conflict, match="in 5 seconds"):
        for _ in range(9):
            await _check(cast.alice, "000000")


async def test_who_knows_the_password_and_guesses_keeps_nobody_out_where_they_were_before(cast, frozen_clock):
    app, _ = await set_up(cast.alice)
    async with transaction() as session:
        device = await remember_device(session, Portal.BROKER, cast.alice.id, "", address="", browser="")
    clock.freeze(frozen_clock + timedelta(minutes=2))
    with pytest.raises(Conflict):
        for _ in range(9):
            await _check(cast.alice, "000000")
    with pytest.raises(Conflict):
        await _check(cast.alice, _now(app), "made-up." + device)
    assert not await _check(cast.alice, "000000", device)
    assert await _check(cast.alice, _now(app), device)
    with pytest.raises(Conflict):
        await _check(cast.alice, "000000")


@pytest.mark.parametrize("typed", [None, 7, "", "12345", "x" * 500, "０１２３４５", ["1"]])
async def test_what_is_no_number_lets_nobody_in(cast, typed):
    await set_up(cast.alice)
    assert not await _check(cast.alice, typed)


async def test_it_counts_once_its_digits_were_right_and_signs_out_whoever_came_in_without(cast, frozen_clock):
    async with transaction() as session:
        await step.begin_set_up(session, cast.alice)
        where = {"portal": Portal.BROKER, "organisation_id": cast.firm.id, "hours": 1}
        other = await open_session(session, **where, user_id=cast.alice.id)
    with pytest.raises(Invalid):
        async with transaction() as session:
            await step.confirm(session, cast.alice, "000000")
    async with reading() as session:
        assert not await step.is_asked(session, Portal.BROKER, cast.alice.id)
    app, _ = await set_up(cast.alice)
    async with reading() as session:
        assert await step.is_asked(session, Portal.BROKER, cast.alice.id)
        assert await actor_of(session, Portal.BROKER, other) is None
        assert await actor_of(session, Portal.BROKER, cast.cookies["alice"].split("=", 1)[1])
    with pytest.raises(Conflict, match="on already"):
        async with transaction() as session:
            await step.begin_set_up(session, cast.alice)
    clock.freeze(frozen_clock + timedelta(minutes=1))
    async with transaction() as session:
        await step.switch_off(session, cast.alice, _now(app))
    async with reading() as session:
        assert not await step.is_asked(session, Portal.BROKER, cast.alice.id)
        told = list(await session.scalars(select(OutboxMessage.recipient)))
    assert told == ["alice@example.com"] * 2


async def test_who_comes_in_by_a_link_has_none(cast):
    with pytest.raises(NotPermitted):
        async with transaction() as session:
            await step.begin_set_up(session, cast.kim)


async def test_the_days_without_count_from_the_first_time_asked(cast, frozen_clock, monkeypatch):
    token = cast.cookies["alice"].split("=", 1)[1]

    async def begin() -> bool:
        async with transaction() as session:
            return await step.begin_grace(session, cast.alice.id)

    async def lacks() -> bool:
        async with transaction() as session:
            # Nobody was idle, and the session is new.
            row = await session.get(PortalSession, cast.alice.session_id)
            row.seen_at, row.expires_at = clock.utc_now(), clock.utc_now() + timedelta(hours=12)
        async with reading() as session:
            return (await actor_of(session, Portal.BROKER, token)).lacks_factor

    assert not await begin(), "nobody of a demo is asked"
    for module in (step, grace):
        monkeypatch.setattr(module, "settings", lambda: Settings(mode=Mode.EMBEDDED, secret="x" * 40))
    assert await begin()
    for hours, lacking in ((0, False), (14 * 24 - 1, False)):
        clock.freeze(frozen_clock + timedelta(hours=hours))
        assert await begin() and await lacks() is lacking
    clock.freeze(frozen_clock + timedelta(days=14))
    assert await lacks()
    await set_up(cast.alice)
    assert not await lacks()
