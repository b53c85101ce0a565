"""What comes with a lead, partners' own links, and updates that brokers promise."""

import sqlalchemy as sa

from alembic import op

revision = "f19b3c5ae882"
down_revision = "8e2f6b17c4d0"
branch_labels = None
depends_on = None

_PROMISES = ("promised_for", "nudged_at", "thanked_at")


def upgrade() -> None:
    for name in _PROMISES:
        op.add_column("deal_partners", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("partner_memberships") as table:
        table.add_column(sa.Column("lead_token", sa.String(length=64), nullable=True))
        table.create_unique_constraint("uq_partner_memberships_lead_token", ["lead_token"])
    op.create_table(
        "leads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("price_cents", sa.BigInteger(), nullable=True),
        sa.Column("auction_on", sa.Date(), nullable=True),
        sa.Column("best_time", sa.String(length=120), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_link", sa.Boolean(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("called_by", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_leads_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_leads_deal_id_deals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leads")),
        sa.UniqueConstraint("deal_id", name=op.f("uq_leads_deal_id")),
    )
    op.create_index("ix_leads_waiting", "leads", ["organisation_id", "called_at", "created_at"])


def downgrade() -> None:
    op.drop_table("leads")
    with op.batch_alter_table("partner_memberships") as table:
        table.drop_constraint("uq_partner_memberships_lead_token", type_="unique")
        table.drop_column("lead_token")
    with op.batch_alter_table("deal_partners") as table:
        for name in _PROMISES:
            table.drop_column(name)
