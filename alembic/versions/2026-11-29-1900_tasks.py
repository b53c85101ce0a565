"""Tasks, and those that a stage asks for when a deal arrives in it."""

import sqlalchemy as sa

from alembic import op
from salestrekker_portal.database.columns import Json

revision = "8e3b60f7d1c4"
down_revision = "c47e19d0aa58"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("stages", sa.Column("tasks", Json(), server_default="[]", nullable=False))
    op.create_table(
        "tasks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("waits_until", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("from_stage_id", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_tasks_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_tasks_deal_id_deals")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_tasks_owner_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index("ix_tasks_deal", "tasks", ["deal_id"])
    still = sa.text("done_at IS NULL AND removed_at IS NULL")
    for name, columns in (
        ("ix_tasks_owner", ["organisation_id", "owner_id", "due_on", "id"]),
        ("ix_tasks_open", ["organisation_id", "due_on", "id"]),
    ):
        op.create_index(name, "tasks", columns, sqlite_where=still, postgresql_where=still)


def downgrade() -> None:
    op.drop_table("tasks")
    op.drop_column("stages", "tasks")
