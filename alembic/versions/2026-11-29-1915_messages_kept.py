"""What a message said, without its secrets, for reading again."""

import sqlalchemy as sa

from alembic import op

revision = "2d84e6f0b95c"
down_revision = "5e1c09f7a2d8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("kept_sealed", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("outbox") as table:
        table.drop_column("kept_sealed")
