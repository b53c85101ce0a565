"""When a partner said how a firm shall tell them of news."""

import sqlalchemy as sa

from alembic import op

revision = "8e2f6b17c4d0"
down_revision = "5c0e7d91b3a4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("partner_memberships", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("partner_memberships") as table:
        table.drop_column("asked_at")
