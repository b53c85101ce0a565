"""The loans of a deal, what secures them, and the dates that a lender gives."""

import sqlalchemy as sa

from alembic import op

revision = "5f0c2ad961be"
down_revision = "f19b3c5ae882"
branch_labels = None
depends_on = None

DATES = ("finance_due_on", "lodged_on", "approved_on")


def upgrade() -> None:
    for name in DATES:
        op.add_column("deals", sa.Column(name, sa.Date(), nullable=True))
    op.add_column("deals", sa.Column("lender_line", sa.String(length=300), server_default="", nullable=False))
    op.create_table(
        "deal_loans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=True),
        sa.Column("lender", sa.String(length=120), nullable=False),
        sa.Column("product", sa.String(length=120), nullable=False),
        sa.Column("rate_kind", sa.String(length=40), nullable=False),
        sa.Column("rate_e4", sa.Integer(), nullable=True),
        sa.Column("fixed_until", sa.Date(), nullable=True),
        sa.Column("term_months", sa.Integer(), nullable=True),
        sa.Column("repayment_kind", sa.String(length=40), nullable=False),
        sa.Column("repayment_cents", sa.BigInteger(), nullable=True),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_deal_loans_deal_id_deals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_loans")),
    )
    op.create_index(op.f("ix_deal_loans_deal_id"), "deal_loans", ["deal_id"])
    op.create_table(
        "deal_securities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("price_cents", sa.BigInteger(), nullable=True),
        sa.Column("valuation_cents", sa.BigInteger(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_deal_securities_deal_id_deals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_securities")),
    )
    op.create_index(op.f("ix_deal_securities_deal_id"), "deal_securities", ["deal_id"])


def downgrade() -> None:
    op.drop_table("deal_securities")
    op.drop_table("deal_loans")
    op.drop_column("deals", "lender_line")
    for name in DATES:
        op.drop_column("deals", name)
