"""when each broker last looked at a deal's answers, and who took an entry out."""

import sqlalchemy as sa

from alembic import op

revision = "e61f0a94d3b8"
down_revision = "e27b90d4a1c6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "profile_looks",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_to", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("deal_id", "user_id", name=op.f("pk_profile_looks")),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_profile_looks_deal_id_deals")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_profile_looks_user_id_users")),
    )
    op.add_column("fact_find_items", sa.Column("removed_by", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("fact_find_items", "removed_by")
    op.drop_table("profile_looks")
