"""Which provider a deal's statements come through: the owner's own choice, or the firm's (I-02)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.domains.bank_statements.rules import NAMES, checked_code, checked_months, providers_for
from salestrekker_portal.kernel.errors import Invalid, NotPermitted, noting
from salestrekker_portal.tables.bank_statements import BankIntegration, Provider
from salestrekker_portal.tables.organisations import Country, Organisation

SETTINGS = "/settings/integrations"
NONE_HERE = "This installation has no provider of bank statements for your country. Ask whoever runs it."


@dataclass(frozen=True, kw_only=True)
class StatementsGate:
    """Whether statements can be asked for, and if not why and where it is put right."""

    integration: BankIntegration | None
    reason: str = ""
    fix: str = ""

    @property
    def is_open(self) -> bool:
        return self.integration is not None


@dataclass(frozen=True, kw_only=True)
class ChosenIntegration:
    """The settings that apply. `is_own`: the broker's own ones, not the firm's."""

    integration: BankIntegration | None
    is_own: bool
    offered: list[Provider]


async def integration_of(session: ReadSession, organisation_id: UUID, user_id: UUID) -> BankIntegration | None:
    """The broker's own where there is one, the firm's otherwise."""
    rows = await session.scalars(
        select(BankIntegration).where(
            BankIntegration.organisation_id == organisation_id,
            or_(BankIntegration.user_id == user_id, BankIntegration.user_id.is_(None)),
        )
    )
    by_user = {row.user_id: row for row in rows}
    return by_user.get(user_id) or by_user.get(None)


async def gate_of(
    session: ReadSession, organisation_id: UUID, owner_id: UUID, available: Iterable[Provider], *, is_owner: bool = True
) -> StatementsGate:
    """The condition before anybody is asked: the deal owner's integration is switched on and still offered."""
    organisation = await existing(session, Organisation, organisation_id)
    offered = providers_for(organisation.country, available)
    if not offered:
        return StatementsGate(integration=None, reason=NONE_HERE)
    found = await integration_of(session, organisation_id, owner_id)
    if found is not None and found.switched_on and found.provider in offered:
        return StatementsGate(integration=found)
    whose = "you have" if is_owner else "the deal’s owner has"
    if found is not None and found.switched_on:
        reason = f"{NAMES[found.provider]} is not available here any more. Choose another provider first."
    else:
        reason = f"Bank statements can be asked for once {whose} activated a provider."
    return StatementsGate(integration=None, reason=reason, fix=SETTINGS)


async def chosen_by(
    session: ReadSession, actor: Actor, available: Iterable[Provider], *, for_firm: bool
) -> ChosenIntegration:
    """What the settings page shows. Staff only. Raises NotPermitted."""
    if not actor.is_staff:
        raise NotPermitted("Only the brokerage sees its settings.")
    found = await _kept(session, actor, for_firm=for_firm)
    is_own = found is not None and not for_firm
    if found is None and not for_firm:
        found = await _kept(session, actor, for_firm=True)
    return ChosenIntegration(integration=found, is_own=is_own, offered=providers_for(Country(actor.country), available))


def integration_form(kept: BankIntegration | None, offered: list[Provider]) -> dict[str, str | bool]:
    """What the form shows of a choice, by its fields; of none, or of one that is no longer offered, the first."""
    first = offered[0].value if offered else ""
    known = kept if kept is not None and kept.provider in offered else None
    return {
        "provider": known.provider.value if known else first,
        "switched_on": known.switched_on if known else False,
        "referral_code": kept.referral_code if kept else "",
        "multi_bank": kept.multi_bank if kept else False,
        "months": str(kept.months) if kept else "6",
    }


async def choose(
    session: WriteSession,
    actor: Actor,
    available: Iterable[Provider],
    *,
    for_firm: bool,
    shown: Mapping[str, object] | None = None,
    **typed: object,
) -> BankIntegration:
    """Keep the choice, for the firm (admins) or for one's own deals (brokers); fields as in `integration_form`.

    Raises NotPermitted, Invalid (`provider`, `referral_code`, `months`), and Faster for what somebody else changed
    since `shown`.
    """
    demand(actor, Permission.ORGANISATION_MANAGE if for_firm else Permission.DEAL_SHARE)
    offered = providers_for(Country(actor.country), available)
    kept = await _kept(session, actor, for_firm=for_firm)
    if kept is not None:
        await session.refresh(kept, with_for_update=HOLD)
        trail = Trail(kinds=("settings:bank_statements",), subject_id=kept.id)
        now = integration_form(kept, offered)
        typed = await on_top_of(session, actor, trail, shown=shown, now=now, typed=typed)
    wanted = _checked(offered, **typed)
    kept = kept or BankIntegration(
        organisation_id=actor.organisation_id, user_id=None if for_firm else actor.id, provider=wanted["provider"]
    )
    changed = [field for field, value in wanted.items() if getattr(kept, field) != value]
    for field in changed:
        setattr(kept, field, wanted[field])
    session.add(kept)
    await session.flush()
    record(session, actor, "settings:bank_statements", organisation_id=actor.organisation_id, subject_id=kept.id,
           provider=NAMES[kept.provider], state="on" if kept.switched_on else "off",
           fields=", ".join(changed))  # fmt: skip
    return kept


def _checked(
    providers: list[Provider],
    *,
    switched_on: object,
    provider: object,
    referral_code: object = "",
    multi_bank: object = False,
    months: object = 6,
) -> dict[str, Any]:
    """The fields as they will be kept. Raises Invalid."""
    errors: dict[str, str] = {}
    offered = {each.value: each for each in providers}
    wanted = offered.get(str(provider))
    if wanted is None:
        errors["provider"] = "Choose one of the providers shown." if offered else NONE_HERE
    code, asked_months = "", 6
    with noting(errors):
        asked_months = checked_months(months)
    if wanted is Provider.ILLION and (switched_on or referral_code):
        with noting(errors):
            code = checked_code(referral_code)
    if errors or wanted is None:
        raise Invalid(errors)
    return {
        "provider": wanted,
        "switched_on": bool(switched_on),
        "months": asked_months,
        "referral_code": code,
        "multi_bank": bool(multi_bank),
    }


async def follow_firm(session: WriteSession, actor: Actor) -> None:
    """Drop one's own choice; the firm's applies again. Raises NotPermitted."""
    demand(actor, Permission.DEAL_SHARE)
    own = await _kept(session, actor, for_firm=False)
    if own is not None:
        await session.delete(own)


async def _kept(session: ReadSession, actor: Actor, *, for_firm: bool) -> BankIntegration | None:
    whose = BankIntegration.user_id.is_(None) if for_firm else BankIntegration.user_id == actor.id
    return (
        await session.scalars(
            select(BankIntegration).where(BankIntegration.organisation_id == actor.organisation_id, whose)
        )
    ).first()
