"""Browsers that somebody has signed in on, and how far a client's PIN goes."""

import sqlalchemy as sa

from alembic import op

revision = "5c0e7d91b3a4"
down_revision = "e5f1a3c97b20"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_devices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("portal", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.Column("from_address", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_devices")),
        sa.UniqueConstraint("person_id", "token_hash", name=op.f("uq_known_devices_person_id_token_hash")),
    )
    op.add_column("portal_accesses", sa.Column("wrong_pins_ever", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("portal_accesses", sa.Column("pin_used_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("portal_accesses", "pin_used_at")
    op.drop_column("portal_accesses", "wrong_pins_ever")
    op.drop_table("known_devices")
