"""A database of the shape before questions were merged: every answer is still there, and says the same to the new."""

import sqlite3
from pathlib import Path

from salestrekker_portal.domains.questions.catalogue import COUNTRIES, every_page
from tests.support.migrations import alembic, upgrade

BEFORE = "c47d90be1a63"
DEAL, OTHER, KIM, NOBODY = (f"{number:032x}" for number in (1, 2, 3, 0))
OLD = [
    ("product_requirements.rate", NOBODY, "fixed_rate", "important"),
    ("product_requirements.rate", NOBODY, "variable_rate", "do_not_want"),
    ("product_requirements.repayment", NOBODY, "principal_and_interest", "important"),
    ("product_requirements.repayment", NOBODY, "interest_only", "not_important"),
    ("product_requirements.features", NOBODY, "offset_account", "important"),
    ("product_requirements.features", NOBODY, "redraw", "not_important"),
    ("needs.borrowing", NOBODY, "first_home_buyer", "yes"),
    ("needs.borrowing", NOBODY, "deposit_source", "savings"),
    ("risks.comfort", KIM, "interest", "high"),
    ("risks.safety_net", KIM, "will", "yes"),
    ("applicant.employment", KIM, "started_on", "03/08/2021"),
]


def _answers(path: Path) -> list[tuple]:
    known = sqlite3.connect(path)
    rows = known.execute("SELECT deal_id, section_id, subject_id, field_key, raw, version FROM answers").fetchall()
    known.close()
    return rows


def test_none_is_lost_and_the_merged_questions_begin_with_what_was_said(tmp_path: Path) -> None:
    url, path = f"sqlite+aiosqlite:///{tmp_path}/held.db", tmp_path / "held.db"
    alembic(url, "upgrade", BEFORE)
    known = sqlite3.connect(path)
    known.execute("INSERT INTO contacts (id, created_at, organisation_id, kind, first_name, last_name, company_name) "
                  "VALUES (?, '2026-01-01', ?, 'person', 'Kim', 'Doe', '')", (KIM, DEAL))  # fmt: skip
    known.execute("INSERT INTO deal_applicants (id, created_at, deal_id, contact_id, role, position) "
                  "VALUES (?, '2026-01-01', ?, ?, 'client', 0)", ("a" * 32, DEAL, KIM))  # fmt: skip
    rows = [(DEAL, *each) for each in OLD] + [(OTHER, "product_requirements.rate", NOBODY, "fixed_rate", "important")]
    for number, (deal, section, subject, key, raw) in enumerate(rows):
        known.execute(
            "INSERT INTO answers (id, created_at, deal_id, subject_id, section_id, item_id, field_key, raw, version, "
            "author_id, author_name, answered_at) VALUES (?, '2026-01-01', ?, ?, ?, ?, ?, ?, 1, ?, 'K', '2026-01-02')",
            (f"{number + 100:032x}", deal, subject, section, NOBODY, key, raw, KIM),
        )
    known.commit()
    known.close()
    before = _answers(path)
    upgrade(url)
    after = _answers(path)
    assert set(before) <= set(after)
    assert {(deal, section, key, raw) for deal, section, _, key, raw, _ in set(after) - set(before)} == {
        (DEAL, "product_requirements.rate", "rate_choice", "fixed"),
        (DEAL, "product_requirements.repayment", "repayment_choice", "principal_interest"),
        (DEAL, "product_requirements.features", "wanted", "offset_account"),
        (DEAL, "applicant.first_home", "owned_before", "no"),
        (OTHER, "product_requirements.rate", "rate_choice", "fixed"),
    }


def test_every_key_that_was_answered_has_its_question_still() -> None:
    keys = {f"{p.key}.{s.key}.{f.key}" for c in COUNTRIES for p in every_page(c) for s in p.sections for f in s.fields}
    assert {f"{section}.{key}" for section, _, key, _ in OLD} <= keys
