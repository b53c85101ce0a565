"""What an invitation left out on purpose."""

import sqlalchemy as sa

from alembic import op

revision = "1ef70a7c0de5"
down_revision = "f10e50a4b2c7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("access_requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("left_out", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("access_requests", schema=None) as batch_op:
        batch_op.drop_column("left_out")
