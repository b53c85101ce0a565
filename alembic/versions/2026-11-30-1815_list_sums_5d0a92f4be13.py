"""The index of the list answers its sums too."""

from alembic import op

revision = "5d0a92f4be13"
down_revision = "3c8e51d7a9b0"
branch_labels = None
depends_on = None

_OLD = [
    "organisation_id", "workflow_id", "archived_at", "locked_at", "stage_id", "value_cents", "owner_id", "move",
    "stage_entered_at", "expected_settlement_on", "lender_line", "id",
]  # fmt: skip
_MORE = ["finance_due_on", "approved_on"]


def upgrade() -> None:
    op.drop_index("ix_deals_listed", table_name="deals")
    op.create_index("ix_deals_listed", "deals", [*_OLD, *_MORE])


def downgrade() -> None:
    op.drop_index("ix_deals_listed", table_name="deals")
    op.create_index("ix_deals_listed", "deals", _OLD)
