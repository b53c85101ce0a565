"""what a firm typed of somebody whom another firm knew first, until they come in."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "5b1e0c7fa2d4"
down_revision = "4d7b90c1e2f5"
branch_labels = None
depends_on = None

TABLES = ("memberships", "partner_memberships")


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    for table in TABLES:
        op.add_column(table, sa.Column("waits_since", sa.DateTime(timezone=True), nullable=True))
        op.add_column(table, sa.Column("typed", json, nullable=False, server_default="{}"))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "typed")
        op.drop_column(table, "waits_since")
