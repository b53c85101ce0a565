"""Addresses that want to hear of things, and what was sent to them."""

import sqlalchemy as sa

from alembic import op
from salestrekker_portal.database.columns import Json

revision = "b7d4410e9c33"
down_revision = "a91e77c0d215"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("activities", sa.Column("hook_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_activities_unpublished",
        "activities",
        ["hook_at"],
        sqlite_where=sa.text("hook_at IS NOT NULL"),
        postgresql_where=sa.text("hook_at IS NOT NULL"),
    )
    op.create_table(
        "webhooks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("events", Json(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_webhooks_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
    )
    op.create_index(op.f("ix_webhooks_organisation_id"), "webhooks", ["organisation_id"])
    op.create_table(
        "hook_deliveries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=True),
        sa.Column("problem", sa.String(length=200), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhooks.id"], name=op.f("fk_hook_deliveries_webhook_id_webhooks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hook_deliveries")),
        sa.UniqueConstraint("webhook_id", "event_id", name=op.f("uq_hook_deliveries_webhook_id_event_id")),
    )
    op.create_index(
        "ix_hook_deliveries_due",
        "hook_deliveries",
        ["due_at"],
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index("ix_hook_deliveries_created", "hook_deliveries", ["created_at"])


def downgrade() -> None:
    op.drop_table("hook_deliveries")
    op.drop_table("webhooks")
    op.drop_index("ix_activities_unpublished", table_name="activities")
    op.drop_column("activities", "hook_at")
