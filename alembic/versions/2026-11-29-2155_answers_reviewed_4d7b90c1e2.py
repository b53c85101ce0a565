"""what a broker approved of the fact find, and what they asked for again."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "4d7b90c1e2f5"
down_revision = "b71e5d03c9a6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("deals", sa.Column("answers_reviewed", json, nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("deals", "answers_reviewed")
