"""`python -m salestrekker_portal.status`: how the portal stands, for whoever runs it.

    --json             the same for programs
    --withdraw-queue   give up all that waits to be sent, after a restore, and say how much that was

It ends with 1 when something needs somebody. It reads the same settings as the server and the worker, and tells
nothing about people: firms, kinds and counts.
"""

import argparse
import asyncio
import json
import os
import sys
from typing import Any

from salestrekker_portal.config import BadSettings, demand_a_place, settings
from salestrekker_portal.database.clock import follow_the_database
from salestrekker_portal.database.session import close_database, open_database, reading, transaction
from salestrekker_portal.domains.outbox.queue import WAITING, dead_letters, queues
from salestrekker_portal.domains.outbox.service import withdraw_queue
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.logs import write_logs
from salestrekker_portal.watching.disk import MEGABYTE, free_bytes
from salestrekker_portal.watching.readiness import checks
from salestrekker_portal.watching.workers import all_workers, lives

MOST_LETTERS = 20
OVERDUE_SECONDS = 900


async def status() -> dict[str, Any]:
    """Everything, as plain values. Instants are UTC, ages are whole seconds."""
    open_database(settings().database)
    found = await checks()
    told: dict[str, Any] = {
        "parts": {each.part: each.told for each in found},
        "disk_free_mb": free_bytes(settings().data) // MEGABYTE,
        "workers": [], "queue": [], "dead_letters": [],
    }  # fmt: skip
    if told["parts"]["database"] == "ok":
        await follow_the_database()
        async with reading() as session:
            told["workers"] = [
                {"name": each.name, "seen": each.seen_at.isoformat(timespec="seconds"), "lives": lives(each)}
                for each in await all_workers(session)
            ]
            told["queue"] = [
                {
                    "channel": each.channel.value, "status": each.status.value, "count": each.count,
                    "oldest_seconds": int(each.oldest.total_seconds()),
                }
                for each in await queues(session)
            ]  # fmt: skip
            told["dead_letters"] = [
                {
                    "at": each.at.isoformat(timespec="seconds"), "firm": each.firm, "kind": each.kind,
                    "channel": each.channel.value, "status": each.status.value, "reason": each.reason or "other",
                    "attempts": each.attempts,
                }
                for each in await dead_letters(session, MOST_LETTERS)
            ]  # fmt: skip
    await close_database()
    told["needs_you"] = _needs_somebody(told)
    return told


async def withdraw() -> int:
    """Give up what waits, as after a restore; how many."""
    open_database(settings().database)
    async with transaction() as session:
        count = await withdraw_queue(session)
    await close_database()
    return count


def _needs_somebody(told: dict[str, Any]) -> list[str]:
    needs = [f"{part}: {sentence}" for part, sentence in told["parts"].items() if sentence != "ok"]
    waiting = {each.value for each in WAITING}
    for each in told["queue"]:
        if each["status"] in waiting and each["oldest_seconds"] > OVERDUE_SECONDS:
            waits = counted(each["oldest_seconds"] // 60, "minute")
            needs.append(f"queue: {each['channel']} {each['status']} for {waits}")
    return needs


def in_words(told: dict[str, Any]) -> str:
    """For a terminal."""
    lines = [f"{part:<10} {sentence}" for part, sentence in told["parts"].items()]
    lines.append(f"{'disk':<10} {told['disk_free_mb']} MB free")
    lines += [
        f"{'worker':<10} {w['name']}, heard {w['seen']}{'' if w['lives'] else ', missing'}" for w in told["workers"]
    ]
    lines += [
        f"{'queue':<10} {q['channel']} {q['status']}: {q['count']}, the oldest for {q['oldest_seconds']} s"
        for q in told["queue"]
    ]
    lines += [
        f"{'dead':<10} {d['at']} {d['firm']}: {d['kind']} by {d['channel']}, {d['status']} ({d['reason']}), "
        f"tried {d['attempts']}"
        for d in told["dead_letters"]
    ]
    lines += [f"{'NEEDS YOU':<10} {each}" for each in told["needs_you"]]
    return "\n".join(lines)


def main() -> None:
    """Print it; 1 when something needs somebody."""
    parser = argparse.ArgumentParser(prog="python -m salestrekker_portal.status", description=__doc__)
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--withdraw-queue", action="store_true", help="give up all that waits to be sent")
    wanted = parser.parse_args()
    try:
        demand_a_place(os.environ)
        settings()
    except BadSettings as refusal:
        sys.exit(str(refusal))
    write_logs(sys.stderr)
    if wanted.withdraw_queue:
        print(f"Given up: {counted(asyncio.run(withdraw()), 'message')}.")
        return
    told = asyncio.run(status())
    print(json.dumps(told, indent=2) if wanted.json else in_words(told))
    sys.exit(1 if told["needs_you"] else 0)


if __name__ == "__main__":
    main()
