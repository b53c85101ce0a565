"""Looking through `search_entries`: by FTS5 on SQLite, by LIKE on PostgreSQL, which pg_trgm's index answers."""

from collections.abc import Collection, Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select, case, func, or_, select, union_all

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.kernel.names import beginning, sought
from salestrekker_portal.tables.search import SearchEntry

# Letters that an index of trigrams can look for at least.
TRIGRAM = 3

_index = sa.table("search_index", sa.column("rowid"), sa.column("words"), sa.column("rank"))


async def subjects_with(
    session: ReadSession, organisation_id: UUID, wanted: Mapping[str, list[str]], *, each: int
) -> dict[str, list[UUID]]:
    """The newest `each` of every kind that hold all needles (folded words) of that kind, by kind. One statement."""
    found = [
        select(_with_all(session, organisation_id, kind, needles).limit(each).subquery())
        for kind, needles in wanted.items()
    ]
    rows = await session.execute(union_all(*found))
    by_kind: dict[str, list[UUID]] = {kind: [] for kind in wanted}
    for kind, subject_id in rows:
        by_kind[kind].append(subject_id)
    return by_kind


async def subjects_like(
    session: ReadSession, organisation_id: UUID, groups: Collection[tuple[str, ...]], needle: str, *, most: int
) -> dict[tuple[str, ...], list[UUID]]:
    """Of each group of kinds, those that hold a needle without its slip, or share the most runs of three letters with
    it, the closest first.

    One statement.
    """
    runs = sorted({needle[at : at + TRIGRAM] for at in range(len(needle) - TRIGRAM + 1)} | _without_a_slip(needle))
    close: dict[tuple[str, ...], list[UUID]] = {kinds: [] for kinds in groups}
    if runs:
        like = [_like(session, organisation_id, kinds, runs).limit(most).subquery() for kinds in groups]
        for kind, subject_id in await session.execute(union_all(*[select(each) for each in like])):
            next(found for kinds, found in close.items() if kind in kinds).append(subject_id)
    return close


def _like(session: ReadSession, organisation_id: UUID, kinds: tuple[str, ...], runs: list[str]) -> Select:
    entry = SearchEntry
    found = select(entry.kind, entry.subject_id).where(entry.organisation_id == organisation_id, entry.kind.in_(kinds))
    if _is_sqlite(session):
        found = found.join(_index, _index.c.rowid == entry.id)
        found = found.where(_index.c.words.op("MATCH")(" OR ".join(f'"{run}"' for run in runs)))
        return found.order_by(_index.c.rank)
    holds = [entry.words.like(f"%{run}%") for run in runs]
    # A whole word says more than three letters of it; FTS5 knows that by how rare each is.
    weights = [len(run) - TRIGRAM + 1 for run in runs]
    counted = zip(holds, weights, strict=True)
    shared: ColumnElement[int] = sum((case((each, weight), else_=0) for each, weight in counted), sa.literal(0))
    # Of two that share as many, the shorter text says less beside it.
    return found.where(or_(*holds)).order_by(shared.desc(), func.length(entry.words), entry.id.desc())


def _without_a_slip(needle: str) -> set[str]:
    """What was meant, where two letters were swapped or one too many was typed: those two leave a short word no run
    of three letters ("ngyuen", "nguyen")."""
    swapped = {needle[:at] + needle[at + 1] + needle[at] + needle[at + 2 :] for at in range(len(needle) - 1)}
    shorter = {needle[:at] + needle[at + 1 :] for at in range(len(needle))}
    return {each for each in swapped | shorter if len(each) >= TRIGRAM} - {needle}


def _with_all(session: ReadSession, organisation_id: UUID, kind: str, needles: list[str]) -> Select:
    entry = SearchEntry
    found = select(entry.kind, entry.subject_id).where(entry.organisation_id == organisation_id, entry.kind == kind)
    long = [sought(needle) for needle in needles if len(needle) >= TRIGRAM]
    # Fewer letters begin a word, or nearly everybody would be found.
    found = found.where(*(entry.words.like(beginning(needle)) for needle in needles if len(needle) < TRIGRAM))
    if not _is_sqlite(session):
        return found.where(*(entry.words.like(f"%{needle}%") for needle in long)).order_by(entry.id.desc())
    if not long:
        return found.order_by(entry.id.desc())
    found = found.join(_index, _index.c.rowid == entry.id)
    # Folded words are letters and digits only: nothing in them means anything to FTS5.
    found = found.where(_index.c.words.op("MATCH")(" AND ".join(f'"{needle}"' for needle in long)))
    return found.order_by(_index.c.rowid.desc())


def _is_sqlite(session: ReadSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"
