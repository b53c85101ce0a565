"""Passkeys, and which way a client came in."""

import sqlalchemy as sa

from alembic import op
from salestrekker_portal.database.columns import Json

revision = "3fb0c64e9a17"
down_revision = "c4a5e19b70d3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("portal", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("credential_hash", sa.String(length=64), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("transports", Json(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_hash", name=op.f("uq_passkeys_credential_hash")),
    )
    op.create_index(op.f("ix_passkeys_person_id"), "passkeys", ["person_id"])
    op.create_table(
        "passkey_challenges",
        sa.Column("challenge_hash", sa.String(length=64), nullable=False),
        sa.Column("bound_to", sa.String(length=200), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("challenge_hash", name=op.f("pk_passkey_challenges")),
    )
    op.create_index(op.f("ix_passkey_challenges_expires_at"), "passkey_challenges", ["expires_at"])
    op.add_column(
        "portal_accesses", sa.Column("came_in_by", sa.String(length=20), nullable=False, server_default="")
    )
    op.add_column("portal_accesses", sa.Column("passkey_answered_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("portal_accesses", "passkey_answered_at")
    op.drop_column("portal_accesses", "came_in_by")
    op.drop_table("passkey_challenges")
    op.drop_table("passkeys")
