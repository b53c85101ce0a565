"""Many people at work over the wire, and a ledger of what each of them was told is kept.

They behave as the pages do: what has not been answered is said again, with the same intention, until it is. So whatever
breaks in between, everything in the ledger must be found afterwards: every answer, every message once, every file
byte for byte.
"""

import asyncio
import hashlib
import os
import random
import re
import time
import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import httpx
from socketio.exceptions import SocketIOError

from salestrekker_portal.domains.fact_find.places import Spot, field_id
from salestrekker_portal.portals.client.messages.state import MessagesState
from salestrekker_portal.portals.client.profile.state import ClientProfileState
from salestrekker_portal.tables.fact_find import NOBODY
from tests.support.crowd_made import Client
from tests.support.tab import Tab

SECTION = "applicant.personal_details"
FIELDS = ("middle_name", "preferred_name")
BROKEN = (SocketIOError, OSError, TimeoutError, httpx.HTTPError)
# A red notice is on its way.
REFUSAL = '"tone_rx_state_": "bad"'
# A page asks again after so long without an answer.
ASKS_AGAIN_SECONDS = 7.0
LINE_BACK_SECONDS = 0.5


@dataclass
class Ledger:
    """What was acknowledged, how long each took in seconds, and every refusal in words."""

    # (contact, field) -> what was acknowledged, in order; the newest is what must stand there
    answers: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    # document id -> SHA-256 of what was sent, and the Cookie header of who sent it
    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    took: dict[str, list[float]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    said_again: int = 0
    # In every word of this crowd, so that none is taken for another one's.
    name: str = field(default_factory=lambda: uuid.uuid4().hex[:8])

    def note(self, kind: str, began: float) -> None:
        self.took.setdefault(kind, []).append(time.monotonic() - began)

    def percentile(self, kind: str, share: int) -> float:
        """In milliseconds; nothing of a kind is an error, because then nothing was measured."""
        took = sorted(self.took[kind])
        return 1000 * took[min(len(took) - 1, len(took) * share // 100)]


class Worker:
    """Somebody in front of a page, who goes on until told to stop."""

    def __init__(self, url: str, cookie: str, path: str, ledger: Ledger) -> None:
        self.tab = Tab(url, cookie, path)
        self.ledger = ledger
        self.is_here = False

    async def come(self) -> None:
        """On the page, however long that takes."""
        while not self.is_here:
            try:
                await (self.tab.arrive_again() if self.tab.bytes else self.tab.arrive())
                self.is_here = True
            except BROKEN:
                await asyncio.sleep(LINE_BACK_SECONDS)

    async def until_kept(self, kind: str, say: Callable[[bool], Awaitable[None]], answer: str) -> None:
        """Say it until an update says `answer`. `say` is told whether it is a second try."""
        began, again = time.monotonic(), False
        self.tab.want(answer)
        while True:
            await self.come()
            if self.tab.has_come:
                return self.ledger.note(kind, began)
            try:
                await say(again)
                await self._heard(answer)
            except BROKEN:
                self.is_here, again = False, True
                self.ledger.said_again += 1
                await asyncio.sleep(LINE_BACK_SECONDS)
                continue
            return self.ledger.note(kind, began)

    async def _heard(self, answer: str) -> None:
        """Wait for it. Raises TimeoutError, at once when a refusal is said."""
        async with asyncio.timeout(ASKS_AGAIN_SECONDS):
            await self.tab.until("", ASKS_AGAIN_SECONDS)
            while answer not in self.tab.last:
                if REFUSAL in self.tab.last:
                    raise TimeoutError
                await self.tab.until("", ASKS_AGAIN_SECONDS)

    async def leave(self) -> None:
        await self.tab.leave()


class AnsweringClient(Worker):
    """Fills in the same two fields over and over, each time with other words."""

    def __init__(self, url: str, client: Client, ledger: Ledger) -> None:
        super().__init__(url, client.cookie, f"/portal/profile/{SECTION}", ledger)
        self.contact, self.number = client.contact, 0
        # As the page keeps them: what each field's answer had when it was last confirmed.
        self.versions = dict.fromkeys(FIELDS, 0)

    async def act(self) -> None:
        name = FIELDS[self.number % len(FIELDS)]
        self.number += 1
        spot = field_id(Spot(SECTION, uuid.UUID(self.contact), NOBODY, name))
        text, number = f"Crowd {self.ledger.name} {self.number}", f"n{self.number}"
        confirmed = re.compile(rf'"number": "{number}", "version": (\d+)')

        async def say(again: bool) -> None:
            await self.tab.say(f"{ClientProfileState.get_full_name()}.save",
                               field=spot, text=text, version=self.versions[name], number=number)  # fmt: skip

        version = 0
        while not version:
            await self.until_kept("answer", say, f'"number": "{number}"')
            found = confirmed.search(self.tab.last)
            version = int(found[1]) if found else 0
            if not version:  # "Not saved", beside the field
                await asyncio.sleep(LINE_BACK_SECONDS)
        self.versions[name] = version
        self.ledger.answers.setdefault((self.contact, name), []).append(text)


class WritingClient(Worker):
    """Writes messages to the broker."""

    PAUSE = 1.5

    def __init__(self, url: str, client: Client, ledger: Ledger) -> None:
        super().__init__(url, client.cookie, "/portal/messages", ledger)
        self.contact, self.number = client.contact, 0

    async def act(self) -> None:
        """Until it stands in the thread; one that is refused stays in the field, and is pressed anew."""
        self.number += 1
        text = f"Message {self.ledger.name} {self.number} of {self.contact}"
        intention = str(uuid.uuid4())

        async def say(again: bool) -> None:
            nonlocal intention
            more = {"_again": True} if again else {}
            # As a page does: until its answer has come, another press of the same words is the same wish.
            if intention in self.tab.settled:
                intention, more = str(uuid.uuid4()), {}
            await self.tab.say(f"{MessagesState.get_full_name()}.send",
                               form={"text": text}, _intention=intention, **more)  # fmt: skip

        await self.until_kept("message", say, text)
        self.ledger.messages.append(text)


class SendingClient:
    """Sends papers, each tried until it is taken."""

    def __init__(self, url: str, client: Client, ledger: Ledger, size: int = 200_000) -> None:
        self.ledger, self.size, self.number = ledger, size, 0
        headers = {"origin": url, "sec-fetch-site": "same-origin", "cookie": client.cookie}
        self.http = httpx.AsyncClient(base_url=url, headers=headers, timeout=30)

    async def come(self) -> None:
        """A form's file needs no line that stays open."""

    async def act(self) -> None:
        self.number += 1
        body = b"%PDF-1.7\n" + os.urandom(self.size) + b"\n%%EOF\n"
        fields = {"portal": "client", "_intention": str(uuid.uuid4())}
        began = time.monotonic()
        while True:
            try:
                file = {"file": (f"payslip {self.number}.pdf", body, "application/pdf")}
                answer = await self.http.post("/files", data=fields, files=file)
            except BROKEN:
                answer = None
            if answer is not None and answer.status_code < 500:
                break
            self.ledger.said_again += 1
            await asyncio.sleep(LINE_BACK_SECONDS)
        self.ledger.note("file", began)
        if answer.is_success:
            self.ledger.files[answer.json()["id"]] = hashlib.sha256(body).hexdigest(), self.http.headers["cookie"]
        else:
            self.ledger.refused.append(f"file: {answer.status_code} {answer.text[:200]}")

    async def leave(self) -> None:
        await self.http.aclose()


async def keep_at_it(people: list, *, every: float, until: float, chance: random.Random) -> None:
    """Each does one thing about `every` seconds, evenly spread, until this moment of the monotonic clock.

    Somebody who is slower says so: `PAUSE` is how many times as long as the others they wait.
    """

    async def one(person) -> None:
        pause = every * getattr(person, "PAUSE", 1.0)
        await asyncio.sleep(chance.uniform(0, pause))
        while (now := time.monotonic()) < until:
            await person.act()
            left = pause * chance.uniform(0.7, 1.3) - (time.monotonic() - now)
            await asyncio.sleep(max(0.0, left))

    await asyncio.gather(*(one(person) for person in people))


async def all_leave(people: list) -> None:
    for person in people:
        with suppress(*BROKEN):
            await person.leave()
