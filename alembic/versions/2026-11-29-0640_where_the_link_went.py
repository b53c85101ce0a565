"""Where a client's link and PIN really went, so that a link that works goes nowhere else."""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "5a1e2c90d7b4"
down_revision = "f01dedbe27a5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString
    with op.batch_alter_table("portal_accesses", schema=None) as batch_op:
        batch_op.add_column(sa.Column("invited_email", text(length=254), nullable=True))
        batch_op.add_column(sa.Column("invited_mobile", text(length=20), nullable=True))
    # Until now a link went wherever the contact's own address was.
    op.execute(
        "UPDATE portal_accesses SET "
        "invited_email = coalesce(other_email, (SELECT email FROM contacts WHERE contacts.id = contact_id)), "
        "invited_mobile = coalesce(other_mobile, (SELECT mobile FROM contacts WHERE contacts.id = contact_id))"
    )


def downgrade() -> None:
    with op.batch_alter_table("portal_accesses", schema=None) as batch_op:
        batch_op.drop_column("invited_mobile")
        batch_op.drop_column("invited_email")
