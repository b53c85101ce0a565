"""one_open_notice_a_batch."""

import sqlalchemy as sa

from alembic import op

revision = "ca45fa3b6717"
down_revision = "421e2a13a6dd"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notices_open"), sqlite_where=sa.text("send_at IS NOT NULL"))
        batch_op.create_index(
            "ix_notices_open",
            ["batch"],
            unique=True,
            sqlite_where=sa.text("send_at IS NOT NULL"),
            postgresql_where=sa.text("send_at IS NOT NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_notices_open",
            sqlite_where=sa.text("send_at IS NOT NULL"),
            postgresql_where=sa.text("send_at IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_notices_open"), ["batch"], unique=False, sqlite_where=sa.text("send_at IS NOT NULL")
        )
