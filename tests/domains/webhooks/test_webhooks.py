"""What happened reaches the firm's other programs once, signed, and is tried again until it does."""

import asyncio
import json
from collections.abc import Mapping
from datetime import timedelta
from ipaddress import IPv4Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update
from standardwebhooks import Webhook as Verifier

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.notices.published import EVENT_WORDS, PUBLISHED, TOLD
from salestrekker_portal.domains.pipeline.moving import move_deal
from salestrekker_portal.domains.webhooks import service
from salestrekker_portal.domains.webhooks.ports import NotDelivered
from salestrekker_portal.domains.webhooks.rounds import tell_programs
from salestrekker_portal.domains.webhooks.rules import PAUSES, checked_events, checked_url, is_public
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.webhooks import HookDelivery, HookState, Webhook

URL = "https://hooks.example.com/portal"


class Program:
    """The other program: what it was sent, and what it answers in turn (the last answer from then on)."""

    def __init__(self, *answers: int | BaseException) -> None:
        self.got: list[tuple[str, bytes, dict[str, str]]] = []
        self._answers = list(answers) or [200]

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        self.got.append((url, body, dict(headers)))
        answer = self._answers[0] if len(self._answers) == 1 else self._answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer


async def added(actor, url: str = URL, events=tuple(EVENT_WORDS)) -> tuple:
    async with transaction() as session:
        return await service.add_webhook(session, actor, url=url, events=events)


async def moved(cast, stage: int = 2) -> None:
    async with transaction() as session:
        await move_deal(session, cast.alice, cast.deal.id, cast.stages[stage].id)


async def rounds(carrier) -> None:
    while await tell_programs(carrier):
        pass


async def deliveries() -> list[HookDelivery]:
    async with reading() as session:
        return list(await session.scalars(select(HookDelivery).order_by(HookDelivery.id)))


async def test_a_move_is_told_once_and_signed(database, cast):
    _, secret = await added(cast.alice)
    await added(cast.mallory, "https://elsewhere.example.com/")
    await moved(cast)
    program = Program()
    await asyncio.gather(*(rounds(program) for _ in range(3)))
    ((url, body, headers),) = program.got
    told = Verifier(secret).verify(body, headers)
    assert url == URL and told == json.loads(body)
    assert (told["event"], told["deal_id"], told["to_stage"]) == ("deal.moved", str(cast.deal.id), cast.stages[2].name)
    (kept,) = await deliveries()
    assert (kept.state, kept.answered, kept.attempts) == (HookState.DELIVERED, 200, 1)


async def test_only_what_was_asked_for_and_only_while_it_is(database, cast):
    key, _ = await added(cast.alice, events=["deal.settled"])
    await moved(cast)
    program = Program()
    await rounds(program)
    assert program.got == []
    await added(cast.alice, events=["deal.moved"])
    async with transaction() as session:
        await service.end_webhook(session, cast.alice, key)
        await service.end_webhook(session, cast.alice, key)
    await moved(cast, 1)
    await rounds(program)
    assert len(program.got) == 1


async def test_a_program_that_fails_is_tried_for_three_days_and_then_again_by_hand(database, cast):
    await added(cast.alice)
    await moved(cast)
    program = Program(NotDelivered("answered 500", 500))
    for turn in range(len(PAUSES) + 3):
        await rounds(program)
        (kept,) = await deliveries()
        wait = kept.due_at - utc_now()
        if kept.state is HookState.FAILED:
            break
        assert timedelta(0) < wait <= PAUSES[turn]
        async with transaction() as session:
            await session.execute(update(HookDelivery).values(due_at=utc_now()))
    assert len(program.got) == len(PAUSES) + 1 == kept.attempts
    assert (kept.answered, kept.problem) == (500, "answered 500")
    assert len({headers["webhook-id"] for *_, headers in program.got}) == 1, "a program can tell a second try"
    async with transaction() as session:
        await service.send_again(session, cast.alice, kept.id)
    better = Program()
    await rounds(better)
    assert len(better.got) == 1 and (await deliveries())[0].state is HookState.DELIVERED


async def test_a_crash_in_the_middle_is_found_again(database, cast):
    await added(cast.alice)
    await moved(cast)

    class Killed(BaseException):
        """The process ended."""

    with pytest.raises(Killed):
        await rounds(Program(Killed()))
    later = Program()
    await rounds(later)
    assert later.got == [], "somebody may still be at it"
    async with transaction() as session:
        await session.execute(update(HookDelivery).values(lease_until=utc_now() - timedelta(seconds=1)))
    await rounds(later)
    assert len(later.got) == 1


async def test_a_firm_without_addresses_leaves_nothing_behind(database, cast):
    await moved(cast)
    await rounds(Program())
    async with reading() as session:
        assert await session.scalar(select(Activity.id).where(Activity.hook_at.is_not(None))) is None
    assert await deliveries() == []


async def test_addresses_are_an_admins(sqlite, cast):
    key, _ = await added(cast.alice)
    await moved(cast)
    await rounds(Program(NotDelivered("no")))
    (delivery,) = await deliveries()
    for actor, refusal in ((cast.bob, NotPermitted), (cast.kim, NotPermitted), (cast.priya, NotPermitted)):
        with pytest.raises(refusal):
            await added(actor)
        async with reading() as session:
            with pytest.raises(refusal):
                await service.webhooks_of(session, actor)
    for actor, refusal in ((cast.bob, NotPermitted), (cast.mallory, NotFound)):
        for deed, of in ((service.end_webhook, key), (service.send_again, delivery.id)):
            with pytest.raises(refusal):
                async with transaction() as session:
                    await deed(session, actor, of)
    async with reading() as session:
        assert await service.webhooks_of(session, cast.mallory) == []
        (listed,) = await service.webhooks_of(session, cast.alice)
    assert [each.id for each in listed.log] == [delivery.id]


async def test_the_secret_is_sealed_and_there_are_ten_at_most(sqlite, cast):
    _, secret = await added(cast.alice)
    async with reading() as session:
        row = (await session.scalars(select(Webhook))).one()
    assert secret.startswith("whsec_") and secret.removeprefix("whsec_") not in str(row.model_dump())
    for number in range(service.MOST - 1):
        await added(cast.alice, f"{URL}/{number}")
    with pytest.raises(Conflict, match="Remove one"):
        await added(cast.alice, f"{URL}/more")


def test_every_event_has_its_words_and_tells_of_no_person():
    assert set(PUBLISHED.values()) == set(EVENT_WORDS)
    assert set(TOLD) <= set(EVENT_WORDS)
    assert not {"contact", "name", "summary", "text"} & {fact for facts in TOLD.values() for fact in facts}


@pytest.mark.parametrize(
    "url",
    [
        "", "hooks", "http://hooks.example.com", "https://", "https://localhost/x", "https://a.localhost", "https://nas.local",
        "https://127.0.0.1/", "https://10.0.0.5/", "https://169.254.169.254/latest/meta-data", "https://[::1]/",
        "https://[::ffff:10.0.0.1]/", "https://192.168.1.1:8443/", "https://user:secret@example.com/",
        "https://example.com/#part", "https://example.com:port/", "ftp://example.com/", "https://router",
        f"https://example.com/{'x' * 500}", "https://0.0.0.0/", "https://100.64.0.1/", "javascript:alert(1)",
        "https://a..example.com/", f"https://{'a' * 64}.example.com/", "https://ex ample.com/", "https://%31%32%37.0.0.1/",
        "https://router.localdomain/", "https://1.0.0.127.in-addr.arpa/", "https://1.2.3.4.5/",
    ],
)  # fmt: skip
def test_addresses_that_are_refused_in_words(url):
    with pytest.raises(Invalid) as refusal:
        checked_url(url)
    assert refusal.value.errors["url"].endswith(".")


SPELLINGS = (
    "{a}", "{a}.", "{n}", "0x{n:x}", "0{n:o}", "{p[0]}.{rest}", "0x{p[0]:x}.{p[1]}.{p[2]}.{p[3]}",
    "0{p[0]:o}.{p[1]}.{p[2]}.{p[3]}",
    "[::{a}]", "[::ffff:{a}]", "[::ffff:0:{a}]", "[64:ff9b::{a}]", "[64:ff9b:1::{a}]", "[2002:{n:08x}::1]",
)  # fmt: skip


def spelled(address: IPv4Address, spelling: str) -> str:
    """A host that leads there, as programs read it."""
    n, p = int(address), address.packed
    host = spelling.format(a=address, n=n, p=p, rest=n & 0xFFFFFF)
    return host.replace(f"{n:08x}", f"{n >> 16:x}:{n & 0xFFFF:x}") if "2002" in spelling else host


@given(
    st.sampled_from(
        ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10"]
    ),
    st.integers(0, 2**24),
    st.sampled_from(SPELLINGS),
    st.booleans(),
)
def test_no_way_of_writing_one_leads_into_the_own_network(network, number, spelling, wide):
    inside = ip_network(network)
    host = spelled(inside[number % inside.num_addresses], spelling)
    if wide and not host.startswith("["):
        host = host.translate({ord("0") + digit: chr(0xFF10 + digit) for digit in range(10)})
    with pytest.raises(Invalid):
        checked_url(f"https://{host}/hook")


@given(st.ip_addresses(v=6))
def test_of_ipv6_only_what_is_handed_out_is_asked(address):
    if is_public(str(address)) and not address.ipv4_mapped:
        assert address.is_global and (address in ip_network("2000::/3") or address in ip_network("64:ff9b::/96"))


@pytest.mark.parametrize(
    "url", ["https://hooks.example.com/x?y=1", "https://93.184.215.14:8443/", "https://bücher.example.com/",
            "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/", "https://[64:ff9b::93.184.215.14]/", "https://a_b.example.com/"],
)  # fmt: skip
def test_addresses_on_the_internet_are_taken(url):
    assert checked_url(url) == url


def test_events_that_are_none():
    for raw in ([], ["deal.moved", "passport.read"], [None]):
        with pytest.raises(Invalid):
            checked_events(raw)
