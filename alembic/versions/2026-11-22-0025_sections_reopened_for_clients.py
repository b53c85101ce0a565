"""sections reopened for clients."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "630c4ed3a6bb"
down_revision = "15a3febb1fc2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("deals", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "reopened",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                nullable=False,
                server_default="{}",
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("deals", schema=None) as batch_op:
        batch_op.drop_column("reopened")
