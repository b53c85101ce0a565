"""Rents that stood on each owner's page, as firms hold them today, are one list afterwards: nothing of them is lost."""

import json
import sqlite3
from pathlib import Path

from tests.support.migrations import alembic, upgrade

KIM, SAM, NOBODY = (f"{number:032x}" for number in (0xA, 0xB, 0))
DEAL, FLAT, UNIT = (f"{number:032x}" for number in (0xD, 0xF1, 0xF2))


def _answer(known: sqlite3.Connection, key: str, subject: str, item: str, field: str, raw: str) -> None:
    known.execute(
        "INSERT INTO answers (id, created_at, deal_id, subject_id, section_id, item_id, field_key, raw, version, "
        "author_id, author_name, answered_at) VALUES (?, '2026-01-01', ?, ?, 'income.rental', ?, ?, ?, 3, ?, 'Kim', "
        "'2026-01-01')",
        (key * 16, DEAL, subject, item, field, raw, KIM),
    )


def test_each_rent_keeps_its_answers_its_history_and_whose_it_is(tmp_path: Path) -> None:
    url, file = f"sqlite+aiosqlite:///{tmp_path}/rents.db", tmp_path / "rents.db"
    alembic(url, "upgrade", "b7d4410e9c33")
    shares = json.dumps({KIM: 40, SAM: 60})
    with sqlite3.connect(file) as known:
        for item, subject in ((FLAT, KIM), (UNIT, SAM)):
            known.execute(
                "INSERT INTO fact_find_items (id, created_at, deal_id, section_id, subject_id, position) "
                "VALUES (?, '2026-01-01', ?, 'income.rental', ?, 0)",
                (item, DEAL, subject),
            )
        _answer(known, "a1", KIM, FLAT, "amount", "600")
        _answer(known, "a2", SAM, UNIT, "amount", "450")
        _answer(known, "a3", SAM, UNIT, "ownership", shares)
        _answer(known, "a4", KIM, NOBODY, "nothing_to_add", "yes")
        known.execute(
            "INSERT INTO answer_changes (id, created_at, answer_id, version, raw, author_id, author_name, answered_at) "
            "VALUES (?, '2026-01-01', ?, 2, '580', ?, 'Kim', '2026-01-01')",
            ("c1" * 16, "a1" * 16, KIM),
        )
    known.close()
    upgrade(url)
    with sqlite3.connect(file) as known:
        items = dict(known.execute("SELECT id, subject_id FROM fact_find_items").fetchall())
        rows = known.execute("SELECT item_id, subject_id, field_key, raw, version FROM answers").fetchall()
        history = known.execute("SELECT answer_id, raw FROM answer_changes").fetchall()
    known.close()
    assert items == {FLAT: NOBODY, UNIT: NOBODY}
    read = {(item, field): (subject, raw, version) for item, subject, field, raw, version in rows if item != NOBODY}
    assert read[FLAT, "amount"] == (NOBODY, "600", 3) and read[UNIT, "amount"] == (NOBODY, "450", 3)
    assert read[UNIT, "ownership"][1] == shares
    assert json.loads(read[FLAT, "ownership"][1].replace("-", "")) == {KIM: 100}
    said = {(subject, raw) for item, subject, field, raw, _ in rows if field == "nothing_to_add"}
    assert said == {(KIM, "yes"), (NOBODY, "yes")}
    assert history == [("a1" * 16, "580")]
