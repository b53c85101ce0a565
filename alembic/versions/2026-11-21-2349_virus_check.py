"""virus_check."""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "7ba398b317a3"
down_revision = "60efb31bf28e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("stored_files", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("scan_found", sqlmodel.sql.sqltypes.AutoString(length=120), server_default="", nullable=False)
        )
        batch_op.create_index(
            "ix_stored_files_scanned",
            ["scanned"],
            unique=False,
            sqlite_where=sa.text("scanned = 'unreached'"),
            postgresql_where=sa.text("scanned = 'unreached'"),
        )


def downgrade() -> None:
    with op.batch_alter_table("stored_files", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_stored_files_scanned",
            sqlite_where=sa.text("scanned = 'unreached'"),
            postgresql_where=sa.text("scanned = 'unreached'"),
        )
        batch_op.drop_column("scan_found")
