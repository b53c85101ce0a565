"""A second step for partners, and the firm that somebody was in last."""

import sqlalchemy as sa

from alembic import op

revision = "b7e40d19a3f6"
down_revision = "a9f3c7d1206e"
branch_labels = None
depends_on = None
NEW = (
    ("partners", "factor_since"),
    ("partner_memberships", "last_in_at"),
    ("memberships", "last_in_at"),
    ("partner_portal_settings", "asks_factor_since"),
)


def upgrade() -> None:
    for table, name in NEW:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table, name in reversed(NEW):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(name)
