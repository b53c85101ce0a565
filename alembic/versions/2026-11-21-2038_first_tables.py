"""first tables."""

import sqlalchemy as sa
import sqlmodel
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "1f0c5d7a2b10"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "callback_receipts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback_receipts")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_callback_receipts_fingerprint")),
    )
    with op.batch_alter_table("callback_receipts", schema=None) as batch_op:
        batch_op.create_index("ix_callback_receipts_created", ["created_at"], unique=False)

    op.create_table(
        "one_time_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_links_token_hash")),
    )
    with op.batch_alter_table("one_time_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_one_time_links_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "organisations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("short_code", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("country", sa.String(length=40), nullable=False),
        sa.Column("time_zone", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("phone", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=True),
        sa.Column("licence", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("theme_colour", sqlmodel.sql.sqltypes.AutoString(length=7), nullable=True),
        sa.Column("sms_enabled", sa.Boolean(), nullable=False),
        sa.Column("sms_recharge_below", sa.Integer(), nullable=True),
        sa.Column("sms_warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deals_made", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
    )
    op.create_table(
        "partners",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("first_name", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("last_name", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("firm", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("phone", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column("country", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=True),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partners")),
        sa.UniqueConstraint("email", name=op.f("uq_partners_email")),
    )
    op.create_table(
        "shown_messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("sender", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("recipient", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("recipient_name", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("paragraphs", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("link_label", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("link", sqlmodel.sql.sqltypes.AutoString(length=600), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shown_messages")),
        sa.UniqueConstraint("message_id", name=op.f("uq_shown_messages_message_id")),
    )
    with op.batch_alter_table("shown_messages", schema=None) as batch_op:
        batch_op.create_index("ix_shown_messages_created", ["created_at"], unique=False)

    op.create_table(
        "throttles",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("window_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttles")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("first_name", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("last_name", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("mobile", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column("password_hash", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "contacts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("first_name", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("last_name", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("company_name", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=True),
        sa.Column("mobile", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column("sms_opted_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_contacts_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.create_index("ix_contacts_organisation_email", ["organisation_id", "email"], unique=False)
        batch_op.create_index("ix_contacts_organisation_mobile", ["organisation_id", "mobile"], unique=False)
        batch_op.create_index(
            "ix_contacts_organisation_name", ["organisation_id", "last_name", "first_name"], unique=False
        )

    op.create_table(
        "flows",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("flow_type", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("section_ids", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_flows_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flows")),
    )
    with op.batch_alter_table("flows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flows_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "labels",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_labels_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labels")),
        sa.UniqueConstraint("organisation_id", "name", name=op.f("uq_labels_organisation_id_name")),
    )
    op.create_table(
        "memberships",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_memberships_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_memberships_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint("user_id", "organisation_id", name=op.f("uq_memberships_user_id_organisation_id")),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_memberships_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "partner_memberships",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("assigned_user_id", sa.Uuid(), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assigned_user_id"], ["users.id"], name=op.f("fk_partner_memberships_assigned_user_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_partner_memberships_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partners.id"], name=op.f("fk_partner_memberships_partner_id_partners")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_memberships")),
        sa.UniqueConstraint(
            "partner_id", "organisation_id", name=op.f("uq_partner_memberships_partner_id_organisation_id")
        ),
    )
    with op.batch_alter_table("partner_memberships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_memberships_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "portal_settings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("show_status_bar", sa.Boolean(), nullable=False),
        sa.Column("profile_at_first_login", sa.Boolean(), nullable=False),
        sa.Column("privacy_mode", sa.String(length=40), nullable=False),
        sa.Column("privacy_url", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=True),
        sa.Column("notifications", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_portal_settings_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_portal_settings_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_settings")),
        sa.UniqueConstraint("organisation_id", "user_id", name=op.f("uq_portal_settings_organisation_id_user_id")),
    )
    op.create_table(
        "request_lists",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("country", sa.String(length=40), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("items", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_request_lists_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_lists")),
    )
    op.create_table(
        "sms_credit_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("period", sqlmodel.sql.sqltypes.AutoString(length=7), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_sms_credit_entries_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sms_credit_entries")),
        sa.UniqueConstraint("organisation_id", "period", name=op.f("uq_sms_credit_entries_organisation_id_period")),
    )
    with op.batch_alter_table("sms_credit_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sms_credit_entries_message_id"), ["message_id"], unique=False)
        batch_op.create_index("ix_sms_credit_entries_organisation", ["organisation_id", "credits"], unique=False)

    op.create_table(
        "sms_purchases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.Uuid(), nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("bought_by", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("receipt", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("problem", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_sms_purchases_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sms_purchases")),
        sa.UniqueConstraint("organisation_id", "attempt", name=op.f("uq_sms_purchases_organisation_id_attempt")),
    )
    with op.batch_alter_table("sms_purchases", schema=None) as batch_op:
        batch_op.create_index("ix_sms_purchases_organisation", ["organisation_id", "created_at"], unique=False)

    op.create_table(
        "stored_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("storage_key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("mime", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("scanned", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_stored_files_not_empty")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_stored_files_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_files")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_stored_files_storage_key")),
    )
    with op.batch_alter_table("stored_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_files_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "workflows",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_workflows_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workflows")),
    )
    with op.batch_alter_table("workflows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workflows_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "compliance_documents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.Column("version", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_compliance_documents_file_id_stored_files")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_compliance_documents_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compliance_documents")),
    )
    with op.batch_alter_table("compliance_documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_compliance_documents_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "partner_portal_settings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("default_workflow_id", sa.Uuid(), nullable=True),
        sa.Column("can_add_deals", sa.Boolean(), nullable=False),
        sa.Column("can_add_notes", sa.Boolean(), nullable=False),
        sa.Column("can_add_files", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["default_workflow_id"],
            ["workflows.id"],
            name=op.f("fk_partner_portal_settings_default_workflow_id_workflows"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_partner_portal_settings_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_portal_settings")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_partner_portal_settings_organisation_id")),
    )
    op.create_table(
        "stages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workflow_id", sa.Uuid(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("client_name", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("client_meaning", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("fact_find", sa.String(length=40), nullable=False),
        sa.Column("probability_pct", sa.Integer(), nullable=False),
        sa.Column("stale_days", sa.Integer(), nullable=False),
        sa.Column("colour", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("with_lender", sa.Boolean(), nullable=False),
        sa.CheckConstraint("probability_pct between 0 and 100", name=op.f("ck_stages_probability_is_percent")),
        sa.CheckConstraint("stale_days >= 0", name=op.f("ck_stages_stale_days_not_negative")),
        sa.ForeignKeyConstraint(["workflow_id"], ["workflows.id"], name=op.f("fk_stages_workflow_id_workflows")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stages")),
    )
    with op.batch_alter_table("stages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stages_workflow_id"), ["workflow_id"], unique=False)

    op.create_table(
        "deals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("workflow_id", sa.Uuid(), nullable=False),
        sa.Column("stage_id", sa.Uuid(), nullable=False),
        sa.Column(
            "rank",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("value_cents", sa.BigInteger(), nullable=False),
        sa.Column("loan_kind", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("stage_entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expected_settlement_on", sa.Date(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("clients_line", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("labels_line", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("portal_state", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("profile_pct", sa.Integer(), nullable=False),
        sa.Column("documents_asked", sa.Integer(), nullable=False),
        sa.Column("documents_in", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(length=40), nullable=False),
        sa.CheckConstraint("value_cents >= 0", name=op.f("ck_deals_value_not_negative")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_deals_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_deals_owner_id_users")),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_deals_partner_id_partners")),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name=op.f("fk_deals_stage_id_stages")),
        sa.ForeignKeyConstraint(["workflow_id"], ["workflows.id"], name=op.f("fk_deals_workflow_id_workflows")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deals")),
    )
    with op.batch_alter_table("deals", schema=None) as batch_op:
        batch_op.create_index(
            "ix_deals_board",
            ["organisation_id", "stage_id", "rank", "id"],
            unique=False,
            sqlite_where=sa.text("archived_at IS NULL AND locked_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL AND locked_at IS NULL"),
        )
        batch_op.create_index("ix_deals_owner", ["organisation_id", "owner_id"], unique=False)
        batch_op.create_index(
            "ix_deals_workflow",
            ["organisation_id", "workflow_id", "archived_at", "locked_at", "stage_id", "value_cents"],
            unique=False,
        )

    op.create_table(
        "activities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("actor_kind", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("facts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_activities_deal_id_deals")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_activities_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
    )
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.create_index("ix_activities_deal", ["deal_id", "created_at"], unique=False)
        batch_op.create_index("ix_activities_organisation", ["organisation_id", "created_at"], unique=False)

    op.create_table(
        "answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("field_key", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_answers_deal_id_deals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint(
            "deal_id",
            "subject_id",
            "section_id",
            "item_id",
            "field_key",
            name=op.f("uq_answers_deal_id_subject_id_section_id_item_id_field_key"),
        ),
    )
    op.create_table(
        "deal_applicants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_deal_applicants_contact_id_contacts")),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_deal_applicants_deal_id_deals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_applicants")),
        sa.UniqueConstraint("deal_id", "contact_id", name=op.f("uq_deal_applicants_deal_id_contact_id")),
    )
    with op.batch_alter_table("deal_applicants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deal_applicants_contact_id"), ["contact_id"], unique=False)

    op.create_table(
        "deal_labels",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("label_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_deal_labels_deal_id_deals")),
        sa.ForeignKeyConstraint(["label_id"], ["labels.id"], name=op.f("fk_deal_labels_label_id_labels")),
        sa.PrimaryKeyConstraint("deal_id", "label_id", name=op.f("pk_deal_labels")),
    )
    with op.batch_alter_table("deal_labels", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deal_labels_label_id"), ["label_id"], unique=False)

    op.create_table(
        "deal_partners",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_deal_partners_deal_id_deals")),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_deal_partners_partner_id_partners")),
        sa.PrimaryKeyConstraint("deal_id", "partner_id", name=op.f("pk_deal_partners")),
    )
    with op.batch_alter_table("deal_partners", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deal_partners_partner_id"), ["partner_id"], unique=False)

    op.create_table(
        "document_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("group_name", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_kind", sa.String(length=40), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by_name", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["users.id"], name=op.f("fk_document_requests_added_by_users")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_document_requests_contact_id_contacts")),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_document_requests_deal_id_deals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_requests")),
    )
    with op.batch_alter_table("document_requests", schema=None) as batch_op:
        batch_op.create_index("ix_document_requests_deal", ["deal_id"], unique=False)

    op.create_table(
        "fact_find_items",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("made_by_contact", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_fact_find_items_deal_id_deals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_find_items")),
    )
    with op.batch_alter_table("fact_find_items", schema=None) as batch_op:
        batch_op.create_index("ix_fact_find_items_section", ["deal_id", "section_id"], unique=False)

    op.create_table(
        "notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("author_kind", sa.String(length=40), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("author_name", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("important", sa.Boolean(), nullable=False),
        sa.Column("shared_with_client_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shared_with_partner_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_notes_contact_id_contacts")),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_notes_deal_id_deals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.create_index("ix_notes_deal", ["deal_id", "created_at"], unique=False)

    op.create_table(
        "portal_accesses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("granted_by", sa.Uuid(), nullable=False),
        sa.Column("sees_other_applicants", sa.Boolean(), nullable=False),
        sa.Column("flow_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("section_ids", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("asks_bank_statements", sa.Boolean(), nullable=False),
        sa.Column("pin_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("pin_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wrong_pins", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_portal_accesses_contact_id_contacts")),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_portal_accesses_deal_id_deals")),
        sa.ForeignKeyConstraint(["granted_by"], ["users.id"], name=op.f("fk_portal_accesses_granted_by_users")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_portal_accesses_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["revoked_by"], ["users.id"], name=op.f("fk_portal_accesses_revoked_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_accesses")),
    )
    with op.batch_alter_table("portal_accesses", schema=None) as batch_op:
        batch_op.create_index("ix_portal_accesses_contact", ["contact_id"], unique=False)
        batch_op.create_index("ix_portal_accesses_deal", ["deal_id"], unique=False)
        batch_op.create_index("ix_portal_accesses_organisation", ["organisation_id", "revoked_at"], unique=False)
        batch_op.create_index(
            "uq_portal_accesses_live",
            ["deal_id", "contact_id"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.create_table(
        "thread_reads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("reader_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_thread_reads_deal_id_deals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_reads")),
        sa.UniqueConstraint("deal_id", "reader_id", name=op.f("uq_thread_reads_deal_id_reader_id")),
    )
    op.create_table(
        "access_requests",
        sa.Column("access_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["access_id"], ["portal_accesses.id"], name=op.f("fk_access_requests_access_id_portal_accesses")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["document_requests.id"], name=op.f("fk_access_requests_request_id_document_requests")
        ),
        sa.PrimaryKeyConstraint("access_id", "request_id", name=op.f("pk_access_requests")),
    )
    with op.batch_alter_table("access_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_requests_request_id"), ["request_id"], unique=False)

    op.create_table(
        "answer_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name=op.f("fk_answer_changes_answer_id_answers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_changes")),
    )
    with op.batch_alter_table("answer_changes", schema=None) as batch_op:
        batch_op.create_index("ix_answer_changes_answer", ["answer_id", "version"], unique=False)

    op.create_table(
        "consent_records",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("access_id", sa.Uuid(), nullable=False),
        sa.Column("documents", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("from_address", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["access_id"], ["portal_accesses.id"], name=op.f("fk_consent_records_access_id_portal_accesses")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_records")),
    )
    with op.batch_alter_table("consent_records", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_records_access_id"), ["access_id"], unique=False)

    op.create_table(
        "documents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("slot", sa.String(length=40), nullable=True),
        sa.Column("slot_version", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("uploader_kind", sa.String(length=40), nullable=False),
        sa.Column("uploader_id", sa.Uuid(), nullable=False),
        sa.Column("uploader_name", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("shared_with_client_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shared_with_partner_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_documents_contact_id_contacts")),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_documents_deal_id_deals")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name=op.f("fk_documents_file_id_stored_files")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["document_requests.id"], name=op.f("fk_documents_request_id_document_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.create_index("ix_documents_deal", ["deal_id"], unique=False)
        batch_op.create_index("ix_documents_request", ["request_id"], unique=False)

    op.create_table(
        "held_answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("access_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("field_key", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["access_id"], ["portal_accesses.id"], name=op.f("fk_held_answers_access_id_portal_accesses")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_answers")),
        sa.UniqueConstraint(
            "access_id",
            "section_id",
            "subject_id",
            "item_id",
            "field_key",
            name=op.f("uq_held_answers_access_id_section_id_subject_id_item_id_field_key"),
        ),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=True),
        sa.Column("access_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("recipient", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("recipient_name", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("dedupe_key", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("credits_held", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_by", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provider_ref", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("unknowns", sa.Integer(), nullable=False),
        sa.Column("lookups", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["access_id"], ["portal_accesses.id"], name=op.f("fk_outbox_access_id_portal_accesses")
        ),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_outbox_deal_id_deals")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_outbox_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outbox_dedupe_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_access", ["access_id"], unique=False)
        batch_op.create_index("ix_outbox_deal", ["deal_id"], unique=False)
        batch_op.create_index("ix_outbox_due", ["status", "due_at"], unique=False)
        batch_op.create_index("ix_outbox_kind", ["organisation_id", "kind", "created_at"], unique=False)
        batch_op.create_index("ix_outbox_provider_ref", ["provider_ref"], unique=False)

    op.create_table(
        "portal_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("access_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("token_sealed", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["access_id"], ["portal_accesses.id"], name=op.f("fk_portal_links_access_id_portal_accesses")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_portal_links_token_hash")),
    )
    with op.batch_alter_table("portal_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_portal_links_access_id"), ["access_id"], unique=False)

    op.create_table(
        "portal_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("portal", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("access_id", sa.Uuid(), nullable=True),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("from_address", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("browser", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["access_id"], ["portal_accesses.id"], name=op.f("fk_portal_sessions_access_id_portal_accesses")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_portal_sessions_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_portal_sessions_partner_id_partners")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_portal_sessions_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_portal_sessions_token_hash")),
    )
    with op.batch_alter_table("portal_sessions", schema=None) as batch_op:
        batch_op.create_index("ix_portal_sessions_access", ["access_id"], unique=False)
        batch_op.create_index("ix_portal_sessions_partner", ["partner_id"], unique=False)
        batch_op.create_index("ix_portal_sessions_user", ["user_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("portal_sessions", schema=None) as batch_op:
        batch_op.drop_index("ix_portal_sessions_user")
        batch_op.drop_index("ix_portal_sessions_partner")
        batch_op.drop_index("ix_portal_sessions_access")

    op.drop_table("portal_sessions")
    with op.batch_alter_table("portal_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_portal_links_access_id"))

    op.drop_table("portal_links")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_provider_ref")
        batch_op.drop_index("ix_outbox_kind")
        batch_op.drop_index("ix_outbox_due")
        batch_op.drop_index("ix_outbox_deal")
        batch_op.drop_index("ix_outbox_access")

    op.drop_table("outbox")
    op.drop_table("held_answers")
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_index("ix_documents_request")
        batch_op.drop_index("ix_documents_deal")

    op.drop_table("documents")
    with op.batch_alter_table("consent_records", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_records_access_id"))

    op.drop_table("consent_records")
    with op.batch_alter_table("answer_changes", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_changes_answer")

    op.drop_table("answer_changes")
    with op.batch_alter_table("access_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_requests_request_id"))

    op.drop_table("access_requests")
    op.drop_table("thread_reads")
    with op.batch_alter_table("portal_accesses", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_portal_accesses_live",
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )
        batch_op.drop_index("ix_portal_accesses_organisation")
        batch_op.drop_index("ix_portal_accesses_deal")
        batch_op.drop_index("ix_portal_accesses_contact")

    op.drop_table("portal_accesses")
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.drop_index("ix_notes_deal")

    op.drop_table("notes")
    with op.batch_alter_table("fact_find_items", schema=None) as batch_op:
        batch_op.drop_index("ix_fact_find_items_section")

    op.drop_table("fact_find_items")
    with op.batch_alter_table("document_requests", schema=None) as batch_op:
        batch_op.drop_index("ix_document_requests_deal")

    op.drop_table("document_requests")
    with op.batch_alter_table("deal_partners", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_partners_partner_id"))

    op.drop_table("deal_partners")
    with op.batch_alter_table("deal_labels", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_labels_label_id"))

    op.drop_table("deal_labels")
    with op.batch_alter_table("deal_applicants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_applicants_contact_id"))

    op.drop_table("deal_applicants")
    op.drop_table("answers")
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.drop_index("ix_activities_organisation")
        batch_op.drop_index("ix_activities_deal")

    op.drop_table("activities")
    with op.batch_alter_table("deals", schema=None) as batch_op:
        batch_op.drop_index("ix_deals_workflow")
        batch_op.drop_index("ix_deals_owner")
        batch_op.drop_index(
            "ix_deals_board",
            sqlite_where=sa.text("archived_at IS NULL AND locked_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL AND locked_at IS NULL"),
        )

    op.drop_table("deals")
    with op.batch_alter_table("stages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stages_workflow_id"))

    op.drop_table("stages")
    op.drop_table("partner_portal_settings")
    with op.batch_alter_table("compliance_documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_compliance_documents_organisation_id"))

    op.drop_table("compliance_documents")
    with op.batch_alter_table("workflows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workflows_organisation_id"))

    op.drop_table("workflows")
    with op.batch_alter_table("stored_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_files_organisation_id"))

    op.drop_table("stored_files")
    with op.batch_alter_table("sms_purchases", schema=None) as batch_op:
        batch_op.drop_index("ix_sms_purchases_organisation")

    op.drop_table("sms_purchases")
    with op.batch_alter_table("sms_credit_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_sms_credit_entries_organisation")
        batch_op.drop_index(batch_op.f("ix_sms_credit_entries_message_id"))

    op.drop_table("sms_credit_entries")
    op.drop_table("request_lists")
    op.drop_table("portal_settings")
    with op.batch_alter_table("partner_memberships", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partner_memberships_organisation_id"))

    op.drop_table("partner_memberships")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_memberships_organisation_id"))

    op.drop_table("memberships")
    op.drop_table("labels")
    with op.batch_alter_table("flows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_flows_organisation_id"))

    op.drop_table("flows")
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_index("ix_contacts_organisation_name")
        batch_op.drop_index("ix_contacts_organisation_mobile")
        batch_op.drop_index("ix_contacts_organisation_email")

    op.drop_table("contacts")
    op.drop_table("users")
    op.drop_table("throttles")
    with op.batch_alter_table("shown_messages", schema=None) as batch_op:
        batch_op.drop_index("ix_shown_messages_created")

    op.drop_table("shown_messages")
    op.drop_table("partners")
    op.drop_table("organisations")
    with op.batch_alter_table("one_time_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_one_time_links_subject_id"))

    op.drop_table("one_time_links")
    with op.batch_alter_table("callback_receipts", schema=None) as batch_op:
        batch_op.drop_index("ix_callback_receipts_created")

    op.drop_table("callback_receipts")
