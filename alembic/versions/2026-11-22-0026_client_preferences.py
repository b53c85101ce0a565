"""client preferences."""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "5976cde13c20"
down_revision = "630c4ed3a6bb"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "client_preferences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("email", sa.Boolean(), nullable=False),
        sa.Column("sms", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_client_preferences_contact_id_contacts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_preferences")),
        sa.UniqueConstraint("contact_id", "topic", name=op.f("uq_client_preferences_contact_id_topic")),
    )


def downgrade() -> None:
    op.drop_table("client_preferences")
