"""What people typed is a parameter of statements, and stays out of errors and so of the log."""

import logging
import traceback

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from salestrekker_portal.config import LogAs
from salestrekker_portal.database.session import make_engine
from salestrekker_portal.logs import AsJson, AsText

TYPED = "My husband is Tāne\nand owes 12,345"
BAD_STATEMENTS = {
    "a row that lacks a column": ("INSERT INTO papers (name, told) VALUES (NULL, :typed)", {"typed": TYPED}),
    "a second of one": ("INSERT INTO papers (name, told) VALUES (:typed, 'x')", {"typed": TYPED}),
    "no such table": ("INSERT INTO nowhere (told) VALUES (:typed)", {"typed": TYPED}),
}
ONLY_POSTGRES = {
    "no number": ("SELECT CAST(CAST(:typed AS text) AS integer)", {"typed": TYPED}),
    "twice at once": ("INSERT INTO papers (name, told) VALUES (:typed, 'x'), (:typed, 'y')", {"typed": TYPED + "!"}),
}


async def errors(url: str, statements: dict) -> list[str]:
    """All that could be written of each: the message, the traceback, and both forms of the log."""
    engine = make_engine(url)
    told = []
    async with engine.begin() as made:
        await made.execute(text("CREATE TABLE papers (name VARCHAR(200) NOT NULL UNIQUE, told VARCHAR(200))"))
        await made.execute(text("INSERT INTO papers (name, told) VALUES (:typed, '')"), {"typed": TYPED})
    for statement, parameters in statements.values():
        with pytest.raises(SQLAlchemyError) as failure:
            async with engine.begin() as trying:
                await trying.execute(text(statement), parameters)
        error = failure.value
        record = logging.LogRecord("x", 40, __file__, 1, "failed", (), (type(error), error, error.__traceback__))
        told += [str(error), "".join(traceback.format_exception(error))]
        told += [AsText().format(record), AsJson().format(record)]
    await engine.dispose()
    return told


async def test_sqlite(tmp_path) -> None:
    told = await errors(f"sqlite+aiosqlite:///{tmp_path}/e.db", BAD_STATEMENTS)
    assert len(told) == 4 * len(BAD_STATEMENTS)
    assert not [each for each in told if "12,345" in each or "Tāne" in each or "T\\u0101ne" in each]


@pytest.mark.postgres
async def test_postgres(empty_postgres_url: str) -> None:
    told = await errors(empty_postgres_url, BAD_STATEMENTS | ONLY_POSTGRES)
    assert len(told) == 4 * 5
    assert not [each for each in told if "12,345" in each or "Tāne" in each or "T\\u0101ne" in each]
    assert any("null value in column" in each for each in told) and any("invalid input syntax" in each for each in told)


def test_both_forms_have_a_name() -> None:
    assert {LogAs("text"), LogAs("json")} == set(LogAs)
