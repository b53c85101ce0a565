"""Ending one kind of e-mail from the e-mail itself, without signing in (RFC 8058).

The address in the mail is signed and says who, at which firm, and what. It can do nothing but switch that one thing
off and on again: whoever gets hold of the mail learns from it no more than the mail says.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.activity.service import access_topic, partner_topic, record, touch, user_topic
from salestrekker_portal.domains.notices.catalogue import BY_KEY, Event
from salestrekker_portal.domains.notices.reasons import may_stop
from salestrekker_portal.domains.notices.rules import wanted_ways
from salestrekker_portal.domains.notifications.client_preferences import TOPIC_WORDS, topic_of
from salestrekker_portal.domains.partners.queries import membership_of
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.tokens import said_in, signed
from salestrekker_portal.tables.notifications import Audience, ClientPreference, PartnerPreference, UserPreference
from salestrekker_portal.tables.organisations import Membership, Organisation
from salestrekker_portal.tables.portal_access import PortalAccess

PURPOSE = "stop-link"
TOKEN_LIMIT = 300


@dataclass(frozen=True, kw_only=True)
class Stoppable:
    """What an address in a mail is about: one event (and what goes with it), for one person at one firm."""

    event: Event
    organisation_id: UUID
    recipient_id: UUID
    firm: str

    @property
    def what(self) -> str:
        """What is switched, as its reader's own settings call it: a client switches a whole topic."""
        topic = topic_of(self.event.key)
        return self.event.label if topic is None else TOPIC_WORDS[topic][0]

    @property
    def with_it(self) -> str:
        """What goes with it, as a sentence; "" for one kind alone."""
        topic = topic_of(self.event.key)
        return "" if topic is None else f"{TOPIC_WORDS[topic][1]}."


def stop_address(event: Event, organisation_id: UUID, recipient_id: UUID) -> str:
    """Where one press ends this kind of e-mail; "" for what can't be ended. `recipient_id` is the notice's."""
    if not may_stop(event):
        return ""
    said = f"{event.key}.{organisation_id.hex}.{recipient_id.hex}".encode()
    return f"{settings().public_origin}/stop/{signed(said, secret=settings().secret, purpose=PURPOSE)}"


def change_address(audience: Audience) -> str:
    """The page where somebody chooses what they are told."""
    pages = {
        Audience.CLIENT: "/portal/privacy",
        Audience.PARTNER: "/partner/settings/updates",
        Audience.STAFF: "/settings/account/updates",
    }
    return f"{settings().public_origin}{pages[audience]}"


async def stoppable(session: ReadSession, token: object) -> Stoppable:
    """What this address is about. Raises NotFound for anything that we didn't sign, and for a firm that is gone."""
    said = said_in(token, secrets=settings().secrets, purpose=PURPOSE, limit=TOKEN_LIMIT)
    if said is None:
        raise NotFound("page")
    key, firm, recipient = said.decode().split(".")
    event, organisation = BY_KEY.get(key), await session.get(Organisation, UUID(firm))
    if event is None or organisation is None or not may_stop(event):
        raise NotFound("page")
    return Stoppable(event=event, organisation_id=organisation.id, recipient_id=UUID(recipient), firm=organisation.name)


async def stop_or_resume(session: WriteSession, token: object, *, on: bool) -> Stoppable:
    """Send these e-mails no longer, or again; the same twice changes nothing. Raises NotFound."""
    about = await stoppable(session, token)
    switch = {Audience.CLIENT: _client, Audience.PARTNER: _partner, Audience.STAFF: _staff}[about.event.audience]
    await switch(session, about, on)
    await session.flush()
    return about


async def _client(session: WriteSession, about: Stoppable, on: bool) -> None:
    access, topic = await session.get(PortalAccess, about.recipient_id), topic_of(about.event.key)
    if access is None or topic is None or access.organisation_id != about.organisation_id:
        raise NotFound("page")
    found = select(ClientPreference).where(
        ClientPreference.contact_id == access.contact_id, ClientPreference.topic == topic
    )
    row = await session.scalar(found.with_for_update(key_share=True)) or ClientPreference(
        contact_id=access.contact_id, topic=topic
    )
    row.email = on
    session.add(row)
    record(
        session, None, "portal_access:preferences", organisation_id=about.organisation_id, deal_id=access.deal_id,
        topic=topic.value, channel="email", on=on,
    )  # fmt: skip
    touch(session, access_topic(access.id))


async def _partner(session: WriteSession, about: Stoppable, on: bool) -> None:
    membership = await membership_of(session, about.organisation_id, about.recipient_id)
    found = select(PartnerPreference).where(
        PartnerPreference.membership_id == membership.id, PartnerPreference.event == about.event.key
    )
    usual = wanted_ways(about.event, None)
    row = await session.scalar(found.with_for_update(key_share=True)) or PartnerPreference(
        membership_id=membership.id, event=about.event.key, email=usual.email, sms=usual.sms
    )
    row.email = on
    session.add(row)
    touch(session, partner_topic(about.recipient_id))


async def _staff(session: WriteSession, about: Stoppable, on: bool) -> None:
    here = (Membership.user_id == about.recipient_id, Membership.organisation_id == about.organisation_id)
    if await session.scalar(select(Membership.id).where(*here)) is None:
        raise NotFound("page")
    found = select(UserPreference).where(
        UserPreference.user_id == about.recipient_id,
        UserPreference.organisation_id == about.organisation_id,
        UserPreference.event == about.event.key,
    )
    usual = vars(wanted_ways(about.event, None))
    row = await session.scalar(found.with_for_update(key_share=True)) or UserPreference(
        user_id=about.recipient_id, organisation_id=about.organisation_id, event=about.event.key, **usual
    )
    row.email = on
    session.add(row)
    touch(session, user_topic(about.recipient_id))
