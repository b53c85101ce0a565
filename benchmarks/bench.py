"""`make bench`: the product against the floor, in turn, on this machine.

    python -m benchmarks.bench [--deals 1000 10000] [--rounds 5] [--people 50] [--keep FILE] [--page FILE]

Five rounds of floor, ours, floor, ours; medians and their ratios. Milliseconds belong to the machine and the hour,
ratios of rounds that took turns are what can be compared. Writes the raw numbers as JSON and the page from them.
"""

import argparse
import json
import os
import platform
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks import events, lists, targets, working
from benchmarks.browsing import Visitor
from benchmarks.firm import Firm, make_firm
from benchmarks.servers import both, memory_mb
from salestrekker_portal.build import ROOT, build
from tests.support.browsers import launch_chromium
from tests.support.server import PortalServer

RESULTS = ROOT / "benchmarks" / "results"
PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- written by make bench -->", "<!-- end -->"
WHO = ("floor", "ours")


def one_round(visitor: Visitor, whose: str) -> dict[str, float]:
    """A broker's cold visit: the board, three deals, two moves."""
    found, visit = visitor.board(whose)
    found["kilobytes"] = found.pop("bytes") / 1000
    opened = [visitor.open_deal(whose, visit, n) for n in range(3)]
    found["open_first"], found["open_again"] = opened[0], statistics.median(opened[1:])
    moved = [visitor.move(whose, visit, n) for n in range(2)]
    found["move_kept"] = statistics.median(kept for kept, _, _ in moved)
    found["move_painted"] = statistics.median(painted for _, painted, _ in moved)
    found["move_bytes"] = statistics.median(heard for _, _, heard in moved)
    visit.context.close()
    return found


def _browse(visitor: Visitor, servers: tuple[int, PortalServer], rounds: int, found: dict[str, list[dict]]) -> None:
    floor_pid, ours = servers
    for whose in WHO:
        visitor.board(whose)[1].context.close()  # warm servers, cold browsers
    found["floor"].append({"idle_mb": memory_mb(floor_pid)})
    found["ours"].append({"idle_mb": memory_mb(ours.process.pid)})
    for n in range(rounds):
        for whose in WHO:
            found[whose].append(one_round(visitor, whose) | {"load": os.getloadavg()[0]})
            print(f"{visitor.firm.deals} deals, round {n + 1}, {whose}: {_short(found[whose][-1])}", flush=True)
    for kind in (working.uploads, working.answers):
        for whose, more in zip(WHO, kind(visitor, ours, rounds), strict=True):
            found[whose].extend(more)


def measure(firm: Firm, rounds: int, people: int) -> dict[str, list[dict]]:
    """Everything at one size of firm."""
    found: dict[str, list[dict]] = {whose: [] for whose in WHO}
    with both(firm) as (floor, ours, floor_pid):
        # A loop runs in this thread as long as Playwright does; what follows needs one of its own.
        with sync_playwright() as playwright:
            browser = launch_chromium(playwright)
            _browse(Visitor(browser, firm, floor, ours.url), (floor_pid, ours), rounds, found)
            browser.close()
        found["ours"].append({"session_mb": working.session_mb(firm, ours)})
        keys = lists.make_keys(firm.data / "portal.db")
        for _ in range(rounds):
            found["floor"].append(lists.measure(floor, "/deals", keys))
            found["ours"].append(lists.measure(ours.url, "/api/v1/deals?limit=50", keys))
        if people:
            alice, deal = firm.place.cookies["alice"], f"/deals/{firm.place.ids['deal']}"
            crowds = events.measure(floor, ours.url, alice, deal, people=people, every=1.0, seconds=5)
            for whose, each in zip(WHO, crowds, strict=True):
                found[whose].append(each)
    return found


def _short(found: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.0f}" for name, value in found.items() if name not in ("nodes", "load"))


def machine() -> dict[str, object]:
    return {
        "when": datetime.now(UTC).isoformat(timespec="minutes"),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "system": platform.system(),
        "python": platform.python_version(),
        "load": [round(each, 1) for each in os.getloadavg()],
    }


def write_page(raw: dict) -> None:
    """The table of the last run, into its place in the page."""
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    facts = raw["machine"]
    loads = [each["load"] for size in raw["sizes"].values() for each in size["ours"] if "load" in each]
    rounds = sum("painted" in each for each in next(iter(raw["sizes"].values()))["ours"])
    said = (
        f"{facts['when']}: {facts['cores']} cores, {facts['memory_gb']} GB, {facts['system']}, Python "
        f"{facts['python']}; {rounds} rounds; one-minute load {min(loads):.1f} to {max(loads):.1f} meanwhile."
    )
    PAGE.write_text(f"{before}{BEGIN}\n\n{said}\n\n{targets.table(raw['sizes'])}\n\n{END}{after}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--deals", type=int, nargs="+", default=[1000, 10_000])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--people", type=int, default=50)
    options.add_argument("--keep", type=Path, default=RESULTS / "last.json")
    options.add_argument("--no-page", action="store_true", help="leave docs/benchmarks.md as it is")
    chosen = options.parse_args()
    build()
    raw: dict = {"machine": machine(), "sizes": {}}
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        for deals in chosen.deals:
            people = chosen.people if deals == chosen.deals[0] else 0
            raw["sizes"][str(deals)] = measure(make_firm(Path(folder), deals), chosen.rounds, people)
    raw["seconds"] = round(time.monotonic() - began)
    chosen.keep.write_text(json.dumps(raw, indent=1) + "\n")
    if not chosen.no_page:
        write_page(raw)
    print(targets.table(raw["sizes"]))


if __name__ == "__main__":
    main()
