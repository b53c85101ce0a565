"""What the firm decided: its details and look, and what clients and partners see (S1-01..06, O-01, R-13)."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import access_topic, board_topic, deal_topic, record, touch
from salestrekker_portal.domains.deals.queries import demand
from salestrekker_portal.domains.organisations.branding import checked_colour
from salestrekker_portal.domains.organisations.business_number import checked_number
from salestrekker_portal.domains.organisations.models import Organisation, PortalSettings, PrivacyMode
from salestrekker_portal.domains.portal_access.models import PortalAccess
from salestrekker_portal.kernel.errors import Invalid, NotPermitted
from salestrekker_portal.kernel.text import clean, email_from, phone_from

URL_LIMIT = 500
KEPT = (
    "show_status_bar",
    "profile_at_first_login",
    "show_stage_videos",
    "show_flow_videos",
    "stage_videos",
    "flow_videos",
)
# What clients consent to is the firm's to set, and one for all its deals (seed-002: admins only).
THE_FIRMS = ("privacy_mode", "privacy_url")
NO_LINK = "Enter the address of your privacy page. It begins with https://."


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The settings that apply, and whether the broker has some of their own."""

    settings: PortalSettings
    is_own: bool


async def portal_settings_of(session: ReadSession, actor: Actor, *, for_firm: bool) -> Chosen:
    """The firm's settings, or those that apply to this person's own deals. Staff only: raises NotPermitted."""
    if not actor.is_staff:
        raise NotPermitted("Only the brokerage sees its settings.")
    rows = await session.scalars(
        select(PortalSettings).where(
            PortalSettings.organisation_id == actor.organisation_id,
            PortalSettings.user_id.is_(None) if for_firm else PortalSettings.user_id.in_([actor.id]),
        )
    )
    row = rows.one_or_none()
    if row is not None:
        return Chosen(settings=row, is_own=not for_firm)
    if for_firm:
        return Chosen(settings=PortalSettings(organisation_id=actor.organisation_id), is_own=False)
    return await portal_settings_of(session, actor, for_firm=True)


async def change_portal_settings(
    session: WriteSession, actor: Actor, *, for_firm: bool, **changes: object
) -> PortalSettings:
    """Change some of what clients see: for the whole firm (admins), or for one's own deals (brokers).

    `changes` name fields of PortalSettings; THE_FIRMS are for the firm only. Clients with the portal open see it at
    once. Raises NotPermitted, Invalid (`privacy_url`).
    """
    demand_settings(actor, for_firm)
    if not for_firm and any(name in THE_FIRMS for name in changes):
        raise NotPermitted("The privacy disclosure is the organisation’s, one for all its deals. Ask an admin.")
    if "privacy_url" in changes:
        changes["privacy_url"] = checked_link(changes["privacy_url"])
    row = await _row_for(session, actor, for_firm)
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, changes[name])
    if changed:
        whose = "organisation" if for_firm else "own"
        record(session, actor, "settings:client_portal", organisation_id=actor.organisation_id, whose=whose,
               fields=", ".join(changed))  # fmt: skip
        await _wake_clients(session, actor)
    await session.flush()
    return row


async def drop_own_settings(session: WriteSession, actor: Actor) -> None:
    """Follow the firm's settings again. Raises NotPermitted."""
    demand_settings(actor, False)
    found = select(PortalSettings).where(
        PortalSettings.organisation_id == actor.organisation_id, PortalSettings.user_id == actor.id
    )
    row = (await session.scalars(found)).one_or_none()
    if row is not None:
        await session.delete(row)
        record(session, actor, "settings:client_portal_dropped", organisation_id=actor.organisation_id)
        await _wake_clients(session, actor)


def checked_link(raw: object) -> str:
    """An https address that a browser can open. Raises Invalid (`privacy_url`)."""
    text = clean(raw)
    if len(text) > URL_LIMIT:
        raise Invalid({"privacy_url": f"Use at most {URL_LIMIT} characters. This has {len(text):,}."})
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        raise Invalid({"privacy_url": NO_LINK}) from None
    good = parts.scheme == "https" and "." in host.strip(".") and not parts.username
    if not good or any(letter in text for letter in " <>\"'\\`"):
        raise Invalid({"privacy_url": NO_LINK})
    return text


async def change_details(session: WriteSession, actor: Actor, facts: dict[str, object]) -> Organisation:
    """Name, business number, phone, e-mail, address, website, licence and theme colour of the firm.

    Raises NotPermitted, Invalid (keyed by field).
    """
    demand(actor, Permission.ORGANISATION_MANAGE)
    errors: dict[str, str] = {}
    wanted = {
        "name": _text(facts.get("name"), "name", 120, errors, least="Enter the name that clients know you by."),
        "licence": _text(facts.get("licence"), "licence", 120, errors),
        "phone": phone_from(facts.get("phone"), country=actor.country),
        "email": email_from(facts.get("email")),
        "address": _text(facts.get("address"), "address", 300, errors),
        "website": "",
        "business_number": "",
        "theme_colour": None,
    }
    if wanted["phone"] is None and clean(facts.get("phone")):
        errors["phone"] = "Enter a phone number with its area code."
    if wanted["email"] is None and clean(facts.get("email")):
        errors["email"] = "Enter an e-mail address, for example hello@example.com."
    for field, look in _LOOKED_AT.items():
        try:
            wanted[field] = look(facts.get(field), actor.country)
        except Invalid as refusal:
            errors |= refusal.errors
    if errors:
        raise Invalid(errors)
    organisation = await existing(session, Organisation, actor.organisation_id, with_for_update=HOLD)
    changed = [name for name, value in wanted.items() if getattr(organisation, name) != value]
    for name in changed:
        setattr(organisation, name, wanted[name])
    if changed:
        record(session, actor, "settings:details", organisation_id=organisation.id, fields=", ".join(changed))
        await _wake_clients(session, actor)
    return organisation


def _website(raw: object, _country: str) -> str:
    if not clean(raw):
        return ""
    try:
        return checked_link(raw)
    except Invalid:
        wrong = "Enter the address of your website. It begins with https://."
        raise Invalid({"website": wrong}) from None


# Fields with a check of their own: (typed, country) to what is kept.
_LOOKED_AT: dict[str, Callable[[object, str], object]] = {
    "theme_colour": lambda raw, _: checked_colour(raw),
    "business_number": checked_number,
    "website": _website,
}


def _text(raw: object, field: str, limit: int, errors: dict[str, str], *, least: str = "") -> str:
    text = clean(raw)
    if least and not text:
        errors[field] = least
    elif len(text) > limit:
        errors[field] = f"Use at most {limit} characters. This has {len(text):,}."
    return text


def demand_settings(actor: Actor, for_firm: bool) -> None:
    """The firm's are an admin's to change, one's own a broker's. Raises NotPermitted."""
    if for_firm:
        return demand(actor, Permission.ORGANISATION_MANAGE)
    if not actor.may(Permission.DEAL_SHARE):
        raise NotPermitted("Only a broker or an admin has client portal settings of their own. Ask an admin.")
    return None


async def _row_for(session: WriteSession, actor: Actor, for_firm: bool) -> PortalSettings:
    """The row to change. A broker's first change starts from the firm's settings; messages stay the firm's, one by
    one, until the broker changes that one."""
    chosen = await portal_settings_of(session, actor, for_firm=for_firm)
    row = chosen.settings
    if not for_firm and not chosen.is_own:
        kept = {name: getattr(row, name) for name in KEPT}
        row = PortalSettings(organisation_id=actor.organisation_id, user_id=actor.id, **kept)
    if row.privacy_mode is None:
        row.privacy_mode = PrivacyMode.DOCUMENTS
    session.add(row)
    return row


async def _wake_clients(session: WriteSession, actor: Actor) -> None:
    """Open pages of the firm's clients and brokers look again."""
    rows = await session.execute(
        select(PortalAccess.id, PortalAccess.deal_id).where(
            PortalAccess.organisation_id == actor.organisation_id, PortalAccess.revoked_at.is_(None)
        )
    )
    topics = {topic for access_id, deal_id in rows for topic in (access_topic(access_id), deal_topic(deal_id))}
    touch(session, board_topic(actor.organisation_id), *topics)
