"""Authenticator apps and recovery codes of staff, and how long a firm's people may go without."""

import sqlalchemy as sa

from alembic import op

revision = "8f21a6c4d9e7"
down_revision = "2d84e6f0b95c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "second_factors",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("portal", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factors")),
        sa.UniqueConstraint("person_id", name=op.f("uq_second_factors_person_id")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
    )
    op.create_index(op.f("ix_recovery_codes_person_id"), "recovery_codes", ["person_id"])
    op.add_column("organisations", sa.Column("factor_grace_days", sa.Integer(), nullable=False, server_default="14"))
    op.add_column("users", sa.Column("factor_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("memberships", sa.Column("factor_asked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("memberships", "factor_asked_at")
    op.drop_column("users", "factor_since")
    op.drop_column("organisations", "factor_grace_days")
    op.drop_table("recovery_codes")
    op.drop_table("second_factors")
