"""Folded names, so that people are found and ordered however they are spelt."""

import sqlalchemy as sa

from alembic import op
from salestrekker_portal.kernel.names import folded_whole, search_key, sort_key

revision = "f01dedbe27a5"
down_revision = "c9dba0b714df"
branch_labels = None
depends_on = None

AT_ONCE = 1000


def _folded(length: int | None = None) -> sa.types.TypeEngine:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("search_key", _folded(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("sort_key", _folded(240), server_default="", nullable=False))
        batch_op.drop_index("ix_contacts_organisation_name")
        batch_op.create_index("ix_contacts_organisation_sort_key", ["organisation_id", "sort_key", "id"])
    with op.batch_alter_table("deals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name_key", _folded(240), server_default="", nullable=False))
    if op.get_context().as_sql:
        return
    _fill("contacts", "first_name, last_name, company_name, email, mobile", _contact)
    _fill("deals", "name", lambda row: {"name_key": folded_whole(row.name)[:240]})


def _contact(row: sa.Row) -> dict[str, str]:
    whole = f"{row.first_name} {row.last_name}"
    return {
        "search_key": search_key(whole, row.company_name, email=row.email, phone=row.mobile),
        "sort_key": sort_key(row.first_name, row.last_name, row.company_name),
    }


def _fill(table: str, columns: str, keys) -> None:
    bind = op.get_bind()
    rows = bind.execute(sa.text(f"SELECT id, {columns} FROM {table}")).all()
    for start in range(0, len(rows), AT_ONCE):
        found = [{"row": row.id, **keys(row)} for row in rows[start : start + AT_ONCE]]
        names = ", ".join(f"{name} = :{name}" for name in found[0] if name != "row")
        bind.execute(sa.text(f"UPDATE {table} SET {names} WHERE id = :row"), found)


def downgrade() -> None:
    with op.batch_alter_table("deals", schema=None) as batch_op:
        batch_op.drop_column("name_key")
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_index("ix_contacts_organisation_sort_key")
        batch_op.create_index("ix_contacts_organisation_name", ["organisation_id", "last_name", "first_name"])
        batch_op.drop_column("sort_key")
        batch_op.drop_column("search_key")
