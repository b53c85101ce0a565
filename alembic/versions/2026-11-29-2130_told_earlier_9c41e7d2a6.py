"""what a client told for an earlier loan, and whether they said that it is still true."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "9c41e7d2a6b8"
down_revision = "8f21a6c4d9e7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("portal_accesses", sa.Column("told_earlier", json, nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("portal_accesses", "told_earlier")
