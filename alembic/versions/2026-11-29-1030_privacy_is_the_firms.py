"""The privacy disclosure is the firm's: what a broker set for their own deals stays in the history only."""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from alembic import op
from salestrekker_portal.kernel.ids import new_id

revision = "5ea1ed0f1a75"
down_revision = "a4c0ce0701d2"
branch_labels = None
depends_on = None

RULE = "user_id IS NULL OR (privacy_mode = 'documents' AND privacy_url IS NULL)"
NAME = "ck_portal_settings_privacy_is_the_firms"

settings = sa.table(
    "portal_settings",
    sa.column("id", sa.Uuid()),
    sa.column("organisation_id", sa.Uuid()),
    sa.column("user_id", sa.Uuid()),
    sa.column("privacy_mode", sa.String()),
    sa.column("privacy_url", sa.String()),
)
users = sa.table(
    "users", sa.column("id", sa.Uuid()), sa.column("first_name", sa.String()), sa.column("last_name", sa.String())
)
activities = sa.table(
    "activities",
    sa.column("id", sa.Uuid()),
    sa.column("created_at", sa.DateTime(timezone=True)),
    sa.column("organisation_id", sa.Uuid()),
    sa.column("kind", sa.String()),
    sa.column("actor_kind", sa.String()),
    sa.column("actor_name", sa.String()),
    sa.column("facts", sa.JSON().with_variant(JSONB(), "postgresql")),
)


def upgrade() -> None:
    if not op.get_context().as_sql:
        _keep_in_the_history()
    own = settings.c.user_id.is_not(None)
    op.execute(settings.update().where(own).values(privacy_mode="documents", privacy_url=None))
    with op.batch_alter_table("portal_settings", schema=None) as batch_op:
        batch_op.create_check_constraint(op.f(NAME), RULE)


def _keep_in_the_history() -> None:
    """A row for each broker whose own differed from the firm's: who, and what it was."""
    bind = op.get_bind()
    rows = bind.execute(sa.select(settings, users).join(users, users.c.id == settings.c.user_id)).all()
    firms = bind.execute(sa.select(settings).where(settings.c.user_id.is_(None))).all()
    held = {row.organisation_id: (row.privacy_mode, row.privacy_url) for row in firms}
    for row in rows:
        if (row.privacy_mode, row.privacy_url) == held.get(row.organisation_id, ("documents", None)):
            continue
        was = f"the page {row.privacy_url}" if row.privacy_mode == "link" else "the documents in each deal"
        bind.execute(
            activities.insert().values(
                id=new_id(),
                created_at=datetime.now(UTC),
                organisation_id=row.organisation_id,
                kind="settings:own_privacy_ended",
                actor_kind="system",
                actor_name="",
                facts={"broker": f"{row.first_name} {row.last_name}".strip(), "was": was, "mode": row.privacy_mode,
                       "url": row.privacy_url},
            )
        )  # fmt: skip


def downgrade() -> None:
    with op.batch_alter_table("portal_settings", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_="check")
