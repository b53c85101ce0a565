"""Where a contact is by the clock, once somebody chose it."""

import sqlalchemy as sa

from alembic import op

revision = "5e0c41d7a9f2"
down_revision = "d51c7e90ab42"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contacts", sa.Column("time_zone", sa.String(length=60), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("contacts") as table:
        table.drop_column("time_zone")
