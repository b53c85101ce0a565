"""The firm's paper: what stands around the words of every e-mail, as it is when the message leaves."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.organisations.logo import logo_for_mail
from salestrekker_portal.domains.outbox.content import Content
from salestrekker_portal.kernel.text import phone_words
from salestrekker_portal.tables.organisations import Country, Organisation, PortalSettings, PrivacyMode


async def on_paper(session: ReadSession, organisation_id: UUID, content: Content) -> Content:
    """The e-mail with the firm's logo, name, licence, address, phone and privacy disclosure, in its country's words."""
    organisation = await session.get(Organisation, organisation_id)
    if organisation is None:
        return content
    return replace(
        content,
        firm=content.firm or organisation.name,
        logo=await logo_for_mail(session, organisation_id),
        footer=_lines(organisation),
        privacy=await _privacy(session, organisation_id),
        lang="en-NZ" if organisation.country is Country.NZ else "en-AU",
    )


def _lines(organisation: Organisation) -> list[str]:
    """Who writes: what the law and a careful reader look for. What the firm didn't enter is left out."""
    named = ", ".join(filter(None, (organisation.name, organisation.licence)))
    where = " ".join(organisation.address.split())
    phone = phone_words(organisation.phone, organisation.country)
    return [line for line in (named, where, phone, organisation.website) if line]


async def _privacy(session: ReadSession, organisation_id: UUID) -> str:
    found = select(PortalSettings.privacy_url).where(
        PortalSettings.organisation_id == organisation_id,
        PortalSettings.user_id.is_(None),
        PortalSettings.privacy_mode == PrivacyMode.LINK,
    )
    return await session.scalar(found) or ""
