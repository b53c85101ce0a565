"""How the page of a contact reads: deals, papers, people, the portal, and what is known of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.contacts.known import same_marks
from salestrekker_portal.domains.documents.held import held_words, is_held
from salestrekker_portal.domains.insights.contact_overview import AroundContact, DealOfContact, PaperOfContact
from salestrekker_portal.domains.insights.contact_told import ToldOfThemselves, zone_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import TIME_ZONES, ago_words, day_words, local, time_words
from salestrekker_portal.kernel.text import counted, initials, joined, phone_words, takes_texts
from salestrekker_portal.portals.broker.documents.rows import shown_state
from salestrekker_portal.portals.broker.words import ROLES, value_words
from salestrekker_portal.tables.contacts import Contact, ContactKind
from salestrekker_portal.tables.deals import ApplicantRole
from salestrekker_portal.tables.partners import Partner

WAYS_IN = {"pin": "PIN", "passkey": "Passkey"}
# The best of them is said of the whole person.
PORTAL_ORDER = ("active", "read_only", "invited", "revoked", "not_invited")


class ContactFact(TypedDict):
    """A name and what is known; `href` leads out of the app, `path` to a page of it, `note` stands below."""

    name: str
    value: str
    href: str
    path: str
    note: str


class ContactDeal(TypedDict):
    """A deal of this contact, in words. `tone`: "accent" while it is open, "ok" when settled."""

    id: str
    name: str
    path: str
    role: str
    state: str
    tone: str
    amount: str
    on: str
    portal: str


class ContactPaper(TypedDict):
    """A document; `state` is a key of `documents.rows.STATES`. `held`: why nobody may open it, or ""."""

    id: str
    name: str
    deal: str
    state: str
    held: str


class PersonLine(TypedDict):
    """Somebody around them, or a partner who referred them."""

    id: str
    name: str
    initials: str
    path: str
    note: str
    company: bool


class LooksAlike(TypedDict):
    """Somebody who looks like the same person, and why."""

    id: str
    name: str
    why: str


def deal_line(each: DealOfContact) -> ContactDeal:
    deal = each.deal
    settled = deal.locked_at is not None and deal.archived_at is None
    ended = deal.archived_at.date() if deal.archived_at else None
    on = deal.settled_on if settled else ended or deal.expected_settlement_on
    return ContactDeal(
        id=str(deal.id),
        name=deal.name,
        path=f"/deals/{deal.id}",
        role=ROLES[each.role] + (", primary" if each.primary and each.role is ApplicantRole.CLIENT else ""),
        state=each.state,
        tone="accent" if each.is_open else "ok" if settled else "plain",
        amount=value_words(deal.value_cents, none=""),
        on=f"Settles {day_words(on)}" if each.is_open and on else day_words(on),
        portal=each.portal,
    )


def paper_line(each: PaperOfContact) -> ContactPaper:
    held = held_words(each.file, for_staff=True) if is_held(each.file) else ""
    state = shown_state(each.request) if each.request is not None and each.request.withdrawn_at is None else ""
    return ContactPaper(id=str(each.document.id), name=each.document.name, deal=each.deal, state=state, held=held)


def role_words(deals: Sequence[DealOfContact]) -> list[str]:
    """What they are in their deals, each once."""
    return list(dict.fromkeys(ROLES[each.role] for each in deals))


def since_words(deals: Sequence[DealOfContact], zone: str) -> str:
    """Client since 19 Feb 2026, looked after by Alice O'Rourke."""
    if not deals:
        return "In no deal yet"
    first = min(each.deal.created_at for each in deals)
    newest = next((each for each in deals if each.is_open), deals[0])
    return f"Known since {day_words(local(first, zone).date())}, looked after by {newest.owner}"


def people_lines(around: Sequence[AroundContact], deals: Sequence[DealOfContact]) -> list[PersonLine]:
    """Who is in deals with them, and who referred them."""
    own = {each.deal.id: each for each in deals}
    lines = [
        PersonLine(
            id=str(each.contact.id), name=each.contact.name, initials=initials(each.contact.name),
            path=f"/contacts/{each.contact.id}", note=_together(each, own),
            company=each.contact.kind is ContactKind.COMPANY,
        )
        for each in around
    ]  # fmt: skip
    return lines + [
        PersonLine(
            id=str(partner.id), name=partner.name, initials=initials(partner.name), path="/partners",
            note=", ".join(part for part in ("Referred them", partner.firm) if part), company=False,
        )
        for partner in referrers(deals).values()
    ]  # fmt: skip


def _together(each: AroundContact, own: dict[UUID, DealOfContact]) -> str:
    known = [deal_id for deal_id in each.roles if deal_id in own]
    clients = [key for key in known if {own[key].role, each.roles[key]} == {ApplicantRole.CLIENT}]
    words = ["Applies together"] if clients else []
    words += dict.fromkeys(ROLES[each.roles[key]] for key in known if each.roles[key] is not ApplicantRole.CLIENT)
    theirs = [ROLES[own[key].role].lower() for key in known if own[key].role is not ApplicantRole.CLIENT]
    words += dict.fromkeys(f"has them as {role}" for role in theirs)
    where = own[known[0]].deal.name if len(known) == 1 else counted(len(known), "deal")
    return f"{', '.join(words) or 'In a deal with them'} · {where}"


def referrers(deals: Sequence[DealOfContact]) -> dict[UUID, Partner]:
    """The partners who referred their deals, the first one first."""
    return {each.partner.id: each.partner for each in reversed(deals) if each.partner is not None}


def alike_line(contact: Contact, other: Contact, zone: str) -> LooksAlike:
    added = day_words(local(other.created_at, zone).date())
    why = f"same {joined(same_marks(contact, other))}, added {added}"
    return LooksAlike(id=str(other.id), name=other.name, why=why)


def detail_lines(
    contact: Contact, told: ToldOfThemselves, deals: Sequence[DealOfContact], actor: Actor
) -> list[ContactFact]:
    """How to reach them, where they are by the clock, and what they told; what nobody knows is left out."""
    zone = zone_of(contact, told, actor.time_zone)
    place = dict(TIME_ZONES).get(zone.zone, zone.zone).split(",")[0]
    now = f"{time_words(utc_now(), zone.zone)}, {place}"
    first = next(iter(referrers(deals).values()), None)
    person = contact.kind is ContactKind.PERSON
    lines = [
        _fact("E-mail", contact.email or "None yet", href=f"mailto:{contact.email}" if contact.email else "",
              note=_in_use(contact, deals)),
        _fact("Mobile", phone_words(contact.mobile, actor.country) or "None yet",
              href=f"tel:{contact.mobile}" if contact.mobile else "", note=_texts(contact, actor)),
        _fact("Time there", now, note="" if zone.because == "chosen" else f"Guessed {zone.because}"
              if zone.because.startswith("from") else "Taken as the firm’s"),
        _fact("Contact person", contact.greeted if contact.greeted != contact.name and not person else ""),
        _fact("Born", day_words(told.born)),
        _fact("Lives at", told.lives_at),
        _fact("Works at", told.works_at),
        _fact("Came from", first.name if first else "", path="/partners" if first else ""),
        _fact("Added", day_words(local(contact.created_at, actor.time_zone).date())),
    ]  # fmt: skip
    return [line for line in lines if line["value"]]


def _fact(name: str, value: str, *, href: str = "", path: str = "", note: str = "") -> ContactFact:
    return ContactFact(name=name, value=value, href=href, path=path, note=note)


def _in_use(contact: Contact, deals: Sequence[DealOfContact]) -> str:
    live = [each.access for each in deals if each.access is not None]
    return "In use for the portal" if any(each.invited_email == contact.email for each in live) else ""


def _texts(contact: Contact, actor: Actor) -> str:
    if contact.sms_opted_out_at is not None:
        return f"No texts, since {day_words(local(contact.sms_opted_out_at, actor.time_zone).date())}"
    return (
        ""
        if not contact.mobile
        else "Takes texts"
        if takes_texts(contact.mobile)
        else "No mobile: texts don’t reach it"
    )


def portal_lines(deals: Sequence[DealOfContact], zone: str) -> tuple[str, list[ContactFact]]:
    """The best state over their deals, and when and how they were last in."""
    best = min((each.portal for each in deals), key=PORTAL_ORDER.index, default="not_invited")
    seen = [each.access for each in deals if each.access is not None and each.access.last_seen_at is not None]
    if not seen:
        return best, []
    last = max(seen, key=lambda access: _instant(access.last_seen_at))
    lines = [
        _fact("Last in", ago_words(last.last_seen_at, utc_now(), zone)),
        _fact("Signs in by", WAYS_IN.get(last.came_in_by, "")),
        _fact("May see", "The other applicants too" if last.sees_other_applicants else "Own pages and shared ones"),
    ]
    return best, [line for line in lines if line["value"]]


def _instant(instant: datetime | None) -> datetime:
    assert instant is not None
    return instant
