"""A flow may be a broker's own; those that were there are the firm's."""

import sqlalchemy as sa

from alembic import op

revision = "f10e50a4b2c7"
down_revision = "5ea1ed0f1a75"
branch_labels = None
depends_on = None

NAME = "fk_flows_user_id_users"


def upgrade() -> None:
    with op.batch_alter_table("flows", schema=None) as batch_op:
        batch_op.add_column(sa.Column("user_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(op.f(NAME), "users", ["user_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("flows", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_="foreignkey")
        batch_op.drop_column("user_id")
