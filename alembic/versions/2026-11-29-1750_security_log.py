"""The security log, and the chains of it and of the activity."""

import sqlalchemy as sa

from alembic import op
from salestrekker_portal.database.columns import Json

revision = "5e1c09f7a2d8"
down_revision = "2d90b7ce54f1"
branch_labels = None
depends_on = None

# What clients read as "Who has seen my file" until now stood in the activity only.
LOOKS = "'document:opened', 'messages:read', 'portal_access:previewed', 'portal_access:signed_in'"


def upgrade() -> None:
    op.add_column("organisations", sa.Column("security_log_years", sa.Integer(), server_default="7", nullable=False))
    # True for the rows that are there: they enter the chain as well.
    op.add_column("activities", sa.Column("unsealed", sa.Boolean(), server_default=sa.true(), nullable=True))
    op.create_table(
        "security_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("deal_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("area", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("actor_kind", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(length=160), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("facts", Json(), nullable=False),
        sa.Column("unsealed", sa.Boolean(), server_default=sa.true(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_security_events_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_security_events_deal_id_deals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_events")),
    )
    op.create_index("ix_security_events_organisation", "security_events", ["organisation_id", "created_at"])
    op.create_index("ix_security_events_deal", "security_events", ["deal_id", "created_at"])
    for table in ("activities", "security_events"):
        waiting = sa.text("unsealed IS NOT NULL")
        op.create_index(
            f"ix_{table}_unsealed",
            table,
            ["organisation_id", "created_at"],
            sqlite_where=waiting,
            postgresql_where=waiting,
        )
    op.create_table(
        "log_seals",
        sa.Column("log", sa.String(length=12), nullable=False),
        sa.Column("chain", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("log", "chain", "number", name=op.f("pk_log_seals")),
    )
    op.create_index("ix_log_seals_row", "log_seals", ["row_id", "log"])
    op.create_table(
        "log_heads",
        sa.Column("log", sa.String(length=12), nullable=False),
        sa.Column("chain", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("mailed", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("log", "chain", name=op.f("pk_log_heads")),
    )
    op.execute(
        "INSERT INTO security_events (id, created_at, organisation_id, deal_id, subject_id, area, kind, refused, "
        "actor_kind, actor_id, actor_name, place, device, facts) "
        "SELECT id, created_at, organisation_id, deal_id, subject_id, "
        "CASE WHEN kind = 'portal_access:signed_in' THEN 'sign_in' ELSE 'file' END, kind, false, "
        f"actor_kind, actor_id, actor_name, '', '', facts FROM activities WHERE kind IN ({LOOKS})"
    )


def downgrade() -> None:
    op.drop_table("log_heads")
    op.drop_table("log_seals")
    op.drop_table("security_events")
    op.drop_index("ix_activities_unsealed", table_name="activities")
    op.drop_column("activities", "unsealed")
    op.drop_column("organisations", "security_log_years")
