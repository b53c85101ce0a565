"""An automation does several things one after the other, and only to deals of which something is so."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from alembic import op

revision = "3c7a91e0d5b8"
down_revision = "8e1f36c05d72"
branch_labels = None
depends_on = None


def _json(name: str, empty: str) -> sa.Column:
    return sa.Column(name, sa.JSON().with_variant(JSONB(), "postgresql"), server_default=empty, nullable=False)


def upgrade() -> None:
    op.add_column("stage_automations", _json("more", "[]"))
    op.add_column("stage_automations", _json("only_if", "{}"))
    op.add_column("automation_runs", sa.Column("passed_over", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("automation_runs", "passed_over")
    op.drop_column("stage_automations", "only_if")
    op.drop_column("stage_automations", "more")
