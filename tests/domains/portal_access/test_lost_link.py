"""A lost link comes again, to the address that was invited and to nobody else, and asking tells nothing."""

import statistics
import time
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.throttles import LINKS_SENT_PER_ACCESS, LOST_LINKS_PER_ADDRESS
from salestrekker_portal.domains.activity.sentences import sentence_of
from salestrekker_portal.domains.clients import revoking
from salestrekker_portal.domains.clients import sharing as service
from salestrekker_portal.domains.clients.contacts import change_contact
from salestrekker_portal.domains.portal_access import delivery, entry, queries
from salestrekker_portal.domains.portal_access.channels import Channels, through
from salestrekker_portal.domains.portal_access.lost_link import answer_lost_links, ask_for_lost_link, asked_from
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.tables.access import Throttle
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.portal_access import LostLink, PortalAccess
from tests import factories as make
from tests.domains.portal_access.world import invite, newest_pin, newest_token, ready_deal, sent
from tests.support.statements import counted

pytestmark = pytest.mark.usefixtures("database")
HERE = "203.0.113.9"


async def ask(typed, address=HERE) -> None:
    async with transaction() as session:
        await ask_for_lost_link(session, typed, address=address)


async def answered() -> list:
    """The messages with lost links after the worker has been round, oldest first."""
    while await answer_lost_links():
        pass
    return await sent(Channel.EMAIL, "portal.lost_link")


async def waiting() -> int:
    async with reading() as session:
        return await session.scalar(select(func.count()).select_from(LostLink))


async def second_way_in(cast, deal, contact) -> str:
    """A live access with a link of its own; the link's token."""
    async with transaction() as session:
        access = await make.make_access(session, deal, contact, cast.alice_user)
        people = await queries.people_of(session, deal, contact.id)
        await delivery.send_link(session, access, through(people, access))
    return await newest_token()


@pytest.mark.parametrize("typed", ["robin@example.com", " ROBIN@Example.com ", "0491 570 158", "+61 491 570 158"])
async def test_the_link_that_works_goes_to_the_invited_address_however_one_asks(cast, typed):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    token, pin = await newest_token(), await newest_pin()
    texts = len(await sent(Channel.SMS))
    await ask(typed)
    ((mail, content),) = await answered()
    assert (mail.recipient, mail.deal_id, mail.access_id) == ("robin@example.com", deal.id, access.id)
    assert content.link.endswith(f"/{token}"), "a link that was sent a minute ago is not killed"
    # Never both halves on one way: no PIN beside the link, and nothing by text.
    assert pin not in str(content) and len(await sent(Channel.SMS)) == texts
    assert await waiting() == 0, "who asked is forgotten"
    async with transaction() as session:
        assert (await entry.enter(session, token, pin, address=HERE)).access is not None


@pytest.mark.parametrize("typed", ["stranger@example.com", "0491 570 110", "0491570006", "021 123 4567"])
async def test_a_stranger_gets_nothing_and_is_told_nothing(cast, typed):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    await ask(typed)
    assert await answered() == [] and await waiting() == 0


async def test_asking_costs_the_same_for_a_client_and_for_a_stranger(cast):
    """Nothing is looked up while somebody waits for the answer, so time tells nothing."""
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    told = []
    for typed in ("warm@example.com", "robin@example.com", "nobody@example.com", "0491 570 158", "0491 570 110"):
        with counted() as seen:
            await ask(typed)
        told.append([sql for sql, _ in seen])
    assert told[1] == told[2] == told[3] == told[4]
    assert "portal_accesses" not in str(told) and "contacts" not in str(told)


async def test_time_tells_nothing_either(cast, capsys):
    """Thirty of each, mixed. What is held is that both leave the same behind; how long they took is printed."""
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    await ask("warm@example.com")
    took = {"client": [], "stranger": []}
    for number in range(30):
        for who, typed in (("client", "robin@example.com"), ("stranger", "nobody@example.com")):
            async with transaction() as session:  # as if nobody had asked before: what is counted is not in the way
                await session.execute(delete(Throttle))
            before, started = await waiting(), time.perf_counter()
            await ask(typed, f"203.0.113.{number}")
            took[who].append(time.perf_counter() - started)
            assert await waiting() == before + 1
    with capsys.disabled():
        print({who: f"{statistics.median(each) * 1000:.1f} ms" for who, each in took.items()}, end=" ")
    async with reading() as session:
        sizes = {len(row.asked) for row in await session.scalars(select(LostLink))}
    assert max(sizes) - min(sizes) <= 4, "what is kept is as long as what was typed, and no longer for a client"


GARBAGE = ["", None, 7, ["a"], {}, "nonsense", "@", "12345", "a@b", "\x00", "😀" * 100, "x" * 50_000, "9" * 50_000]


@pytest.mark.parametrize("typed", GARBAGE, ids=lambda typed: repr(typed)[:12])
async def test_what_is_neither_e_mail_nor_mobile_is_refused_in_words(cast, typed):
    with pytest.raises(Invalid) as refused:
        await ask(typed)
    assert "who" in refused.value.errors and await waiting() == 0


def test_a_mobile_is_read_as_both_countries_read_it():
    assert asked_from("0491 570 156").mobiles == ("+61491570156",)
    assert asked_from("021 123 4567").mobiles == ("+64211234567",)
    assert asked_from("+64 21 123 4567").key == asked_from("021-123-4567").key


async def test_nothing_of_a_revoked_or_archived_access_goes(cast):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    async with transaction() as session:
        await revoking.revoke(session, cast.alice, access.id)
    await ask("robin@example.com")
    assert await answered() == []
    await invite(cast, deal, robin)
    async with transaction() as session:
        (await session.get(Deal, deal.id)).archived_at = utc_now()
    await ask("robin@example.com")
    assert await answered() == []


async def test_after_a_newer_invitation_the_newest_link_goes(cast, frozen_clock):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    clock.freeze(frozen_clock + timedelta(minutes=5))
    async with transaction() as session:
        await service.resend(session, cast.alice, access.id)
    await ask("robin@example.com")
    ((_, content),) = await answered()
    assert content.link.endswith(await newest_token())


@pytest.mark.parametrize("changed", [{"email": "thief@example.com"}, {"mobile": "0491 570 110"}])
async def test_after_a_change_neither_the_old_nor_the_new_address_gets_it(cast, changed):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    async with transaction() as session:
        await change_contact(session, cast.alice, robin.id, **changed)
    for typed in ("robin@example.com", "thief@example.com", "0491 570 158", "0491 570 110"):
        await ask(typed)
    assert await answered() == []


@pytest.mark.parametrize("changed", [{"email": "thief@example.com"}, {"mobile": "+61491570110"}])
async def test_a_contact_that_was_changed_behind_the_use_case_gets_nothing_there_either(cast, changed):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    async with transaction() as session:
        contact = await session.get(Contact, robin.id)
        for name, value in changed.items():
            setattr(contact, name, value)
    for typed in (changed.get("email", "0491 570 158"), "0491 570 110"):
        await ask(typed)
    assert await answered() == []


async def test_another_address_for_one_invitation_is_the_one_that_counts(cast):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin, channels=Channels(other_email="robin.work@example.com"))
    await ask("robin@example.com")
    assert await answered() == []
    await ask("robin.work@example.com")
    assert [mail.recipient for mail, _ in await answered()] == ["robin.work@example.com"]


async def test_twice_gives_the_same_link_twice_and_then_no_more(cast, frozen_clock):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    token = await newest_token()
    for _ in range(LINKS_SENT_PER_ACCESS + 3):
        await ask("robin@example.com")
    found = await answered()
    assert len(found) == LINKS_SENT_PER_ACCESS
    assert {content.link.rsplit("/", 1)[1] for _, content in found} == {token}
    # The same access by its other name: no way round.
    await ask("0491 570 158")
    assert len(await answered()) == LINKS_SENT_PER_ACCESS


async def test_one_address_can_not_ask_without_end(cast):
    for number in range(LOST_LINKS_PER_ADDRESS):
        await ask(f"guess{number}@example.com", address=f"2001:db8::{number + 1:x}")
    with pytest.raises(Conflict, match="Wait 15 minutes"):
        await ask("robin@example.com", address="2001:db8::ffff")
    await ask("robin@example.com", address="2001:db8:0:1::1")


async def test_several_deals_and_firms_give_one_message_a_firm(cast):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    tokens = {await newest_token()}
    async with transaction() as session:
        other = await make.make_deal(session, cast.firm, cast.stages[1], cast.alice_user, robin, name="Second")
        theirs = await make.make_contact(
            session, cast.other_firm, "Robin", "Ōkere", email="robin@example.com", mobile="+61491570158"
        )
        abroad = await make.make_deal(session, cast.other_firm, cast.other_stages[1], cast.mallory_user, theirs)
    tokens.add(await second_way_in(cast, other, robin))
    elsewhere = await second_way_in(cast, abroad, theirs)
    await ask("robin@example.com")
    found = {mail.organisation_id: content for mail, content in await answered()}
    assert len(found) == 2
    mine, foreign = found[cast.firm.id], found[cast.other_firm.id]
    assert foreign.link.endswith(elsewhere) and cast.firm.name not in str(foreign)
    assert not mine.link and all(token in str(mine.paragraphs) for token in tokens)
    assert elsewhere not in str(mine) and cast.other_firm.name not in str(mine)
    assert other.reference in str(mine.paragraphs) and "Second" not in str(mine.paragraphs)


async def test_an_ask_that_can_not_be_answered_stops_no_other_and_goes_after_a_day(cast, frozen_clock):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    async with transaction() as session:
        session.add(LostLink(asked="broken", due_at=utc_now()))
    await ask("robin@example.com")
    assert len(await answered()) == 1 and await waiting() == 1
    clock.freeze(frozen_clock + timedelta(days=1, minutes=1))
    await answered()
    assert await waiting() == 0


@pytest.mark.parametrize("typed", ["robin@example.com", "0491 570 158"])
async def test_the_deals_owner_reads_when_nothing_could_be_sent(cast, typed):
    """The link stopped with the address that it was sent to; whoever asks may well be the client."""
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    async with transaction() as session:
        (await session.get(Contact, robin.id)).email = "new@example.com"
    for _ in range(8):
        async with transaction() as session:
            await session.execute(delete(Throttle).where(Throttle.key.startswith("lost-link")))
        await ask(typed)
        assert await answered() == []
    async with reading() as session:
        told = [each for each in await session.scalars(select(Activity).where(Activity.deal_id == deal.id))
                if each.kind == "portal_access:link_not_sent"]  # fmt: skip
    assert 1 <= len(told) <= LINKS_SENT_PER_ACCESS, "told, and not without end"
    assert "Robin" in sentence_of(told[0]) and "invite again" in sentence_of(told[0])


async def test_the_deals_owner_reads_that_it_was_asked_for(cast):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    await ask("robin@example.com")
    await answered()
    async with reading() as session:
        kept = await session.get(PortalAccess, access.id)
        assert kept.revoked_at is None
        kinds = list(await session.scalars(select(Activity.kind).where(Activity.deal_id == deal.id)))
    assert "portal_access:link_asked" in kinds
