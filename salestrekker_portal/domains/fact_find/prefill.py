"""What the brokerage knows already stands in the fact find when the client opens it: they confirm, not retype."""

from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.text import phone_words, takes_texts
from salestrekker_portal.tables.contacts import Contact, ContactKind
from salestrekker_portal.tables.fact_find import Answer

PERSONAL, CONTACT = "applicant.personal_details", "applicant.contact_details"
ENTITY, CONTACT_PERSON = "entity.details", "entity.contact_person"


async def prefill(session: WriteSession, actor: Actor, deal_id: UUID, contact: Contact) -> bool:
    """Put names, mobile and e-mail into the page of a person or a company where nothing has been answered yet.

    Returns whether there was something to put: the profile is then to be counted.
    """
    known = _known_of(contact, actor.country)
    rows = await session.execute(
        select(Answer.section_id, Answer.field_key).where(
            Answer.deal_id == deal_id,
            Answer.subject_id == contact.id,
            Answer.section_id.in_({section_id for section_id, _ in known}),
        )
    )
    answered = {tuple(row) for row in rows}
    added = [
        Answer(
            deal_id=deal_id,
            subject_id=contact.id,
            section_id=section_id,
            field_key=key,
            raw=raw,
            author_id=actor.id,
            author_name=actor.name,
            answered_at=utc_now(),
        )
        for (section_id, key), raw in known.items()
        if raw and (section_id, key) not in answered
    ]
    session.add_all(added)
    return bool(added)


def _known_of(contact: Contact, country: str) -> dict[tuple[str, str], str]:
    company = contact.kind is ContactKind.COMPANY
    names, ways = (CONTACT_PERSON, CONTACT_PERSON) if company else (PERSONAL, CONTACT)
    known = {
        (names, "first_name"): contact.first_name,
        (names, "last_name"): contact.last_name,
        (ways, "mobile"): phone_words(contact.mobile, country) if takes_texts(contact.mobile) else "",
        (ways, "email"): contact.email or "",
    }
    return {(ENTITY, "legal_name"): contact.company_name, **known} if company else known
