"""A rented property is one entry for all its owners: what stood on each one's own page moves to the shared list."""

import json
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from alembic import op

revision = "d51c7e90ab42"
down_revision = "b7d4410e9c33"
branch_labels = None
depends_on = None

RENTAL, NOBODY = "income.rental", UUID(int=0)
_meta = sa.MetaData()
items = sa.Table(
    "fact_find_items", _meta,
    sa.Column("id", sa.Uuid()), sa.Column("deal_id", sa.Uuid()), sa.Column("section_id", sa.String()),
    sa.Column("subject_id", sa.Uuid()), sa.Column("position", sa.Integer()), sa.Column("created_at", sa.DateTime()),
)  # fmt: skip
answers = sa.Table(
    "answers", _meta,
    sa.Column("id", sa.Uuid()), sa.Column("created_at", sa.DateTime(timezone=True)), sa.Column("deal_id", sa.Uuid()),
    sa.Column("subject_id", sa.Uuid()), sa.Column("section_id", sa.String()), sa.Column("item_id", sa.Uuid()),
    sa.Column("field_key", sa.String()), sa.Column("raw", sa.Text()), sa.Column("version", sa.Integer()),
    sa.Column("author_id", sa.Uuid()), sa.Column("author_name", sa.String()),
    sa.Column("answered_at", sa.DateTime(timezone=True)),
)  # fmt: skip
held = sa.Table(
    "held_answers", _meta,
    sa.Column("id", sa.Uuid()), sa.Column("section_id", sa.String()), sa.Column("subject_id", sa.Uuid()),
    sa.Column("item_id", sa.Uuid()),
)  # fmt: skip
deals = sa.Table(
    "deals", _meta,
    sa.Column("profile_due_at", sa.DateTime(timezone=True)), sa.Column("archived_at", sa.DateTime(timezone=True)),
)  # fmt: skip


def upgrade() -> None:
    connection = op.get_bind()
    own = connection.execute(
        sa.select(items.c.id, items.c.deal_id, items.c.subject_id).where(
            items.c.section_id == RENTAL, items.c.subject_id != NOBODY
        )
    ).all()
    _divide(connection, own)
    for table in (items, answers, held):
        of_entries = table.c.section_id == RENTAL
        if table is not items:
            of_entries &= table.c.item_id != NOBODY
        connection.execute(sa.update(table).where(of_entries).values(subject_id=NOBODY))
    _say_nothing(connection)
    # Roles decide from now on what is asked: every open profile is counted anew, by the worker.
    connection.execute(sa.update(deals).where(deals.c.archived_at.is_(None)).values(profile_due_at=datetime.now(UTC)))


def _divide(connection: sa.Connection, own: list[Any]) -> None:
    """Where nobody had said whose rent it is, it was its page's: that becomes its answer."""
    divided = set(
        connection.scalars(
            sa.select(answers.c.item_id).where(
                answers.c.section_id == RENTAL, answers.c.field_key == "ownership", answers.c.raw != ""
            )
        )
    )
    blank = (answers.c.section_id == RENTAL) & (answers.c.field_key == "ownership") & (answers.c.raw == "")
    for item in own:
        if item.id in divided:
            continue
        raw = json.dumps({str(item.subject_id): 100})
        changed = connection.execute(
            sa.update(answers).where(blank, answers.c.item_id == item.id)
            .values(raw=raw, version=answers.c.version + 1)
        )  # fmt: skip
        if not changed.rowcount:
            _add(connection, item.deal_id, item.id, "ownership", raw)


def _say_nothing(connection: sa.Connection) -> None:
    """ "Nothing to add" on the pages of everybody is so of the shared list; the statements themselves stay."""
    said = connection.execute(
        sa.select(answers.c.deal_id, answers.c.subject_id, answers.c.raw).where(
            answers.c.section_id == RENTAL, answers.c.field_key == "nothing_to_add"
        )
    ).all()
    by_deal: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for row in said:
        by_deal[row.deal_id][row.subject_id] = row.raw
    for deal_id, flags in by_deal.items():
        if NOBODY not in flags and all(raw == "yes" for raw in flags.values()):
            _add(connection, deal_id, NOBODY, "nothing_to_add", "yes")


def _add(connection: sa.Connection, deal_id: UUID, item_id: UUID, key: str, raw: str) -> None:
    now = datetime.now(UTC)
    connection.execute(
        sa.insert(answers).values(
            id=uuid4(), created_at=now, deal_id=deal_id, subject_id=NOBODY, section_id=RENTAL, item_id=item_id,
            field_key=key, raw=raw, version=1, author_id=NOBODY, author_name="", answered_at=now,
        )
    )  # fmt: skip


def downgrade() -> None:
    """Entries go back to whoever has the largest part of them."""
    connection = op.get_bind()
    shares = sa.select(answers.c.item_id, answers.c.raw).where(
        answers.c.section_id == RENTAL, answers.c.field_key == "ownership"
    )
    for item_id, raw in connection.execute(shares).all():
        owners = {owner: float(share or 0) for owner, share in json.loads(raw or "{}").items() if "outside" not in owner}
        if not owners:
            continue
        subject = UUID(max(owners, key=owners.__getitem__))
        connection.execute(sa.update(items).where(items.c.id == item_id).values(subject_id=subject))
        for table in (answers, held):
            connection.execute(sa.update(table).where(table.c.item_id == item_id).values(subject_id=subject))
