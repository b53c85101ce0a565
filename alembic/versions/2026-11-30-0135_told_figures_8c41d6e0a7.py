"""the figures of what clients told, for a deal's overview and its card."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "8c41d6e0a7"
down_revision = "3fa91c07be52"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("deals", sa.Column("told_figures", json, nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("deals", "told_figures")
