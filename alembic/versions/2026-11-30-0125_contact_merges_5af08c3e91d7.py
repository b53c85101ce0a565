"""Contacts that were merged, and how they are taken apart."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "5af08c3e91d7"
down_revision = "c93e51b7d20a"
branch_labels = None
depends_on = None


def _json() -> sa.types.TypeEngine:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "contact_merges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("gone_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.String(160), nullable=False),
        sa.Column("moved", _json(), nullable=False),
        sa.Column("was", _json(), nullable=False),
        sa.Column("became", _json(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_merges")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_contact_merges_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["kept_id"], ["contacts.id"], name=op.f("fk_contact_merges_kept_id_contacts")),
        sa.ForeignKeyConstraint(["gone_id"], ["contacts.id"], name=op.f("fk_contact_merges_gone_id_contacts")),
    )
    op.create_index("ix_contact_merges_kept_id", "contact_merges", ["kept_id"])
    op.create_index("ix_contact_merges_gone_id", "contact_merges", ["gone_id"])


def downgrade() -> None:
    op.drop_table("contact_merges")
