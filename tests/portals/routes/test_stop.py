"""One press in an e-mail: ends what the e-mail is about and nothing else, without signing in, and not by a scanner."""

import httpx
import pytest
from sqlalchemy import func, select
from starlette.applications import Starlette

from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.access.throttles import STOPS_PER_ADDRESS
from salestrekker_portal.domains.notices.catalogue import BY_KEY, CATALOGUE
from salestrekker_portal.domains.notices.reasons import may_stop
from salestrekker_portal.domains.notifications.stopping import stop_address, stoppable
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.portals.routes.stop import STOP_ROUTES
from salestrekker_portal.tables.notifications import ClientPreference, PartnerPreference, UserPreference
from tests.domains.documents.world import give_links
from tests.domains.notifications.test_telling import write
from tests.domains.notifications.world import queued, skipped, tell

pytestmark = pytest.mark.usefixtures("database")
# As mail programs post it (RFC 8058): no origin, no cookie.
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def opened() -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=Starlette(routes=STOP_ROUTES))
    return httpx.AsyncClient(transport=transport, base_url="http://portal.example.com")


def path_of(address: str) -> str:
    return "/stop/" + address.rpartition("/stop/")[2]


def addresses(cast) -> dict[str, str]:
    """One for each kind of reader."""
    readers = {"note_shared": cast.kim_access.id, "partner_deal_shared": cast.priya_partner.id}
    readers["client_wrote"] = cast.alice_user.id
    return {key: path_of(stop_address(BY_KEY[key], cast.firm.id, reader)) for key, reader in readers.items()}


async def kept() -> list[tuple[bool, int]]:
    """Whether e-mail is wanted, of each kind of choice that was written down, and how many there are."""
    found = []
    async with reading() as session:
        for table in (ClientPreference, PartnerPreference, UserPreference):
            wanted = await session.scalar(select(table.email).limit(1))
            found.append((wanted, await session.scalar(select(func.count()).select_from(table))))
    return found


async def test_a_press_by_a_mail_program_ends_it_once_for_each_kind_of_reader(cast):
    async with opened() as browser:
        for path in addresses(cast).values():
            asked = await browser.get(path)
            assert asked.status_code == 200 and "Harbour Finance" in asked.text
            assert "Kim" not in asked.text and "Priya" not in asked.text
        # A client reads what their own page calls it, and all that goes with it.
        asked = (await browser.get(addresses(cast)["note_shared"])).text
        assert "“New messages”" in asked and "Notes and files for you." in asked and "Message from you" not in asked
        assert await kept() == [(None, 0)] * 3  # a scanner opens every link, and changes nothing
        for path in [*addresses(cast).values()] * 2:  # and once more: the same address again
            assert "Stopped" in (await browser.post(path, data=ONE_CLICK)).text
        assert await kept() == [(False, 1)] * 3
        for path in addresses(cast).values():
            assert "On again" in (await browser.post(path, data={"again": "1"})).text
    assert await kept() == [(True, 1)] * 3


async def test_what_we_did_not_sign_opens_nothing(cast):
    good = addresses(cast)["note_shared"]
    packed, _, signature = good.removeprefix("/stop/").partition(".")
    other = addresses(cast)["client_wrote"].removeprefix("/stop/")
    wrong = [
        "x", ".", "..", packed, f".{signature}", f"{packed}.", f"{packed}.{signature}x", f"{packed}={signature}",
        f"{packed}=.{signature}", f"{other.partition('.')[0]}.{signature}", f"{packed[:-2]}.{signature}",
        f"{packed}.{signature[::-1]}", "%00", "a" * 5000, "é.é", "{{7*7}}", "'; DROP TABLE notices; --.x",
    ]  # fmt: skip
    async with opened() as browser:
        for token in wrong:
            for answer in (await browser.get(f"/stop/{token}"), await browser.post(f"/stop/{token}", data=ONE_CLICK)):
                assert answer.status_code == 404, token
    assert await kept() == [(None, 0)] * 3
    async with reading() as session:
        for token in (None, 7, [], {"a": 1}, "a" * 301):
            with pytest.raises(NotFound):
                await stoppable(session, token)


async def test_an_address_of_another_firm_or_of_somebody_who_is_gone_changes_nothing(cast):
    paths = [
        stop_address(BY_KEY["note_shared"], cast.other_firm.id, cast.kim_access.id),
        stop_address(BY_KEY["client_wrote"], cast.other_firm.id, cast.alice_user.id),
        stop_address(BY_KEY["partner_stage"], cast.firm.id, new_id()),
        stop_address(BY_KEY["note_shared"], new_id(), cast.kim_access.id),
    ]
    async with opened() as browser:
        for path in map(path_of, paths):
            assert (await browser.post(path, data=ONE_CLICK)).status_code == 404
    assert await kept() == [(None, 0)] * 3


async def test_garbage_bodies_stop_what_the_address_says_and_floods_are_told_to_wait(cast):
    path = addresses(cast)["note_shared"]
    async with opened() as browser:
        for body in (b"", b"\xff\xfe", b"again=2", b"again=" + b"1" * 70_000):
            assert (await browser.post(path, content=body)).status_code == 200
        answers = [await browser.post(path, data={"again": "1"}) for _ in range(STOPS_PER_ADDRESS)]
    assert answers[-1].status_code == 429 and "Wait 15 minutes" in answers[-1].text


def test_what_is_part_of_the_work_has_no_such_address(cast):
    for event in CATALOGUE:
        address = stop_address(event, cast.firm.id, new_id())
        assert bool(address) is may_stop(event)
    for key in ("documents_requested", "portal_ended", "bank_statements_requested", "sms_low"):
        assert not may_stop(BY_KEY[key])


async def test_a_stopped_kind_stays_silent_and_the_broker_reads_why(cast):
    await give_links(cast)
    async with opened() as browser:
        await browser.post(addresses(cast)["note_shared"], data=ONE_CLICK)
    await write(cast.alice, cast.deal, "News", with_client=True, contact_id=cast.kim_contact.id)
    await tell()
    assert await queued("notice.note_shared") == []
    assert "switched this off" in (await skipped())[0].sentence
