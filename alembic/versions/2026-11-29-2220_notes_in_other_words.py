"""What a note said before its words were changed."""

import sqlalchemy as sa

from alembic import op

revision = "e7b2049fd613"
down_revision = "b19d7e40c25f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notes", sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "note_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_name", sa.String(length=160), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_versions")),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_note_versions_note_id_notes")),
    )
    op.create_index(op.f("ix_note_versions_note_id"), "note_versions", ["note_id"])


def downgrade() -> None:
    op.drop_table("note_versions")
    op.drop_column("notes", "edited_at")
