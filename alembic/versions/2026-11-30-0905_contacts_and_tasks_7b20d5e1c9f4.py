"""A task may be about a contact; contacts are listed by kind, by name or the newest first."""

import sqlalchemy as sa

from alembic import op

revision = "7b20d5e1c9f4"
down_revision = "b7e40d19a3f6"
branch_labels = None
depends_on = None
KNOWN = sa.text("archived_at IS NULL")
LISTS = {"ix_contacts_by_name": ["sort_key", "id"], "ix_contacts_by_newest": ["id"]}


def upgrade() -> None:
    with op.batch_alter_table("tasks") as batch_op:
        batch_op.add_column(sa.Column("contact_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_tasks_contact_id_contacts"), "contacts", ["contact_id"], ["id"])
    op.create_index("ix_tasks_contact", "tasks", ["contact_id"])
    for name, columns in LISTS.items():
        op.create_index(
            name, "contacts", ["organisation_id", "kind", *columns], sqlite_where=KNOWN, postgresql_where=KNOWN
        )


def downgrade() -> None:
    for name in LISTS:
        op.drop_index(name, "contacts")
    op.drop_index("ix_tasks_contact", "tasks")
    with op.batch_alter_table("tasks") as batch_op:
        batch_op.drop_constraint(op.f("fk_tasks_contact_id_contacts"), type_="foreignkey")
        batch_op.drop_column("contact_id")
