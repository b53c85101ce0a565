"""Videos, previews, a second channel, milestones and branding."""

import sqlalchemy as sa
import sqlmodel
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "3c0b683f6c87"
down_revision = "7ba398b317a3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("business_number", sqlmodel.sql.sqltypes.AutoString(length=13), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=300), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("website", sqlmodel.sql.sqltypes.AutoString(length=300), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("logo_key", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=True))
        batch_op.add_column(
            sa.Column("logo_mime", sqlmodel.sql.sqltypes.AutoString(length=40), server_default="", nullable=False)
        )

    with op.batch_alter_table("portal_accesses", schema=None) as batch_op:
        batch_op.add_column(sa.Column("flow_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("other_email", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=True))
        batch_op.add_column(sa.Column("other_mobile", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True))
        batch_op.add_column(sa.Column("shares_knowingly", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_foreign_key(batch_op.f("fk_portal_accesses_flow_id_flows"), "flows", ["flow_id"], ["id"])

    with op.batch_alter_table("portal_sessions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("preview", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True)
        )

    with op.batch_alter_table("portal_settings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("show_stage_videos", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("show_flow_videos", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(
            sa.Column(
                "stage_videos",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                server_default="{}",
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column(
                "flow_videos",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                server_default="{}",
                nullable=False,
            )
        )

    with op.batch_alter_table("stages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("milestone", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("stages", schema=None) as batch_op:
        batch_op.drop_column("milestone")

    with op.batch_alter_table("portal_settings", schema=None) as batch_op:
        batch_op.drop_column("flow_videos")
        batch_op.drop_column("stage_videos")
        batch_op.drop_column("show_flow_videos")
        batch_op.drop_column("show_stage_videos")

    with op.batch_alter_table("portal_sessions", schema=None) as batch_op:
        batch_op.drop_column("preview")

    with op.batch_alter_table("portal_accesses", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_portal_accesses_flow_id_flows"), type_="foreignkey")
        batch_op.drop_column("shares_knowingly")
        batch_op.drop_column("other_mobile")
        batch_op.drop_column("other_email")
        batch_op.drop_column("flow_id")

    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.drop_column("logo_mime")
        batch_op.drop_column("logo_key")
        batch_op.drop_column("website")
        batch_op.drop_column("address")
        batch_op.drop_column("business_number")
