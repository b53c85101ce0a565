"""Views that people keep of the board, and an index that answers its filters."""

import sqlalchemy as sa

from alembic import op

revision = "b71e5d03c9a6"
down_revision = "9c41e7d2a6b8"
branch_labels = None
depends_on = None

_OLD = ["organisation_id", "workflow_id", "archived_at", "locked_at", "stage_id", "value_cents"]
_MORE = ["owner_id", "move", "stage_entered_at", "expected_settlement_on", "lender_line", "id"]


def upgrade() -> None:
    op.create_index("ix_deals_listed", "deals", [*_OLD, *_MORE])
    op.drop_index("ix_deals_workflow", table_name="deals")
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_saved_views_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_saved_views_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
    )
    op.create_index("ix_saved_views_firm", "saved_views", ["organisation_id", "removed_at", "name"])


def downgrade() -> None:
    op.drop_table("saved_views")
    op.create_index("ix_deals_workflow", "deals", _OLD)
    op.drop_index("ix_deals_listed", table_name="deals")
