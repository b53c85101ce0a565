"""When somebody was last at a session, and how long a firm lets one be left alone."""

import sqlalchemy as sa

from alembic import op

revision = "b19d7e40c25f"
down_revision = "3fb0c64e9a17"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("portal_sessions", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("organisations", sa.Column("idle_minutes_clients", sa.Integer(), nullable=True))
    op.add_column("organisations", sa.Column("idle_minutes_staff", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("organisations", "idle_minutes_staff")
    op.drop_column("organisations", "idle_minutes_clients")
    op.drop_column("portal_sessions", "seen_at")
