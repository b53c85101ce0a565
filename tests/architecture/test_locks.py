"""Rows are locked so that inserts pass, deals before what hangs on them, and errors name nothing that was typed."""

import re
from pathlib import Path

import pytest
from sqlalchemy import text

from salestrekker_portal.database.session import make_engine

SOURCE = Path(__file__).parents[2] / "salestrekker_portal"
# `read` waits for those who change the row, and lets everybody read it and point at it.
LETS_INSERTS_PASS = {"key_share=True", "read=True"}
LOCK = re.compile(r"with_for_update\s*(=\s*(?P<option>[\w{]+)|\((?P<inside>[^)]*)\))")
# Lines that lock a client's access or a request for statements must go through their doors, which hold the deal first.
OWN_DOORS = {
    "PortalAccess": "domains/portal_access/queries.py",
    "StatementRequest": "domains/bank_statements/queries.py",
}


def stopping(source: str) -> list[str]:
    """The locks in a source text that would stop inserts that point at the row."""
    found = LOCK.finditer(source)
    return [
        each.group(0)
        for each in found
        if (each["option"] is not None and each["option"] != "HOLD")
        or (each["inside"] is not None and not LETS_INSERTS_PASS & set(re.findall(r"\w+=True", each["inside"])))
    ]


def past_its_door(path: str, source: str) -> list[str]:
    """Rows of a deal that are locked by `session.get` or `existing` without their deal."""
    return [
        line.strip()
        for model, door in OWN_DOORS.items()
        for line in source.splitlines()
        if (f"session.get({model}," in line or f"existing(session, {model}," in line)
        and "with_for_update" in line
        and path != door
    ]


def test_the_check_tells_good_from_bad() -> None:
    assert stopping("session.get(Organisation, key, with_for_update=True)")
    assert stopping("select(Notice).with_for_update()")
    assert not stopping("session.get(Organisation, key, with_for_update=HOLD)")
    assert not stopping("select(Notice).with_for_update(skip_locked=True, key_share=True)")
    assert not stopping("select(Stage).with_for_update(of=Stage, read=True)")
    assert past_its_door("x.py", "await session.get(PortalAccess, key, with_for_update=HOLD)")
    assert not stopping("select(Stage).with_for_update(of=Stage, read=True)")
    assert past_its_door("x.py", "await existing(session, PortalAccess, key, with_for_update=HOLD)")


# Only its own row is read and nothing else is locked after it.
ALONE = {"domains/notifications/typing_rounds.py"}


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_locks_let_inserts_pass_and_go_through_their_doors(path: Path) -> None:
    source, name = path.read_text(), str(path.relative_to(SOURCE))
    assert stopping(source) == []
    assert name in ALONE or past_its_door(name, source) == []


@pytest.mark.parametrize("url", ["sqlite+aiosqlite:///none.db", "postgresql+psycopg://app@127.0.0.1/none"])
def test_every_engine_keeps_what_was_typed_out_of_errors(url: str) -> None:
    assert make_engine(url).sync_engine.hide_parameters


async def test_the_text_of_an_error_has_no_answer_in_it(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path}/some.db")
    async with engine.connect() as connection:
        with pytest.raises(Exception) as raised:
            await connection.execute(text("INSERT INTO nowhere VALUES (:answer)"), {"answer": "I owe my brother"})
    assert "brother" not in str(raised.value)
    await engine.dispose()
