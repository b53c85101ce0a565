"""What a partner wants to be told, firm by firm, as far as each firm allows it (S4-22, S4-23, P-05, P-06)."""

from dataclasses import dataclass

from sqlalchemy import select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.notices.catalogue import BY_KEY, Event, Ways, events_for
from salestrekker_portal.domains.notices.rules import wanted_ways
from salestrekker_portal.domains.partners.queries import membership_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotPermitted
from salestrekker_portal.tables.notifications import Audience, PartnerPreference
from salestrekker_portal.tables.organisations import Organisation, PartnerPortalSettings
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.partners import Partner

DEAL_SHARED, MONTHLY = "partner_deal_shared", "partner_month"


def firm_allows(settings: PartnerPortalSettings | None, event: Event) -> bool:
    """Whether the firm lets partners be told of this at all. Its no counts more than any yes (P-06)."""
    if settings is None:
        return True
    if event.key == DEAL_SHARED and settings.tells_deal_shared is False:
        return False
    return bool((settings.notifications or {}).get(event.key, True))


@dataclass(frozen=True, kw_only=True)
class EventChoice:
    """One event: whether the firm allows it, and what the partner wants, which is kept while it doesn't."""

    event: Event
    allowed: bool
    wanted: Ways


@dataclass(frozen=True, kw_only=True)
class Updates:
    """A partner's page of one firm. `may_text`: SMS is on there; `phone` is where SMS would go."""

    firm: str
    may_text: bool
    email: str
    phone: str | None
    choices: list[EventChoice]


async def own_updates(session: ReadSession, actor: Actor) -> Updates:
    """What a partner can choose at the firm that they look at. Partners only: raises NotPermitted."""
    membership = await _own_membership(session, actor)
    settings = await session.scalar(
        select(PartnerPortalSettings).where(PartnerPortalSettings.organisation_id == actor.organisation_id)
    )
    rows = await session.scalars(select(PartnerPreference).where(PartnerPreference.membership_id == membership.id))
    chosen = {row.event: Ways(email=row.email, sms=row.sms) for row in rows}
    organisation = await existing(session, Organisation, actor.organisation_id)
    partner = await existing(session, Partner, actor.id)
    return Updates(
        firm=organisation.name,
        may_text=organisation.sms_enabled,
        email=partner.email,
        phone=partner.phone,
        choices=[
            EventChoice(
                event=event,
                allowed=firm_allows(settings, event),
                wanted=wanted_ways(event, chosen.get(event.key)),
            )
            for event in events_for(Audience.PARTNER)
        ],
    )


async def choose_update(session: WriteSession, actor: Actor, *, key: object, channel: Channel, on: bool) -> None:
    """Be told of an event by e-mail or SMS, or no longer.

    Raises NotPermitted, Invalid (`event`, `channel`), Conflict for what the firm turned off, and for SMS without a
    phone number or while the firm's SMS is off.
    """
    membership = await _own_membership(session, actor)
    event = BY_KEY.get(key) if isinstance(key, str) else None
    if event is None or event.audience is not Audience.PARTNER:
        raise Invalid({"event": "Choose one of the updates shown."})
    if on and not getattr(event.offered, channel.value):
        raise Invalid({"channel": f"“{event.label}” doesn’t go that way."})
    if on:
        _demand_way(await own_updates(session, actor), event, channel)
    found = select(PartnerPreference).where(
        PartnerPreference.membership_id == membership.id, PartnerPreference.event == event.key
    )
    row = await session.scalar(found.with_for_update(key_share=True)) or PartnerPreference(
        membership_id=membership.id, event=event.key, email=event.default.email, sms=event.default.sms
    )
    setattr(row, channel.value, on)
    session.add(row)
    await session.flush()


# What a partner answers at their first visit, in words; the rest is one by one in the settings.
HOWS = {
    "steps": ("Every step, by e-mail", "From “received” to “settled”: a few e-mails for each client."),
    "big": ("Big news only", "When a deal is shared with you, settles or stops. By text too, if we have your number."),
    "nothing": ("Nothing, I look here", "We still tell you when a client has settled or stopped."),
}
_ENDS = ("partner_settled", "partner_ended")
_BIG = (*_ENDS, DEAL_SHARED, "partner_received")


async def choose_how(session: WriteSession, actor: Actor, how: object) -> None:
    """Answer once how this firm shall tell of news; "" is not now. Raises NotPermitted, Invalid (`how`)."""
    membership = await _own_membership(session, actor)
    if not isinstance(how, str) or how not in ("", *HOWS):
        raise Invalid({"how": "Choose one of the three."})
    membership.asked_at = utc_now()
    if not how:
        return
    page = await own_updates(session, actor)
    may_text = page.may_text and bool(page.phone)
    rows = await session.scalars(select(PartnerPreference).where(PartnerPreference.membership_id == membership.id))
    kept = {row.event: row for row in rows}
    for event in events_for(Audience.PARTNER):
        if event.key == MONTHLY:
            continue  # no news: chosen by itself, under Settings
        row = kept.get(event.key) or PartnerPreference(membership_id=membership.id, event=event.key)
        row.email = event.key in _BIG if how == "big" else how == "steps" or event.key in _ENDS
        row.sms = how == "big" and may_text and event.key in _BIG
        session.add(row)
    await session.flush()


def _demand_way(updates: Updates, event: Event, channel: Channel) -> None:
    if not next(each.allowed for each in updates.choices if each.event is event):
        raise Conflict(f"“{event.label}” is turned off by {updates.firm}.")
    if channel is Channel.SMS and not updates.may_text:
        raise Conflict(f"{updates.firm} doesn’t send SMS.")
    if channel is Channel.SMS and not updates.phone:
        raise Conflict("Add your phone number under My account first.")


async def _own_membership(session: ReadSession, actor: Actor):
    if not actor.is_partner:
        raise NotPermitted("Only partners choose their updates.")
    return await membership_of(session, actor.organisation_id, actor.id)
