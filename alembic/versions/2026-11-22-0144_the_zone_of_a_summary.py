"""Where somebody's daily summary comes at seven in the morning."""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "c9dba0b714df"
down_revision = "634804fde1eb"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("user_deliveries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("time_zone", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("user_deliveries", schema=None) as batch_op:
        batch_op.drop_column("time_zone")
