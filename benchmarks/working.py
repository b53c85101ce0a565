"""Uploads, answers and many open boards: what people do for a living, beside looking at boards."""

import asyncio
import os
import time

import httpx
from playwright.sync_api import expect

from benchmarks.browsing import Visitor
from benchmarks.events import Person
from benchmarks.firm import Firm
from benchmarks.servers import memory_mb
from tests.support.server import PortalServer

FILE_MB, BOARDS = 20, 40
FIELD = "Middle name"
Found = tuple[list[dict[str, float]], list[dict[str, float]]]


def uploads(visitor: Visitor, ours: PortalServer, rounds: int) -> Found:
    """A file of 20 MB to each, in turn: (floor, ours), milliseconds until it is stored."""
    place = visitor.firm.place
    headers = {"origin": ours.url, "sec-fetch-site": "same-origin", "cookie": place.cookies["alice"]}
    fields = {"portal": "broker", "deal": place.ids["deal"]}
    found: Found = ([], [])
    with httpx.Client(timeout=60) as client:
        for n in range(rounds):
            body = b"%PDF-1.7\n" + os.urandom(FILE_MB * 1_000_000) + b"\n%%EOF\n"
            for whose, kept in zip(("floor", "ours"), found, strict=True):
                url = visitor.urls[whose] + ("/upload" if whose == "floor" else "/files")
                file = {"file": (f"bank-{n}.pdf", body, "application/pdf")}
                start = time.perf_counter()
                client.post(url, data=fields, files=file, headers=headers).raise_for_status()
                kept.append({"upload": (time.perf_counter() - start) * 1000})
    return found


def answers(visitor: Visitor, ours: PortalServer, rounds: int) -> Found:
    """One answer after the other, each from leaving its field until the server says that it has it.

    The floor's UPDATE of a move, over its own page's request, is what this is compared with.
    """
    place = visitor.firm.place
    found: Found = ([], [])
    visit = visitor.arrive("ours", "kim", "/portal/profile/applicant.personal_details")
    field = visit.page.get_by_label(FIELD)
    expect(field).to_be_editable()
    visit.page.evaluate("addEventListener('focusout', () => { __at.left = performance.now(); }, true)")
    for n in range(rounds * 2):
        visit.page.evaluate("__heard.length = 0")
        field.fill(f"Rose {n}")
        field.press("Tab")
        heard = "__heard.find(([when, said]) => when > __at.left && said.includes('\"ack'))"
        visit.page.wait_for_function(heard)
        found[1].append({"answer_kept": visit.page.evaluate(f"{heard}[0] - __at.left")})
    visit.context.close()
    visit = visitor.arrive("floor", "kim", "/board")
    move = f"{{deal: '{place.ids['deal']}', stage: 'X'}}"
    post = f"fetch('/move', {{method: 'POST', body: JSON.stringify({move})}})"
    for _ in range(rounds * 2):
        took = f"async () => {{ const begun = performance.now(); await {post}; return performance.now() - begun; }}"
        found[0].append({"answer_kept": visit.page.evaluate(took)})
    visit.context.close()
    return found


def session_mb(firm: Firm, ours: PortalServer) -> float:
    """Megabytes that each open board adds to the server."""
    cookie = firm.place.cookies["alice"]

    async def open_boards() -> float:
        before = memory_mb(ours.process.pid)
        people = [Person(ours.url, cookie, "/board") for _ in range(BOARDS)]
        for person in people:
            await person.arrive()
        after = memory_mb(ours.process.pid)
        for person in people:
            await person.leave()
        return (after - before) / BOARDS

    return asyncio.run(open_boards())
