"""index_when_answers_came."""

from alembic import op

revision = "15a3febb1fc2"
down_revision = "ca45fa3b6717"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.create_index("ix_answers_answered", ["answered_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_index("ix_answers_answered")
