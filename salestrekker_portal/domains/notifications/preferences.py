"""How a member of staff wants to be told: each event by bell, e-mail and SMS; e-mails one by one or summed up."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.notices.catalogue import BY_KEY, Event, Ways, events_for
from salestrekker_portal.domains.notices.rules import wanted_ways
from salestrekker_portal.kernel.days import TIME_ZONES
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotPermitted
from salestrekker_portal.tables.notifications import Audience, UserDelivery, UserPreference
from salestrekker_portal.tables.organisations import Organisation, User

SMS_IS_OFF = "SMS is off in Connect. An admin can switch it on there."
NO_MOBILE = "Enter your mobile in My details first."
ADMINS_ONLY = ("sms_low",)


class Way(StrEnum):
    BELL = "bell"
    EMAIL = "email"
    SMS = "sms"


@dataclass(frozen=True, kw_only=True)
class OwnChoices:
    """What stands on one's own page. `sms_reason` says why no SMS can be chosen, "" when it can."""

    events: list[tuple[Event, Ways]]
    daily_summary: bool
    sms_reason: str
    time_zone: str | None = None


def _demand_staff(actor: Actor) -> None:
    if not actor.is_staff:
        raise NotPermitted("Only the brokerage has notifications.")


async def own_choices(session: ReadSession, actor: Actor) -> OwnChoices:
    """What applies to this person in this firm. Raises NotPermitted."""
    _demand_staff(actor)
    rows = await session.scalars(
        select(UserPreference).where(
            UserPreference.user_id == actor.id, UserPreference.organisation_id == actor.organisation_id
        )
    )
    chosen = {row.event: Ways(bell=row.bell, email=row.email, sms=row.sms) for row in rows}
    delivery = await _delivery(session, actor)
    is_admin = actor.may(Permission.ORGANISATION_MANAGE)
    return OwnChoices(
        events=[
            (event, wanted_ways(event, chosen.get(event.key)))
            for event in events_for(Audience.STAFF)
            if is_admin or event.key not in ADMINS_ONLY
        ],
        daily_summary=delivery is not None and delivery.daily_summary,
        sms_reason=await _why_no_sms(session, actor),
        time_zone=delivery.time_zone if delivery else None,
    )


async def _delivery(session: ReadSession, actor: Actor) -> UserDelivery | None:
    found = select(UserDelivery).where(
        UserDelivery.user_id == actor.id, UserDelivery.organisation_id == actor.organisation_id
    )
    return (await session.scalars(found)).one_or_none()


async def _why_no_sms(session: ReadSession, actor: Actor) -> str:
    organisation = await existing(session, Organisation, actor.organisation_id)
    if not organisation.sms_enabled:
        return SMS_IS_OFF
    user = await existing(session, User, actor.id)
    return "" if user.mobile else NO_MOBILE


async def choose(session: WriteSession, actor: Actor, event_key: object, way: Way, *, on: bool) -> None:
    """Be told of one event this way, or no longer.

    Raises NotPermitted, Invalid (`event`, `way`), and Conflict for SMS while none can be sent.
    """
    _demand_staff(actor)
    event = BY_KEY.get(event_key) if isinstance(event_key, str) else None
    if event is None or event.audience is not Audience.STAFF:
        raise Invalid({"event": "Choose one of the events shown."})
    if getattr(event.fixed, way.value):
        raise Invalid({"way": "This one always comes."})
    if on and way is Way.SMS:
        reason = await _why_no_sms(session, actor)
        if reason:
            raise Conflict(reason)
    found = select(UserPreference).where(
        UserPreference.user_id == actor.id,
        UserPreference.organisation_id == actor.organisation_id,
        UserPreference.event == event.key,
    )
    row = (await session.scalars(found)).one_or_none()
    if row is None:
        ways = vars(wanted_ways(event, None))
        row = UserPreference(user_id=actor.id, organisation_id=actor.organisation_id, event=event.key, **ways)
    setattr(row, way.value, on)
    session.add(row)
    await session.flush()


async def choose_summary(session: WriteSession, actor: Actor, *, on: bool) -> None:
    """Have one e-mail about the day before instead of one for each event, or the other way round (R-11)."""
    row = await _own_delivery(session, actor)
    row.daily_summary = on
    await session.flush()


async def choose_zone(session: WriteSession, actor: Actor, zone: object) -> None:
    """Have the summary at 7 in the morning there; "" is where the firm is. Raises NotPermitted, Invalid (`zone`)."""
    row = await _own_delivery(session, actor)
    if not isinstance(zone, str) or (zone and zone not in dict(TIME_ZONES)):
        raise Invalid({"zone": "Choose a time zone from the list."})
    row.time_zone = zone or None
    await session.flush()


async def _own_delivery(session: WriteSession, actor: Actor) -> UserDelivery:
    _demand_staff(actor)
    row = await _delivery(session, actor)
    if row is None:
        row = UserDelivery(user_id=actor.id, organisation_id=actor.organisation_id)
        session.add(row)
    return row
