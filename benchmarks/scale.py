"""How much a firm, or all of them on one installation, would need: arithmetic from measured numbers, and a simulation.

python -m benchmarks.scale prints the tables of docs/scale.md, between its marks. What was measured and what is assumed
stand apart; change an assumption and print again. The simulation is of one web process in the busiest hour: its tabs
stay with it, so each process is a queue of its own.
"""

import math
import random
from dataclasses import dataclass

SIZES = (10, 500, 5_000, 50_000)

# Measured (docs/scale.md says with what): a page opened with all its events, something written, a small look.
OPEN_MS, WRITE_MS, LOOK_MS = 20.0, 9.0, 3.1
AT_REST_MB, BOARD_MB = 250, 1.07
REDIS_KB = {"broker": 95, "client": 31, "partner": 68}
# Tabs whose connection is closed are let go after a quarter of an hour.
LINGER_H = 0.25


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """What people do. Shares are of those who exist; rates are of those who are in, each an hour at its busiest."""

    deals_open: int = 40
    clients_a_deal: float = 1.6
    partners: int = 10
    brokers_in: float = 0.6
    clients_in: float = 0.01
    partners_in: float = 0.01
    tabs_of_a_broker: int = 2
    presses_of_a_broker: int = 100
    presses_of_a_client: int = 240
    presses_of_a_partner: int = 60
    # Of what people press: opens a page, writes something; the rest looks at one thing more.
    opening: float = 0.3
    writing: float = 0.3
    # What state in Redis makes of the work of an event; what a client's tab holds of a board's; what processes with
    # Redis keep of the tabs that they serve.
    with_redis: float = 2.0
    client_of_a_board: float = 0.33
    kept_beside_redis: float = 0.1
    deals_a_year: int = 60
    files_a_deal: int = 30
    mb_a_file: float = 1.8
    years_kept: int = 7
    texts_a_client: float = 4.0
    segments_a_text: float = 1.5
    # Of a day's messages, how much falls into its busiest hour; days on which people work.
    busiest_hour: float = 0.18
    days: int = 240
    # Prices in A$: a core with 4 GB a month, a TB of a bucket a month, a segment of a text.
    core: float = 40.0
    terabyte: float = 35.0
    segment: float = 0.08


ASSUMED = Assumed()


@dataclass(frozen=True, kw_only=True)
class Need:
    """What so many brokers need in their busiest hour."""

    brokers: int
    connections: int
    presses: float
    commits: float
    processes: int
    p95_ms: float
    memory_gb: float
    redis_gb: float
    texts: float
    storage_tb: float
    monthly: float


def people_in(brokers: int, a: Assumed = ASSUMED) -> dict[str, float]:
    """Tabs that are open in the busiest hour, by portal."""
    clients = brokers * a.deals_open * a.clients_a_deal
    return {
        "broker": brokers * a.brokers_in * a.tabs_of_a_broker,
        "client": clients * a.clients_in,
        "partner": brokers * a.partners * a.partners_in,
    }


def presses_a_second(brokers: int, a: Assumed = ASSUMED) -> float:
    tabs = people_in(brokers, a)
    return (
        tabs["broker"] / a.tabs_of_a_broker * a.presses_of_a_broker
        + tabs["client"] * a.presses_of_a_client
        + tabs["partner"] * a.presses_of_a_partner
    ) / 3600


def mean_work(a: Assumed = ASSUMED, *, several: bool) -> float:
    """Milliseconds of a process that a press takes on average. `several`: state lies in Redis."""
    once = OPEN_MS * a.opening + WRITE_MS * a.writing + LOOK_MS * (1 - a.opening - a.writing)
    return once * (a.with_redis if several else 1)


def answered_within(rate: float, *, several: bool, seconds: int = 240, a: Assumed = ASSUMED) -> float:
    """The 95th percentile of the time to an answer, in ms, of one process that hears `rate` presses a second.

    Arrivals are by chance (Poisson), work is spread around its mean (log-normal, sigma 0.6), one at a time.
    """
    chance, now, free, took = random.Random(7), 0.0, 0.0, []  # noqa: S311  a simulation, the same each time
    kinds, shares = (OPEN_MS, WRITE_MS, LOOK_MS), (a.opening, a.writing, 1 - a.opening - a.writing)
    while now < seconds:
        now += chance.expovariate(rate)
        mean = chance.choices(kinds, shares)[0] * (a.with_redis if several else 1) / 1000
        free = max(now, free) + chance.lognormvariate(math.log(mean) - 0.18, 0.6)
        took.append(free - now)
    return sorted(took)[int(len(took) * 0.95)] * 1000


def processes_for(presses: float, *, bound_ms: float = 150, uneven: float = 1.25) -> tuple[int, float]:
    """The fewest processes whose busiest one (a quarter above the mean) answers 95 of 100 within the bound."""
    count = 1
    while True:
        several = count > 1
        rate = presses / count * (uneven if several else 1)
        if rate * mean_work(several=several) < 900:
            p95 = answered_within(rate, several=several)
            if p95 <= bound_ms:
                return count, p95
        count += 1 if count < 20 else max(1, count // 50)


def need(brokers: int, a: Assumed = ASSUMED) -> Need:
    tabs, presses = people_in(brokers, a), presses_a_second(brokers, a)
    processes, p95 = processes_for(presses)
    open_mb = tabs["broker"] * BOARD_MB + (tabs["client"] + tabs["partner"]) * BOARD_MB * a.client_of_a_board
    # One process keeps its tabs itself; several keep them in Redis, and hold what they work on.
    memory_gb = (processes * AT_REST_MB + (open_mb if processes == 1 else open_mb * a.kept_beside_redis)) / 1024
    lingering = 1 + LINGER_H
    redis_gb = 0.0 if processes == 1 else sum(tabs[who] * REDIS_KB[who] for who in tabs) * lingering / 1024 / 1024
    deals = brokers * a.deals_a_year
    storage_tb = deals * a.files_a_deal * a.mb_a_file * a.years_kept / 1024 / 1024
    texts_a_year = deals * a.clients_a_deal * a.texts_a_client
    # Database, proxy, workers and a spare of everything: as much again as the web processes, at least two cores.
    cores = max(2, processes * 2)
    monthly = cores * a.core + storage_tb * a.terabyte + texts_a_year / 12 * a.segments_a_text * a.segment
    return Need(
        brokers=brokers, connections=round(sum(tabs.values())), presses=presses, commits=presses * a.writing,
        processes=processes, p95_ms=p95, memory_gb=memory_gb, redis_gb=redis_gb,
        texts=texts_a_year / a.days * a.busiest_hour / 3600, storage_tb=storage_tb, monthly=monthly,
    )  # fmt: skip


HEADS = (
    "brokers", "tabs open", "presses a second", "commits a second", "web processes", "p95 of an answer", "their memory",
    "Redis", "texts a second", "files after seven years", "A$ a month",
)  # fmt: skip


def table() -> str:
    """What each size needs, as Markdown."""
    lines = [f"| {' | '.join(HEADS)} |", "|---" * len(HEADS) + "|"]
    for n in map(need, SIZES):
        cells = (
            f"{n.brokers:,}", f"{n.connections:,}", f"{n.presses:,.1f}", f"{n.commits:,.1f}", f"{n.processes:,}",
            f"{n.p95_ms:.0f} ms", f"{n.memory_gb:,.1f} GB", f"{n.redis_gb:,.1f} GB", f"{n.texts:,.2f}",
            f"{n.storage_tb:,.1f} TB", f"{n.monthly:,.0f}",
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
