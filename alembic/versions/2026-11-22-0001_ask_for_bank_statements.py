"""ask for bank statements."""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "b0db44ab7d10"
down_revision = "3c0b683f6c87"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bank_integrations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("switched_on", sa.Boolean(), nullable=False),
        sa.Column("referral_code", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("multi_bank", sa.Boolean(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_bank_integrations_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_bank_integrations_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_integrations")),
        sa.UniqueConstraint("organisation_id", "user_id", name=op.f("uq_bank_integrations_organisation_id_user_id")),
    )
    op.create_table(
        "statement_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("access_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("referral_code", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("multi_bank", sa.Boolean(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("renewed_by", sa.Uuid(), nullable=True),
        sa.Column("refs_sealed", sa.Text(), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("return_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["access_id"], ["portal_accesses.id"], name=op.f("fk_statement_requests_access_id_portal_accesses")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_statement_requests_asked_by_users")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_statement_requests_contact_id_contacts")
        ),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_statement_requests_deal_id_deals")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_statement_requests_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_requests")),
        sa.UniqueConstraint("reference", name=op.f("uq_statement_requests_reference")),
    )
    with op.batch_alter_table("statement_requests", schema=None) as batch_op:
        batch_op.create_index("ix_statement_requests_access", ["access_id"], unique=False)
        batch_op.create_index("ix_statement_requests_deal", ["deal_id", "created_at"], unique=False)
        batch_op.create_index("ix_statement_requests_due", ["due_at"], unique=False)
        batch_op.create_index("ix_statement_requests_return", ["return_hash"], unique=False)
        batch_op.create_index("ix_statement_requests_subject", ["subject"], unique=False)

    op.create_table(
        "statement_consents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("wording_version", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_address", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_statement_consents_contact_id_contacts")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["statement_requests.id"], name=op.f("fk_statement_consents_request_id_statement_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_consents")),
    )
    with op.batch_alter_table("statement_consents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_consents_request_id"), ["request_id"], unique=False)

    op.create_table(
        "statement_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("account", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_statement_files_document_id_documents")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["statement_requests.id"], name=op.f("fk_statement_files_request_id_statement_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_files")),
        sa.UniqueConstraint(
            "request_id",
            "account",
            "first_on",
            "last_on",
            name=op.f("uq_statement_files_request_id_account_first_on_last_on"),
        ),
    )
    op.create_table(
        "statement_summaries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"], ["statement_requests.id"], name=op.f("fk_statement_summaries_request_id_statement_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_summaries")),
        sa.UniqueConstraint("request_id", name=op.f("uq_statement_summaries_request_id")),
    )


def downgrade() -> None:
    op.drop_table("statement_summaries")
    op.drop_table("statement_files")
    with op.batch_alter_table("statement_consents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_consents_request_id"))

    op.drop_table("statement_consents")
    with op.batch_alter_table("statement_requests", schema=None) as batch_op:
        batch_op.drop_index("ix_statement_requests_subject")
        batch_op.drop_index("ix_statement_requests_return")
        batch_op.drop_index("ix_statement_requests_due")
        batch_op.drop_index("ix_statement_requests_deal")
        batch_op.drop_index("ix_statement_requests_access")

    op.drop_table("statement_requests")
    op.drop_table("bank_integrations")
