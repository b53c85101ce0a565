"""Chasers: how a firm chases, what was sent, and where it rests."""

import sqlalchemy as sa

from alembic import op
from salestrekker_portal.database.columns import Json

revision = "c4a5e19b70d3"
down_revision = "5b1e0c7fa2d4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chase_settings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("rhythm", Json(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chase_settings")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_chase_settings_organisation_id_organisations")
        ),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_chase_settings_organisation_id")),
    )
    op.create_table(
        "chases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("access_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("keys", Json(), nullable=False),
        sa.Column("what", sa.String(length=400), nullable=False),
        sa.Column("by_name", sa.String(length=160), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chases")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_chases_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_chases_deal_id_deals")),
        sa.ForeignKeyConstraint(
            ["access_id"], ["portal_accesses.id"], name=op.f("fk_chases_access_id_portal_accesses")
        ),
        sa.UniqueConstraint("organisation_id", "contact_id", "on_day", name=op.f("uq_chases_organisation_id_contact_id_on_day")),
    )
    op.create_index("ix_chases_deal", "chases", ["deal_id", "created_at"])
    op.create_table(
        "chase_pauses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.String(length=160), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chase_pauses")),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_chase_pauses_deal_id_deals")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["document_requests.id"], name=op.f("fk_chase_pauses_request_id_document_requests")
        ),
    )
    op.create_index("ix_chase_pauses_deal", "chase_pauses", ["deal_id"])


def downgrade() -> None:
    for name in ("chase_pauses", "chases", "chase_settings"):
        op.drop_table(name)
