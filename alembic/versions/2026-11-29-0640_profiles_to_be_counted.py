"""Since when a deal's profile has to be counted again."""

import sqlalchemy as sa

from alembic import op

revision = "7b1e52c09a44"
down_revision = "5a1e2c90d7b4"
branch_labels = None
depends_on = None

ONLY_DUE = sa.text("profile_due_at IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("deals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("profile_due_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_deals_profile_due_at", ["profile_due_at"], sqlite_where=ONLY_DUE, postgresql_where=ONLY_DUE
        )


def downgrade() -> None:
    with op.batch_alter_table("deals", schema=None) as batch_op:
        batch_op.drop_index("ix_deals_profile_due_at")
        batch_op.drop_column("profile_due_at")
