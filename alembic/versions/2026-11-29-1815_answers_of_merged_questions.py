"""Questions that were merged into one begin with what was said to the old ones; a submission has a number and its words.

No answer is changed or removed: the old ones stay where they are, and the broker reads them there.
"""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa

from alembic import op
from salestrekker_portal.kernel.ids import new_id

revision = "e5f1a3c97b20"
down_revision = "c47d90be1a63"
branch_labels = None
depends_on = None

NOBODY = UUID(int=0)
AT_ONCE = 1000
RATE, REPAYMENT, FEATURES = (f"product_requirements.{each}" for each in ("rate", "repayment", "features"))
NEEDS, FIRST_HOME = "needs.borrowing", "applicant.first_home"

_answers = sa.table(
    "answers", sa.column("id", sa.Uuid), sa.column("created_at"), sa.column("deal_id", sa.Uuid),
    sa.column("subject_id", sa.Uuid), sa.column("section_id"), sa.column("item_id", sa.Uuid), sa.column("field_key"),
    sa.column("raw"), sa.column("version"), sa.column("author_id", sa.Uuid), sa.column("author_name"),
    sa.column("answered_at"),
)  # fmt: skip


def upgrade() -> None:
    op.add_column("portal_accesses", sa.Column("submissions", sa.Integer(), server_default="0", nullable=False))
    op.add_column("portal_accesses", sa.Column("declared", sa.String(20), server_default="", nullable=False))
    if op.get_context().as_sql:
        return
    bind = op.get_bind()
    bind.execute(sa.text("UPDATE portal_accesses SET submissions = 1 WHERE submitted_at IS NOT NULL"))
    people = _people(bind)
    known: dict[tuple, dict[str, sa.Row]] = defaultdict(dict)
    wanted = sa.select(_answers).where(_answers.c.section_id.in_((RATE, REPAYMENT, FEATURES, NEEDS, FIRST_HOME)))
    for row in bind.execute(wanted):
        known[row.deal_id, row.subject_id, row.section_id][row.field_key] = row
    fresh = [each for place, said in known.items() for each in _mapped(place, said, people, known)]
    for start in range(0, len(fresh), AT_ONCE):
        bind.execute(_answers.insert(), fresh[start : start + AT_ONCE])


def _people(bind: sa.Connection) -> dict[UUID, list[UUID]]:
    rows = sa.table("deal_applicants", sa.column("deal_id", sa.Uuid), sa.column("contact_id", sa.Uuid))
    who = sa.table("contacts", sa.column("id", sa.Uuid), sa.column("kind"))
    found: dict[UUID, list[UUID]] = defaultdict(list)
    asked = sa.select(rows.c.deal_id, rows.c.contact_id).join(who, who.c.id == rows.c.contact_id)
    for deal, contact in bind.execute(asked.where(who.c.kind == "person")):
        found[deal].append(contact)
    return found


def _mapped(place: tuple, said: dict[str, sa.Row], people: dict, known: dict) -> Iterator[dict]:
    deal, _, section = place
    liked = {key for key, row in said.items() if row.raw == "important"}
    if section == RATE and "rate_choice" not in said:
        rates = liked & {"fixed_rate", "variable_rate"}
        both = "split_rate" in liked or len(rates) == 2
        kind = "split" if both else next(iter(rates), "").removesuffix("_rate")
        yield from _from(said, liked, place, {"rate_choice": kind})
    elif section == REPAYMENT and "repayment_choice" not in said:
        kind = {"interest_only": "interest_only", "principal_and_interest": "principal_interest"}
        chosen = [value for key, value in kind.items() if key in liked]
        yield from _from(said, liked, place, {"repayment_choice": chosen[0] if len(chosen) == 1 else ""})
    elif section == FEATURES and "wanted" not in said:
        asked = [key for key in ("offset_account", "redraw", "line_of_credit") if key in said]
        wanted = ",".join(key for key in asked if key in liked) or ("none" if len(asked) > 1 else "")
        yield from _from(said, set(asked), place, {"wanted": wanted})
    elif section == NEEDS and "first_home_buyer" in said and said["first_home_buyer"].raw == "yes":
        for person in people.get(deal, ()):
            if (deal, person, FIRST_HOME) not in known:
                yield from _from(said, {"first_home_buyer"}, (deal, person, FIRST_HOME), {"owned_before": "no"})


def _from(said: dict[str, sa.Row], sources: set[str], place: tuple, values: dict[str, str]) -> Iterator[dict]:
    """A row for each value, by whoever gave the newest of the answers that it comes from."""
    rows = sorted((said[key] for key in sources if key in said), key=lambda row: str(row.answered_at))
    for key, raw in values.items():
        if raw and rows:
            deal, subject, section = place
            yield {
                "id": new_id(), "created_at": rows[-1].created_at, "deal_id": deal, "subject_id": subject,
                "section_id": section, "item_id": NOBODY, "field_key": key, "raw": raw, "version": 1,
                "author_id": rows[-1].author_id, "author_name": rows[-1].author_name,
                "answered_at": rows[-1].answered_at,
            }  # fmt: skip


def downgrade() -> None:
    op.drop_column("portal_accesses", "declared")
    op.drop_column("portal_accesses", "submissions")
