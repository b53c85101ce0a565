"""Clients who lost their link and asked for it again."""

import sqlalchemy as sa

from alembic import op

revision = "c31d5e0a7f42"
down_revision = "c11c4a05e2e7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lost_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lost_links")),
    )
    op.create_index(op.f("ix_lost_links_due_at"), "lost_links", ["due_at"])
    op.create_index("ix_portal_accesses_invited_email", "portal_accesses", ["invited_email"])
    op.create_index("ix_portal_accesses_invited_mobile", "portal_accesses", ["invited_mobile"])


def downgrade() -> None:
    op.drop_index("ix_portal_accesses_invited_mobile", table_name="portal_accesses")
    op.drop_index("ix_portal_accesses_invited_email", table_name="portal_accesses")
    op.drop_table("lost_links")
