"""One place to look for contacts, deals, notes and documents, kept by triggers."""

import sqlalchemy as sa

from alembic import op
from salestrekker_portal.kernel.names import text_key
from salestrekker_portal.tables.search import FOLLOWED, GIN, postgres_statements, sqlite_statements

revision = "c47e19d0aa58"
down_revision = "5f0c2ad961be"
branch_labels = None
depends_on = None

AT_ONCE = 1000
TEXTS = {"notes": "text", "documents": "name"}


def upgrade() -> None:
    for table in TEXTS:
        op.add_column(table, sa.Column("search_key", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "search_entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entries")),
        sa.UniqueConstraint("subject_id", name=op.f("uq_search_entries_subject_id")),
    )
    op.create_index("ix_search_entries_kind", "search_entries", ["organisation_id", "kind", "id"])
    is_sqlite = op.get_context().dialect.name == "sqlite"
    if not op.get_context().as_sql:
        _fold()
    for statement in sqlite_statements() if is_sqlite else postgres_statements():
        op.execute(sa.text(statement))
    for table, (kind, firm, words) in FOLLOWED.items():
        read = (each.replace("new.", f"{table}.") for each in (firm, words))
        op.execute(
            sa.text(
                "INSERT INTO search_entries(kind, subject_id, organisation_id, words) "
                f"SELECT '{kind}', {table}.id, {', '.join(read)} FROM {table}"
            )
        )
    if not is_sqlite:
        _index_trigrams()


def _fold() -> None:
    bind = op.get_bind()
    for table, column in TEXTS.items():
        rows = bind.execute(sa.text(f"SELECT id, {column} AS said FROM {table}")).all()
        for start in range(0, len(rows), AT_ONCE):
            found = [{"row": row.id, "key": text_key(row.said)} for row in rows[start : start + AT_ONCE]]
            bind.execute(sa.text(f"UPDATE {table} SET search_key = :key WHERE id = :row"), found)


def _index_trigrams() -> None:
    """Where the server has pg_trgm and lets us use it; searching works without it, and takes longer in big firms."""
    op.execute(
        sa.text(
            "DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_trgm; "
            f"EXECUTE '{GIN}'; "
            "EXCEPTION WHEN OTHERS THEN RAISE NOTICE 'no pg_trgm here: searches read the rows of a firm'; END $$"
        )
    )


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute(sa.text("DROP TABLE search_index"))
    for table in FOLLOWED:
        for name in ("in", "new", "out"):
            if op.get_context().dialect.name == "sqlite":
                op.execute(sa.text(f"DROP TRIGGER search_{table}_{name}"))
            elif name != "out":
                op.execute(sa.text(f"DROP TRIGGER search_{table}_{name} ON {table}"))
        if op.get_context().dialect.name != "sqlite":
            op.execute(sa.text(f"DROP FUNCTION search_{table}()"))
    op.drop_table("search_entries")
    for table in TEXTS:
        op.drop_column(table, "search_key")
