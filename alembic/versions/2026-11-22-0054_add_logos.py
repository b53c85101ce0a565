"""add_logos."""

import sqlalchemy as sa

from alembic import op

revision = "634804fde1eb"
down_revision = "5d1bfde5afa9"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "logos",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_logos_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logos")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_logos_organisation_id")),
    )


def downgrade() -> None:
    op.drop_table("logos")
