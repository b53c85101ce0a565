"""The form "Edit deal": what it shows of a deal, and keeping it on top of what others changed meanwhile."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.deals.rules import typed_value
from salestrekker_portal.domains.labels.queries import labels_of, labels_on
from salestrekker_portal.domains.pipeline.settling import DealFacts, change_deal
from salestrekker_portal.domains.questions.flows import loan_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.dates import read_day
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.kernel.merging import said
from salestrekker_portal.kernel.money import money_words
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.labels import Label

LABEL = "label-"
# Fields that hold a day.
DAYS = ("finance_due", "settles", "lodged", "approved")
_COLUMNS = {
    "amount": "value_cents", "owner": "owner_id", "loan": "loan_kind", "settles": "expected_settlement_on",
    "finance_due": "finance_due_on", "lodged": "lodged_on", "approved": "approved_on",
}  # fmt: skip


def deal_form(deal: Deal, labels: Iterable[Label], worn: Iterable[Label]) -> dict[str, str]:
    """What the form shows of a deal, by its fields; of each label of the firm whether the deal carries it."""
    on = {label.id for label in worn}
    days = {name: getattr(deal, _COLUMNS[name]) for name in DAYS}
    return {
        "name": deal.name,
        "amount": money_words(deal.value_cents or None).lstrip("$"),
        "owner": str(deal.owner_id),
        "loan": loan_of(deal.loan_kind).value,
        **{name: f"{day:%d/%m/%Y}" if day else "" for name, day in days.items()},
        **{f"{LABEL}{label.id}": "on" if label.id in on else "" for label in labels},
    }


async def edit_deal(
    session: WriteSession,
    actor: Actor,
    deal_id: UUID,
    typed: Mapping[str, object],
    shown: Mapping[str, object] | None = None,
) -> Deal:
    """Keep what was typed into the form, fields as in `deal_form`.

    Raises NotFound, NotPermitted, Conflict (settled, archived), Invalid, and Faster for fields that somebody else
    changed since the form showed them.
    """
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_WRITE)
    labels = await labels_of(session, deal.organisation_id)
    now = deal_form(deal, labels, await labels_on(session, deal.id))
    trail = Trail(kinds=("deal:changed",), deal_id=deal.id, columns=_COLUMNS)
    kept = await on_top_of(session, actor, trail, shown=shown, now=now, typed=typed)
    facts = DealFacts(
        name=kept.get("name"),
        value_cents=typed_value(kept.get("amount")),
        owner_id=_id(kept.get("owner"), "person"),
        loan_kind=kept.get("loan") or None,
        **_days(kept),
        label_ids=[_id(key.removeprefix(LABEL), "label") for key in kept if key.startswith(LABEL) and said(kept[key])],
    )
    return await change_deal(session, actor, deal_id, facts)


def _id(raw: object, what: str) -> UUID:
    try:
        return UUID(str(raw))
    except ValueError:
        raise NotFound(what) from None


def _days(kept: Mapping[str, object]) -> dict[str, date | None]:
    """The days typed, by column, None for nothing. Raises Invalid, keyed by field."""
    days: dict[str, date | None] = {}
    errors = {}
    for name in DAYS:
        text = str(kept.get(name) or "").strip()
        days[_COLUMNS[name]], sentence = read_day(text, utc_now().date()) if text else (None, None)
        if sentence:
            errors[name] = sentence
    if errors:
        raise Invalid(errors)
    return days
