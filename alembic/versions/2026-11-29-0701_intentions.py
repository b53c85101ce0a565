"""Presses that were carried out, so that none is twice."""

import sqlalchemy as sa

from alembic import op

revision = "a4c0ce0701d2"
down_revision = "7b1e52c09a44"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "intentions",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_intentions")),
    )
    op.create_index("ix_intentions_created_at", "intentions", ["created_at"])


def downgrade() -> None:
    op.drop_table("intentions")
