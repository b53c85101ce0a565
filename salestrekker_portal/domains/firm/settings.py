"""What the firm decided that clients see (S1-01..06); a broker may decide it for their own deals."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import or_, select

from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import access_topic, board_topic, deal_topic, record, touch
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.kernel.errors import Invalid, NotPermitted
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.organisations import PortalSettings, PrivacyMode
from salestrekker_portal.tables.portal_access import PortalAccess

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
    """The settings that apply, whether the broker has some of their own, and the firm's, whoever's apply."""

    settings: PortalSettings
    is_own: bool
    firms: PortalSettings


async def portal_settings_of(session: ReadSession, actor: Actor, *, for_firm: bool) -> Chosen:
    """The firm's settings, or those that apply to this person's own deals. One statement. Raises NotPermitted."""
    if not actor.is_staff:
        raise NotPermitted("Only the brokerage sees its settings.")
    whose = PortalSettings.user_id.is_(None)
    rows = await session.scalars(
        select(PortalSettings).where(
            PortalSettings.organisation_id == actor.organisation_id,
            whose if for_firm else or_(whose, PortalSettings.user_id == actor.id),
        )
    )
    found = {row.user_id: row for row in rows}
    firms = found.get(None) or PortalSettings(organisation_id=actor.organisation_id)
    own = found.get(actor.id)
    return Chosen(settings=own or firms, is_own=own is not None, firms=firms)


async def hold_settings(session: WriteSession, actor: Actor, *, for_firm: bool) -> Chosen:
    """As `portal_settings_of`, the row held where this change goes to one that is there. Raises NotPermitted."""
    chosen = await portal_settings_of(session, actor, for_firm=for_firm)
    if (for_firm or chosen.is_own) and chosen.settings in session:
        await session.refresh(chosen.settings, with_for_update=HOLD)
    return chosen


async def change_portal_settings(
    session: WriteSession,
    actor: Actor,
    *,
    for_firm: bool,
    about: str = "",
    shown: Mapping[str, object] | None = None,
    **changes: object,
) -> PortalSettings:
    """Change some of what clients see: for the whole firm (admins), or for one's own deals (brokers).

    `changes` name fields of PortalSettings; THE_FIRMS are for the firm only. `about` says which message or video they
    are about. Clients with the portal open see it at once. Raises NotPermitted, Invalid (`privacy_url`), Faster
    (`privacy_url`, where somebody changed it since `shown`).
    """
    demand_settings(actor, for_firm)
    if not for_firm and any(name in THE_FIRMS for name in changes):
        raise NotPermitted("The privacy disclosure is the organisation’s, one for all its deals. Ask an admin.")
    if shown:
        now = {"privacy_url": (await hold_settings(session, actor, for_firm=for_firm)).settings.privacy_url or ""}
        changes = await on_top_of(session, actor, settings_trail(for_firm), shown=shown, now=now, typed=changes)
    if "privacy_url" in changes:
        changes["privacy_url"] = checked_link(changes["privacy_url"])
    row = await _row_for(session, actor, for_firm)
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, changes[name])
    if changed:
        record(session, actor, "settings:client_portal", organisation_id=actor.organisation_id,
               whose=_whose(for_firm), fields=", ".join(changed), about=about)  # fmt: skip
        await wake_clients(session, actor)
    await session.flush()
    return row


def settings_trail(for_firm: bool, about: str = "", column: str = "") -> Trail:
    """Who changed these settings, and of one of its many what is kept in `column` about `about`."""
    facts = {"whose": _whose(for_firm), "about": about}
    columns = dict.fromkeys(("subject", "email_text", "sms_text", "url", "text"), column)
    return Trail(kinds=("settings:client_portal",), columns=columns, facts=facts)


def _whose(for_firm: bool) -> str:
    return "organisation" if for_firm else "own"


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
        await wake_clients(session, actor)


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
    # No user name in it: “https://bank.example@evil.example” reads like the one and opens the other.
    good = parts.scheme == "https" and "." in host.strip(".") and not parts.username
    if not good or any(letter in text for letter in " <>\"'\\`"):
        raise Invalid({"privacy_url": NO_LINK})
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
        # Not the messages and not privacy: those go on following the firm, one by one or always.
        kept = {name: getattr(row, name) for name in KEPT}
        row = PortalSettings(organisation_id=actor.organisation_id, user_id=actor.id, **kept)
    # A row that has not been written yet has none of the database's defaults.
    if row.privacy_mode is None:
        row.privacy_mode = PrivacyMode.DOCUMENTS
    session.add(row)
    return row


async def wake_clients(session: WriteSession, actor: Actor) -> None:
    """Open pages of the firm's clients and brokers look again."""
    rows = await session.execute(
        select(PortalAccess.id, PortalAccess.deal_id).where(
            PortalAccess.organisation_id == actor.organisation_id, PortalAccess.revoked_at.is_(None)
        )
    )
    topics = {topic for access_id, deal_id in rows for topic in (access_topic(access_id), deal_topic(deal_id))}
    touch(session, board_topic(actor.organisation_id), *topics)
