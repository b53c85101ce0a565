"""The on-screen outbox keeps an e-mail as mail programs would have drawn it."""

import sqlalchemy as sa

from alembic import op

revision = "c47d90be1a63"
down_revision = "5e0c41d7a9f2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("shown_messages", sa.Column("html", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("shown_messages") as table:
        table.drop_column("html")
