"""When somebody showed once more that it is them, before what can't be called back."""

import sqlalchemy as sa

from alembic import op

revision = "5e2c81d07ba4"
down_revision = "8c41d6e0a7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("portal_sessions", sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("portal_sessions", "proved_at")
