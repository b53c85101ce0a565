"""What stages do by themselves, and what came of it."""

import sqlalchemy as sa

from alembic import op

revision = "c41e7fa02b9d"
down_revision = "e61f0a94d3b8"
branch_labels = None
depends_on = None
ON = sa.text("on_since IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "stage_automations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("stage_id", sa.Uuid(), nullable=False),
        sa.Column("deed", sa.String(40), nullable=False),
        sa.Column("about", sa.String(80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("on_since", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_automations")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_stage_automations_organisation_id_organisations")
        ),
    )
    op.create_index("ix_stage_automations_stage", "stage_automations", ["organisation_id", "stage_id"])
    op.create_index(
        "ix_stage_automations_on", "stage_automations", ["on_since"], sqlite_where=ON, postgresql_where=ON
    )
    op.create_table(
        "automation_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("automation_id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deed", sa.String(40), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.String(80), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_automation_runs")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_automation_runs_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_automation_runs_deal_id_deals")),
        sa.UniqueConstraint(
            "automation_id", "deal_id", "entered_at", name=op.f("uq_automation_runs_automation_id_deal_id_entered_at")
        ),
    )
    op.create_index("ix_automation_runs_deal", "automation_runs", ["deal_id", "created_at"])
    op.create_index("ix_automation_runs_log", "automation_runs", ["organisation_id", "created_at"])


def downgrade() -> None:
    op.drop_table("automation_runs")
    op.drop_table("stage_automations")
