"""Which columns of the list of deals a person sees."""

import sqlalchemy as sa

from alembic import op
from salestrekker_portal.database.columns import Json

revision = "e7c4190ab35d"
down_revision = "d5b20c81fe47"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_columns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(40), nullable=False),
        sa.Column("columns", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_columns")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_list_columns_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_list_columns_user_id_users")),
        sa.UniqueConstraint(
            "user_id", "organisation_id", "scope", name=op.f("uq_list_columns_user_id_organisation_id_scope")
        ),
    )


def downgrade() -> None:
    op.drop_table("list_columns")
