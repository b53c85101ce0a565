"""What became of a deal that didn't go ahead."""

import sqlalchemy as sa

from alembic import op

revision = "2d90b7ce54f1"
down_revision = "8e3b60f7d1c4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deals", sa.Column("outcome", sa.String(length=40), nullable=True))
    op.add_column("deals", sa.Column("outcome_reason", sa.String(length=40), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("deals", "outcome_reason")
    op.drop_column("deals", "outcome")
