"""How long the server takes for what people do all day, through the event processor and the gate.

    python -m benchmarks.handlers [--deals 10000] [--rounds 15]

Prints one JSON document: milliseconds of every round and their median, statements and bytes of one round. Nothing
of the network and the browser is in these numbers. On SQLite, in a folder of its own that is removed afterwards.
"""

import argparse
import asyncio
import json
import os
import platform
import shutil
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import create_engine

import salestrekker_portal.salestrekker_portal  # noqa: F401  registers every State
from salestrekker_portal.database.session import close_database, open_database
from salestrekker_portal.portals.broker.board.state import BoardState
from salestrekker_portal.portals.client.profile.state import ClientProfileState
from salestrekker_portal.tables.registry import metadata
from tests.hot_paths.conftest import make_big_firm
from tests.hot_paths.screens import opened
from tests.refusals.place import Place
from tests.support.harness import Harness
from tests.support.statements import counted

PROFILE = "/portal/profile/[screen]"
Round = Callable[[int], Awaitable[int]]


def rounds_of(browser: Harness, place: Place) -> dict[str, Round]:
    """What is measured, by name; each returns the bytes that went to the browser."""
    alice = {"cookie": place.cookies["alice"], "path": "/board", "tab": "move"}
    kim = {"cookie": place.cookies["kim"], "path": "/portal/profile/applicant.personal_details", "tab": "save"}
    stages = (place.ids["deal_stage"], place.ids["stage"])
    middle_name = f"applicant.personal_details:{place.ids['kim']}:-:middle_name"

    async def move(n: int) -> int:
        payload = {"deal_id": place.ids["deal"], "stage_id": stages[n % 2 - 1], "after_id": ""}
        await browser.call(BoardState.move, payload, **alice)
        return browser.bytes_sent()

    async def save(n: int) -> int:
        typed = {"field": middle_name, "text": f"Rose {n}", "version": n, "number": str(n + 1)}
        await browser.call(ClientProfileState.save, typed, **kim)
        return browser.bytes_sent()

    def screen(route: str) -> Round:
        return lambda n: opened(browser, place, route, tab=f"{route}-{n}")

    screens = ("/board", "/deals/[deal_id]", "/portal", "/portal/documents", PROFILE, "/partner")
    return {**{f"open {route}": screen(route) for route in screens}, "move a card": move, "save an answer": save}


async def measure(name: str, act: Round, browser: Harness, rounds: int) -> dict:
    """One warm-up, then the rounds. Raises what was refused or went wrong."""
    with counted() as seen:
        sent = await act(0)
    took = []
    for n in range(1, rounds + 1):
        start = time.perf_counter()
        await act(n)
        took.append(round((time.perf_counter() - start) * 1000, 2))
        if browser.refusal:
            raise RuntimeError(f"{name}: {browser.refusal}")
    return {"median_ms": statistics.median(took), "statements": len(seen), "bytes": sent, "ms": took}


async def measure_all(address: str, place: Place, rounds: int) -> dict:
    open_database(address)
    try:
        async with Harness() as browser:
            await opened(browser, place, "/board", tab="move")
            await opened(browser, place, PROFILE, tab="save")
            todo = rounds_of(browser, place)
            return {name: await measure(name, act, browser, rounds) for name, act in todo.items()}
    finally:
        await close_database()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--deals", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=15)
    chosen = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="portal-benchmark-"))
    try:
        engine = create_engine(f"sqlite:///{folder / 'portal.db'}")
        metadata.create_all(engine)
        engine.dispose()
        address = f"sqlite+aiosqlite:///{folder / 'portal.db'}"
        place = make_big_firm(address, chosen.deals)
        found = asyncio.run(measure_all(address, place, chosen.rounds))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    machine = {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count()}
    load = round(os.getloadavg()[0], 1)
    print(json.dumps({"machine": machine, "load": load, "deals": chosen.deals, "results": found}, indent=2))


if __name__ == "__main__":
    main()
