"""How many PINs may be asked for in a firm's name in a day, and who hears of it before it is too many."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.portal_access import pins
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.outbox import Channel
from tests.domains.portal_access.world import sent


async def _asks(firm, *, by_broker: bool = False) -> bool:
    """Whether a PIN of one more client may leave."""
    try:
        async with transaction() as session:
            await pins.count_pin_sent(session, uuid4(), firm.id, by_broker=by_broker)
    except Conflict as refused:
        assert refused.message == pins.FIRM_HAS_ENOUGH
        return False
    return True


async def test_admins_hear_once_before_a_firm_has_had_enough_and_its_own_invitations_go_on(
    database, cast, frozen_clock, monkeypatch
):
    monkeypatch.setattr(pins, "PINS_A_DAY_OF_A_FIRM", 4)
    monkeypatch.setattr(pins, "ALARM_AT", 3)
    assert [await _asks(cast.firm) for _ in range(6)] == [True] * 4 + [False] * 2
    assert await _asks(cast.firm, by_broker=True) and await _asks(cast.other_firm)
    mails = await sent(Channel.EMAIL, "account.many_pins")
    assert [row.recipient for row, _ in mails] == ["alice@example.com"], "admins, once, of the firm that it is about"
    content = mails[0][1]
    assert content.subject == "3 PINs were asked for in a day" and content.link.endswith("/board")
    assert content.firm == cast.firm.name and "At 4 no more are sent" in content.paragraphs[1]
    async with reading() as session:
        found = await session.scalars(select(Activity).where(Activity.kind == "portal_access:many_pins"))
        assert [row.organisation_id for row in found] == [cast.firm.id]


@pytest.mark.usefixtures("sqlite")
async def test_even_a_broker_sends_one_client_three_an_hour_and_no_more(cast, frozen_clock):
    access_id = uuid4()
    for _ in range(3):
        async with transaction() as session:
            await pins.count_pin_sent(session, access_id, cast.firm.id, by_broker=True)
    with pytest.raises(Conflict, match="Three new PINs an hour"):
        async with transaction() as session:
            await pins.count_pin_sent(session, access_id, cast.firm.id, by_broker=True)
