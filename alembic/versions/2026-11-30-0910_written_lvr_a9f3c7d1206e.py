"""Loan to value of the loans and securities that a broker wrote down, for the deal's card."""

import sqlalchemy as sa

from alembic import op

revision = "a9f3c7d1206e"
down_revision = "7d3b91c5e0f4"
branch_labels = None
depends_on = None

DEALS = sa.table("deals", sa.column("id", sa.Uuid()), sa.column("written_lvr", sa.String()))
LOANS = sa.table(
    "deal_loans", sa.column("deal_id", sa.Uuid()), sa.column("amount_cents", sa.BigInteger()), sa.column("removed_at")
)
SECURITIES = sa.table(
    "deal_securities",
    sa.column("deal_id", sa.Uuid()), sa.column("price_cents", sa.BigInteger()),
    sa.column("valuation_cents", sa.BigInteger()), sa.column("removed_at"),
)  # fmt: skip


def upgrade() -> None:
    op.add_column("deals", sa.Column("written_lvr", sa.String(20), server_default="", nullable=False))
    worth = sa.func.coalesce(SECURITIES.c.valuation_cents, SECURITIES.c.price_cents)
    owed, secured = _sums(LOANS, LOANS.c.amount_cents), _sums(SECURITIES, worth)
    found = [
        {"deal": deal, "lvr": _words(owed[deal], secured[deal])}
        for deal in owed.keys() & secured.keys()
        if owed[deal] is not None and secured[deal]
    ]
    if found:
        change = sa.update(DEALS).where(DEALS.c.id == sa.bindparam("deal")).values(written_lvr=sa.bindparam("lvr"))
        op.get_bind().execute(change, found)


def downgrade() -> None:
    op.drop_column("deals", "written_lvr")


def _sums(table: sa.TableClause, amount: sa.ColumnElement) -> dict:
    """What each deal has there in cents; None where one amount isn't known."""
    rows = op.get_bind().execute(
        sa.select(table.c.deal_id, sa.func.sum(amount), sa.func.count() - sa.func.count(amount))
        .where(table.c.removed_at.is_(None))
        .group_by(table.c.deal_id)
    )
    return {deal: None if unknown else int(total) for deal, total, unknown in rows}


def _words(owed: int, worth: int) -> str:
    """As domains/deals/rules.py had it then."""
    tenths = (owed * 2000 + worth) // (2 * worth)
    return f"{tenths // 10}.{tenths % 10} %"
