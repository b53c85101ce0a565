"""A firm of a size, the same every time, for the product and for the floor."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from benchmarks.floor import open_store
from tests.hot_paths.conftest import make_big_firm
from tests.refusals.place import Place
from tests.support import migrations

FLOOR_TABLES = """
CREATE TABLE deal (id TEXT PRIMARY KEY, stage TEXT, rank TEXT, name TEXT, contact TEXT, owner TEXT);
CREATE TABLE file (deal TEXT, name TEXT);
CREATE INDEX of_deal ON file (deal);
"""
COPY_DEALS = """
SELECT deals.id, stages.name, deals.rank, deals.name, deals.clients_line, users.first_name || ' ' || users.last_name
FROM deals JOIN stages ON stages.id = deals.stage_id JOIN users ON users.id = deals.owner_id
WHERE deals.workflow_id = ? AND deals.archived_at IS NULL
"""


@dataclass(frozen=True, kw_only=True)
class Firm:
    """Where its data is, who is in it, and how many open deals each stage has, in order, by the stage's id."""

    deals: int
    data: Path
    floor: Path
    place: Place
    counts: dict[str, int]


def make_firm(folder: Path, deals: int) -> Firm:
    """`deals` deals with everything in proportion, and the same deals in the floor's own tables."""
    data = folder / f"ours-{deals}"
    data.mkdir()
    path = data / "portal.db"
    migrations.upgrade(f"sqlite+aiosqlite:///{path}")
    place = make_big_firm(f"sqlite+aiosqlite:///{path}", deals)
    ours, floor = sqlite3.connect(path), open_store(str(folder / f"floor-{deals}.db"))
    workflow = place.ids["workflow"].replace("-", "")
    floor.executescript(FLOOR_TABLES)
    floor.execute("BEGIN")
    floor.executemany("INSERT INTO deal VALUES (?, ?, ?, ?, ?, ?)", ours.execute(COPY_DEALS, (workflow,)))
    floor.executemany("INSERT INTO file VALUES (?, ?)", ours.execute("SELECT deal_id, name FROM documents"))
    floor.execute("COMMIT")
    floor.close()
    counted = ours.execute(
        "SELECT s.id, (SELECT count(*) FROM deals d WHERE d.stage_id = s.id AND d.archived_at IS NULL) FROM stages s "
        "WHERE s.workflow_id = ? ORDER BY s.position",
        (workflow,),
    ).fetchall()
    ours.close()
    counts = {str(UUID(stage)): count for stage, count in counted}
    return Firm(deals=deals, data=data, floor=folder / f"floor-{deals}.db", place=place, counts=counts)
