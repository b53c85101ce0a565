"""Files of contacts and deals that are brought in, with their rows."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "c93e51b7d20a"
down_revision = "5e2c81d07ba4"
branch_labels = None
depends_on = None

AT_WORK = "status IN ('checking', 'running', 'taking_back')"


def _json() -> sa.types.TypeEngine:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _folded() -> sa.types.TypeEngine:
    return sa.String(240).with_variant(sa.String(240, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "data_imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.String(160), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("columns", _json(), nullable=False),
        sa.Column("mapping", _json(), nullable=False),
        sa.Column("stage_id", sa.Uuid(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_imports")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_data_imports_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_data_imports_by_id_users")),
    )
    op.create_index("ix_data_imports_organisation", "data_imports", ["organisation_id", "created_at"])
    op.create_index(
        "ix_data_imports_at_work", "data_imports", ["created_at"],
        sqlite_where=sa.text(AT_WORK), postgresql_where=sa.text(AT_WORK),
    )  # fmt: skip
    op.create_table(
        "import_rows",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("cells", _json(), nullable=False),
        sa.Column("says", _json(), nullable=False),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("mobile", sa.String(20), nullable=True),
        sa.Column("sort_key", _folded(), nullable=False),
        sa.Column("deal_key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("deal_id", sa.Uuid(), nullable=True),
        sa.Column("contact_print", sa.String(64), nullable=False),
        sa.Column("deal_print", sa.String(64), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_rows")),
        sa.ForeignKeyConstraint(["import_id"], ["data_imports.id"], name=op.f("fk_import_rows_import_id_data_imports")),
        sa.UniqueConstraint("import_id", "number", name=op.f("uq_import_rows_import_id_number")),
    )
    op.create_index("ix_import_rows_state", "import_rows", ["import_id", "state", "number"])
    op.create_index("ix_import_rows_deal", "import_rows", ["deal_id"])
    op.create_index("ix_import_rows_email", "import_rows", ["import_id", "email"])
    op.create_index("ix_import_rows_mobile", "import_rows", ["import_id", "mobile"])


def downgrade() -> None:
    op.drop_table("import_rows")
    op.drop_table("data_imports")
