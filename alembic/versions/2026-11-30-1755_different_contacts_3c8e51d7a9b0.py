"""Contacts that look like one and are two people, as somebody said."""

import sqlalchemy as sa

from alembic import op

revision = "3c8e51d7a9b0"
down_revision = "7b20d5e1c9f4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "different_contacts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("one_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.String(160), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_different_contacts")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_different_contacts_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["one_id"], ["contacts.id"], name=op.f("fk_different_contacts_one_id_contacts")),
        sa.ForeignKeyConstraint(["other_id"], ["contacts.id"], name=op.f("fk_different_contacts_other_id_contacts")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_different_contacts_one_id_other_id")),
    )
    op.create_index(op.f("ix_different_contacts_other_id"), "different_contacts", ["other_id"])


def downgrade() -> None:
    op.drop_table("different_contacts")
