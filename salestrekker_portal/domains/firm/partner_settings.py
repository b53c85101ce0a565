"""Partner Portal: where partners' leads arrive, and what partners may do (P-01..P-08)."""

from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import partner_topic, record, touch
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.domains.notices.catalogue import BY_KEY
from salestrekker_portal.domains.notices.texts import checked_words, partner_message_of
from salestrekker_portal.domains.notices.wording import Wording, own_or_standard, unlike_standard
from salestrekker_portal.domains.workflows.queries import access_workflow
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.tables.notifications import Audience
from salestrekker_portal.tables.organisations import Organisation, PartnerPortalSettings
from salestrekker_portal.tables.partners import PartnerMembership

SWITCHES = ("can_add_deals", "can_add_notes", "can_add_files", "tells_partner_added", "tells_deal_shared")

VIEWS, KIND = ("board", "list"), "settings:partner_portal"
# What partners may read of a deal beside names, stages and dates; never an amount.
DETAILS = {
    "summary": "Summary",
    "loan_kind": "Type of loan",
    "expected_settlement": "Expected settlement",
    "reference": "Reference",
}


async def partner_settings_of(session: ReadSession, actor: Actor) -> PartnerPortalSettings:
    """What applies now. Raises NotPermitted."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    found = select(PartnerPortalSettings).where(PartnerPortalSettings.organisation_id == actor.organisation_id)
    return (await session.scalars(found)).one_or_none() or PartnerPortalSettings(organisation_id=actor.organisation_id)


async def switch_for_partners(session: WriteSession, actor: Actor, name: object, *, on: bool) -> None:
    """Let partners do something, or no longer; it counts at once. Raises NotPermitted, Invalid (`name`)."""
    kept = await partner_settings_of(session, actor)
    if name not in SWITCHES:
        raise Invalid({"name": "Choose one of the switches shown."})
    setattr(kept, name, on)
    await _keep(session, actor, kept, name, on)


async def ask_partners_for_factor(session: WriteSession, actor: Actor, *, on: bool) -> None:
    """Ask partners for a second step, after the days that the firm's own people have, or only offer it to them.

    Raises NotPermitted.
    """
    kept = await partner_settings_of(session, actor)
    kept.asks_factor_since = (kept.asks_factor_since or utc_now()) if on else None
    await _keep(session, actor, kept, "asks_factor", on)


async def days_without_factor(session: ReadSession, actor: Actor) -> int:
    """For how many days partners may go on without a second step once they are asked: as the firm's own people."""
    return (await existing(session, Organisation, actor.organisation_id)).factor_grace_days


async def choose_workflow(session: WriteSession, actor: Actor, workflow_id: UUID | None) -> None:
    """Where leads arrive; None is the firm's first workflow. Raises NotPermitted, NotFound."""
    kept = await partner_settings_of(session, actor)
    if workflow_id is not None:
        await access_workflow(session, actor, workflow_id)
    kept.default_workflow_id = workflow_id
    await _keep(session, actor, kept, "default_workflow", True)


async def allow_event(session: WriteSession, actor: Actor, key: object, *, on: bool) -> None:
    """Let partners turn an event on for themselves, or turn it off for all of them (P-05, P-06).

    What each of them chose is kept, and counts again once it is allowed. Raises NotPermitted, Invalid (`event`).
    """
    kept = await partner_settings_of(session, actor)
    event = BY_KEY.get(key) if isinstance(key, str) else None
    if event is None or event.audience is not Audience.PARTNER:
        raise Invalid({"event": "Choose one of the updates shown."})
    kept.notifications = {**(kept.notifications or {}), event.key: on}
    await _keep(session, actor, kept, event.key, on)


async def choose_view(session: WriteSession, actor: Actor, view: object) -> None:
    """How partners' deals open: as a board or as a list (P-09). Raises NotPermitted, Invalid (`view`)."""
    kept = await partner_settings_of(session, actor)
    if view not in VIEWS:
        raise Invalid({"view": "Choose the board or the list."})
    kept.default_view = str(view)
    await _keep(session, actor, kept, "default_view", True)


async def show_detail(session: WriteSession, actor: Actor, key: object, *, on: bool) -> None:
    """Let partners read one more thing of a deal, or no longer (P-10). Raises NotPermitted, Invalid (`key`)."""
    kept = await partner_settings_of(session, actor)
    if not isinstance(key, str) or key not in DETAILS:
        raise Invalid({"key": "Choose one of the details shown."})
    others = [each for each in kept.details or [] if each != key]
    kept.details = [*others, str(key)] if on else others
    await _keep(session, actor, kept, f"detail_{key}", on)


def partner_words_of(kept: PartnerPortalSettings, key: str) -> Wording:
    """The firm's own words for a message to partners, or ours."""
    return own_or_standard((kept.words or {}).get(key) or {}, partner_message_of(key).standard)


async def write_partner_words(
    session: WriteSession, actor: Actor, *, key: object, typed: Mapping[str, object],
    shown: Mapping[str, object] | None = None,
) -> None:  # fmt: skip
    """Say a message to partners in the firm's own words.

    Raises NotPermitted, Invalid (`subject`, `email_text`, `sms_text`, `event`), Faster for what somebody else changed
    since `shown`.
    """
    kept = await _held(session, actor)
    message = partner_message_of(key)
    words, trail = partner_words_of(kept, message.key), Trail(kinds=(KIND,), facts={"field": _words_field(message.key)})
    wording = checked_words(
        message, await on_top_of(session, actor, trail, shown=shown, now=asdict(words), typed=typed)
    )
    await _keep_words(session, actor, kept, message.key, unlike_standard(wording, message.standard))


async def use_standard_partner_words(session: WriteSession, actor: Actor, *, key: object) -> None:
    """Back to our words; who is told, and how, stays. Raises NotPermitted, Invalid (`event`)."""
    kept = await _held(session, actor)
    message = partner_message_of(key)
    await _keep_words(session, actor, kept, message.key, {})


async def _held(session: WriteSession, actor: Actor) -> PartnerPortalSettings:
    """The settings, while nobody else writes them: two admins on one page would drop each other's words."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    # The firm's row, because of theirs there may be none yet.
    await session.get(Organisation, actor.organisation_id, with_for_update=HOLD)
    kept = await partner_settings_of(session, actor)
    if kept in session:
        await session.refresh(kept)
    return kept


def _words_field(key: str) -> str:
    return f"words_{key}"


async def _keep_words(
    session: WriteSession, actor: Actor, kept: PartnerPortalSettings, key: str, own: dict[str, str]
) -> None:
    others = {name: row for name, row in (kept.words or {}).items() if name != key}
    kept.words = {**others, key: own} if own else others
    await _keep(session, actor, kept, _words_field(key), bool(own))


async def _keep(session: WriteSession, actor: Actor, kept: PartnerPortalSettings, field: str, on: bool) -> None:
    session.add(kept)
    record(session, actor, KIND, organisation_id=actor.organisation_id, field=field, on=on)
    partners = select(PartnerMembership.partner_id).where(
        PartnerMembership.organisation_id == actor.organisation_id, PartnerMembership.disabled_at.is_(None)
    )
    touch(session, *[partner_topic(each) for each in await session.scalars(partners)])
    await session.flush()
