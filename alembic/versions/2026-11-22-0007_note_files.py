"""note_files."""

import sqlalchemy as sa

from alembic import op

revision = "421e2a13a6dd"
down_revision = "b0db44ab7d10"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("note_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index("ix_documents_note", ["note_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_documents_note_id_notes"), "notes", ["note_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_documents_note_id_notes"), type_="foreignkey")
        batch_op.drop_index("ix_documents_note")
        batch_op.drop_column("drafted_at")
        batch_op.drop_column("note_id")
