"""Live topics between processes, over a real Redis that comes and goes."""

import asyncio
import json
import time
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from salestrekker_portal.adapters.live_redis import CHANNEL, MOST_NOTES, RedisLiveBus, _notes, _read
from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.activity.ports import Note
from salestrekker_portal.domains.activity.service import profile_topic, publish_with, touch
from salestrekker_portal.portals.events.live import Subscriptions
from salestrekker_portal.portals.shared.profile.presence import Presence
from tests.support import machine
from tests.support.ports import free_port


class Server:
    """A Redis of our own, which can be killed and started again on its port."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process = None

    async def start(self) -> None:
        command = ("--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no")
        quiet = asyncio.subprocess.DEVNULL
        self._process = await asyncio.create_subprocess_exec(
            machine.redis_server(), *command, stdout=quiet, stderr=quiet
        )
        await until(self._answers)

    async def _answers(self) -> bool:
        try:
            (await asyncio.open_connection("127.0.0.1", self.port))[1].close()
        except OSError:
            return False
        return True

    async def kill(self) -> None:
        self._process.kill()
        await self._process.wait()


class Process:
    """One process of the portal: its bus, and what it heard."""

    def __init__(self, url: str) -> None:
        self.bus = RedisLiveBus(url)
        self.heard: list[frozenset[str]] = []
        self.missed = 0
        self.presence = Presence()
        self.presence.tell_with(self.bus.say)
        self.woken: list[frozenset[str]] = []
        self.tasks = [
            asyncio.create_task(self.bus.carry()),
            asyncio.create_task(self.bus.listen(self._deliver, self._missed, self._hear)),
        ]

    async def _deliver(self, topics: frozenset[str]) -> None:
        self.heard.append(topics)

    async def _hear(self, note: Note) -> None:
        self.woken.append(self.presence.heard(note))

    async def _missed(self) -> None:
        self.missed += 1

    @property
    def topics(self) -> set[str]:
        return set().union(*self.heard)

    async def end(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.bus.close()


async def until(true, seconds: float = 10) -> None:
    """Wait until it is so."""
    ends = time.monotonic() + seconds
    while not (await true() if asyncio.iscoroutinefunction(true) else true()):
        assert time.monotonic() < ends, "it never became so"
        await asyncio.sleep(0.02)


@pytest.fixture(autouse=True)
def nobody_publishes_afterwards():
    yield
    publish_with(None)


@pytest.fixture
async def redis():
    if machine.redis_server() is None:
        pytest.fail(machine.REDIS.hint)
    server = Server()
    await server.start()
    yield server
    await server.kill()


@pytest.fixture
async def processes(redis):
    web, worker = Process(redis.url), Process(redis.url)
    client = Redis.from_url(redis.url)

    async def both_listen() -> bool:
        return (await client.pubsub_numsub(CHANNEL))[0][1] == 2

    await until(both_listen)
    yield web, worker
    await client.aclose()
    for process in (web, worker):
        await process.end()


async def test_what_the_worker_commits_wakes_the_tabs_of_the_web_process(processes, sqlite):
    web, worker = processes
    publish_with(worker.bus.publish)
    async with transaction() as session:
        touch(session, "deal:1", "board:2")
    await until(lambda: web.topics == {"deal:1", "board:2"})
    assert worker.heard == [], "nobody hears themselves: their own tabs were woken directly"


async def test_who_is_typing_is_seen_in_every_process(processes):
    one, other = processes
    deal, kim, alice = uuid4(), uuid4(), uuid4()
    assert one.presence.enter(deal, "a secret token", kim, "Kim Nguyen", "income.salary")
    await until(lambda: len(other.woken) == 1)
    assert other.woken == [frozenset({profile_topic(deal)})]
    [there] = other.presence.others(deal, alice)
    assert (there.person, there.name, there.field_id) == (kim, "Kim Nguyen", "income.salary")
    assert "a secret token" not in there.tab and other.presence.others(deal, kim) == []
    before = there.at
    one.presence.enter(deal, "a secret token", kim, "Kim Nguyen", "income.salary")
    await until(lambda: len(other.woken) == 2)
    assert other.presence.others(deal, alice)[0].at > before, "who stays doesn't expire elsewhere"
    assert other.woken[1] == frozenset(), "and wakes nobody"
    one.presence.enter(deal, "a secret token", kim, "Kim Nguyen", "")
    await until(lambda: other.presence.others(deal, alice) == [])
    one.presence.enter(deal, "a secret token", kim, "Kim Nguyen", "")
    one.presence.enter(deal, "another", alice, "Alice", "income.rent")
    await until(lambda: len(other.woken) == 4)
    assert len(one.woken) == 0 and len(one.presence.others(deal, kim)) == 1


async def test_while_redis_is_away_people_are_seen_here_and_nothing_old_arrives_later(redis, processes):
    one, other = processes
    await redis.kill()
    deal = uuid4()
    for number in range(2_000):
        one.presence.enter(deal, "tab", uuid4(), "Kim", f"field {number}")
    assert len(one.bus._notes) <= MOST_NOTES and len(one.presence.others(deal, uuid4())) == 1
    await until(lambda: not one.bus._notes)
    await redis.start()
    await until(lambda: other.missed == 1)
    await asyncio.sleep(0.5)
    assert other.woken == []


@pytest.mark.parametrize(
    "raw",
    [None, b"[]", b"{}", b'{"notes": 5}', b'{"notes": [5, {"a": 5}]}', b'{"from": "me", "notes": [{"a": "b"}]}', b"x"],
)
def test_notes_that_are_none_are_ignored(raw):
    assert _notes(raw, "me") == []


@pytest.mark.parametrize("note", [{}, {"deal": "x"}, {"deal": "x", "person": "y", "tab": "", "name": "", "field": "f"}])
def test_a_note_that_makes_no_sense_is_nobody(note):
    assert Presence().heard(note) == frozenset()


async def test_a_burst_leaves_as_few_messages(processes):
    web, worker = processes
    for number in range(500):
        await worker.bus.publish(frozenset({f"deal:{number}"}))
    await until(lambda: len(web.topics) == 500)
    assert len(web.heard) <= 3


async def test_a_dead_redis_blocks_nobody_and_what_waited_arrives_when_it_is_back(redis, processes):
    web, worker = processes
    await redis.kill()
    began = time.monotonic()
    for number in range(100):
        await worker.bus.publish(frozenset({f"deal:{number % 10}"}))
    assert time.monotonic() - began < 0.1
    await asyncio.sleep(0.5)
    await redis.start()
    await until(lambda: web.missed == 1 and worker.missed == 1)
    await worker.bus.publish(frozenset({"deal:after"}))
    await until(lambda: "deal:after" in web.topics)


async def test_a_commit_does_not_wait_for_redis(sqlite):
    bus = RedisLiveBus("redis://10.255.255.1:6379/0")
    carrying = asyncio.create_task(bus.carry())
    publish_with(bus.publish)
    began = time.monotonic()
    async with transaction() as session:
        touch(session, "deal:1")
    assert time.monotonic() - began < 1
    carrying.cancel()
    await asyncio.gather(carrying, return_exceptions=True)


async def test_without_end_nothing_grows_without_end():
    bus = RedisLiveBus("redis://127.0.0.1:1/0")
    for number in range(20_000):
        await bus.publish(frozenset({f"deal:{number}"}))
    assert len(bus._waiting) <= 5_001


@pytest.mark.parametrize("raw", [None, 5, b"", b"nonsense", b"{}", b"[]", b"[1]", json.dumps(["a", {}]).encode()])
def test_what_is_not_ours_is_ignored(raw):
    assert _read(raw) == ("", frozenset())


async def test_after_a_gap_every_tab_looks_again():
    tabs = Subscriptions()
    woken = []
    tabs.watch("one", "deal:1")
    tabs.watch("two", "deal:2")

    async def publish(topics):
        woken.append(tabs.watchers(topics))

    tabs.publish = publish
    await tabs.wake_all()
    assert woken == [{"one", "two"}]
