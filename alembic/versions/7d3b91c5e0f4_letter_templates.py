"""Templates for what brokers write by hand, and a firm's own words for what partners are told."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "7d3b91c5e0f4"
down_revision = "e7c4190ab35d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_templates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.String(40), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("email_text", sa.Text(), nullable=False),
        sa.Column("sms_text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_templates")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_letter_templates_organisation_id_organisations")
        ),
    )
    op.create_index("ix_letter_templates_firm", "letter_templates", ["organisation_id", "audience"])
    words = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    with op.batch_alter_table("partner_portal_settings") as batch_op:
        batch_op.add_column(sa.Column("words", words, server_default="{}", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("partner_portal_settings") as batch_op:
        batch_op.drop_column("words")
    op.drop_table("letter_templates")
