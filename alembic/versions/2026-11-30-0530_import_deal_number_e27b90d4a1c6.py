"""Rows of a file that are one deal."""

import sqlalchemy as sa

from alembic import op

revision = "e27b90d4a1c6"
down_revision = "5af08c3e91d7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import_rows", sa.Column("deal_number", sa.String(60), nullable=True))
    op.create_index("ix_import_rows_deal_number", "import_rows", ["import_id", "deal_number"])


def downgrade() -> None:
    op.drop_index("ix_import_rows_deal_number", "import_rows")
    op.drop_column("import_rows", "deal_number")
