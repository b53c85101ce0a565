"""add_notifications."""

import sqlalchemy as sa
import sqlmodel
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "60efb31bf28e"
down_revision = "1f0c5d7a2b10"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("key", name=op.f("uq_reminders_key")),
    )
    op.create_table(
        "user_deliveries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("daily_summary", sa.Boolean(), nullable=False),
        sa.Column("summarised_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_user_deliveries_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_deliveries_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_deliveries")),
        sa.UniqueConstraint("user_id", "organisation_id", name=op.f("uq_user_deliveries_user_id_organisation_id")),
    )
    op.create_table(
        "user_preferences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("event", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("bell", sa.Boolean(), nullable=False),
        sa.Column("email", sa.Boolean(), nullable=False),
        sa.Column("sms", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_user_preferences_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_preferences_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_preferences")),
        sa.UniqueConstraint(
            "user_id", "organisation_id", "event", name=op.f("uq_user_preferences_user_id_organisation_id_event")
        ),
    )
    op.create_table(
        "partner_preferences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("event", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("email", sa.Boolean(), nullable=False),
        sa.Column("sms", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["partner_memberships.id"],
            name=op.f("fk_partner_preferences_membership_id_partner_memberships"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_preferences")),
        sa.UniqueConstraint("membership_id", "event", name=op.f("uq_partner_preferences_membership_id_event")),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=True),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("event", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("author", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("items", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("facts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("batch", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bell", sa.Boolean(), nullable=False),
        sa.Column("in_summary", sa.Boolean(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_notices_deal_id_deals")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_notices_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index("ix_notices_deal", ["deal_id"], unique=False)
        batch_op.create_index(
            "ix_notices_due",
            ["send_at"],
            unique=False,
            sqlite_where=sa.text("send_at IS NOT NULL"),
            postgresql_where=sa.text("send_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_notices_open",
            ["batch"],
            unique=False,
            sqlite_where=sa.text("send_at IS NOT NULL"),
            postgresql_where=sa.text("send_at IS NOT NULL"),
        )
        batch_op.create_index("ix_notices_recipient", ["recipient_id", "organisation_id", "created_at"], unique=False)

    op.create_table(
        "skipped_messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=True),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("event", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("recipient_name", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("sentence", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_skipped_messages_deal_id_deals")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_skipped_messages_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skipped_messages")),
    )
    with op.batch_alter_table("skipped_messages", schema=None) as batch_op:
        batch_op.create_index("ix_skipped_messages_deal", ["deal_id", "created_at"], unique=False)

    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.add_column(sa.Column("subject_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("tell_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_activities_untold",
            ["tell_at"],
            unique=False,
            sqlite_where=sa.text("tell_at IS NOT NULL"),
            postgresql_where=sa.text("tell_at IS NOT NULL"),
        )

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_recipient", ["recipient", "status"], unique=False)

    with op.batch_alter_table("partner_portal_settings", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "notifications",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                nullable=False,
                server_default=sa.text("'{}'"),
            )
        )
        batch_op.add_column(sa.Column("tells_partner_added", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("tells_deal_shared", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    with op.batch_alter_table("partner_portal_settings", schema=None) as batch_op:
        batch_op.drop_column("tells_deal_shared")
        batch_op.drop_column("tells_partner_added")
        batch_op.drop_column("notifications")

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_recipient")

    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_activities_untold",
            sqlite_where=sa.text("tell_at IS NOT NULL"),
            postgresql_where=sa.text("tell_at IS NOT NULL"),
        )
        batch_op.drop_column("tell_at")
        batch_op.drop_column("subject_id")

    with op.batch_alter_table("skipped_messages", schema=None) as batch_op:
        batch_op.drop_index("ix_skipped_messages_deal")

    op.drop_table("skipped_messages")
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index("ix_notices_recipient")
        batch_op.drop_index(
            "ix_notices_open",
            sqlite_where=sa.text("send_at IS NOT NULL"),
            postgresql_where=sa.text("send_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_notices_due",
            sqlite_where=sa.text("send_at IS NOT NULL"),
            postgresql_where=sa.text("send_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_notices_deal")

    op.drop_table("notices")
    op.drop_table("partner_preferences")
    op.drop_table("user_preferences")
    op.drop_table("user_deliveries")
    op.drop_table("reminders")
