"""What a press was answered, so that the same press again hears it after a restart and in another process too."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "c11c4a05e2e7"
down_revision = "1ef70a7c0de5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("intentions") as table:
        table.add_column(sa.Column("answer", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("intentions") as table:
        table.drop_column("answer")
