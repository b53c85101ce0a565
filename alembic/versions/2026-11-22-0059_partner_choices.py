"""partner_choices."""

import sqlalchemy as sa
import sqlmodel
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "5d1bfde5afa9"
down_revision = "f83cca4486a7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("partner_memberships", schema=None) as batch_op:
        batch_op.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("partner_portal_settings", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "default_view", sqlmodel.sql.sqltypes.AutoString(length=10), server_default="board", nullable=False
            )
        )
        batch_op.add_column(
            sa.Column(
                "details", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default="[]", nullable=False
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("partner_portal_settings", schema=None) as batch_op:
        batch_op.drop_column("details")
        batch_op.drop_column("default_view")

    with op.batch_alter_table("partner_memberships", schema=None) as batch_op:
        batch_op.drop_column("removed_at")
