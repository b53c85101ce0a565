"""What a broker needs to call somebody whom a partner referred: numbers, wishes, and who sent them."""

from dataclasses import replace

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.deals.queries import applicants_of
from salestrekker_portal.domains.notices.words import Words
from salestrekker_portal.domains.partners.wishes import lead_of, wishes_in_words
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.kernel.text import joined, phone_words
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notifications import Notice
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.partners import Lead, Partner


async def with_lead(
    session: ReadSession, words: Words, notice: Notice, deal: Deal, organisation: Organisation
) -> Words:
    """The news of a lead with its facts, answered to the partner."""
    country, zone = organisation.country, organisation.time_zone
    people = [contact for _, contact in await applicants_of(session, deal.id)]
    partner = await session.get(Partner, deal.partner_id) if deal.partner_id else None
    phones = [phone_words(each.mobile, country) for each in people if each.mobile]
    emails = [each.email for each in people if each.email]
    said = str(notice.facts.get("summary", ""))
    lead = await lead_of(session, deal.id)
    themselves = lead is not None and lead.by_link
    facts = [
        ["Mobile", joined(phones)],
        ["E-mail", joined(emails)],
        *_wishes(lead, zone, partner),
        ["Labels", deal.labels_line],
        ["They say" if themselves else f"{partner.first_name} says" if partner is not None else "Summary", said],
    ]
    names = joined([each.name for each in people])
    about = f"{notice.author} sent you a new client." if notice.author else "A new client came in."
    if themselves and partner is not None:
        about = f"Somebody left their details behind {partner.name}’s link, and waits for your call."
    reply = f"Reply to this e-mail to write to {partner.first_name}" if partner is not None else ""
    call = f", or call {phone_words(partner.phone, country)}" if partner is not None and partner.phone else ""
    return replace(
        words,
        subject=f"New lead: {names}" if names else words.subject,
        paragraphs=[about, *([f"{reply}{call}."] if reply else [])],
        facts=[[name, value] for name, value in facts if value],
        reply_to=partner.email if partner is not None else "",
    )


def _wishes(lead: Lead | None, zone: str, partner: Partner | None) -> list[list[str]]:
    if lead is None:
        return []
    today = local(utc_now(), zone).date()
    return [[name, value] for name, value in wishes_in_words(lead, today, zone, partner.first_name if partner else "")]
