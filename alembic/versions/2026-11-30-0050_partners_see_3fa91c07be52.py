"""what clients let partners see of their deal."""

import sqlalchemy as sa

from alembic import op

revision = "3fa91c07be52"
down_revision = "e7b2049fd613"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deal_applicants", sa.Column("partners_see", sa.SmallInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("deal_applicants", "partners_see")
