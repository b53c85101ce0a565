"""What a firm would like to settle in a month, for each workflow."""

import sqlalchemy as sa

from alembic import op

revision = "8e1f36c05d72"
down_revision = "5d0a92f4be13"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workflows", sa.Column("goal_cents", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("workflows", "goal_cents")
