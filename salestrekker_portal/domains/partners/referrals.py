"""A partner's lead: it becomes a deal of the firm, with the broker who was chosen."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import or_, select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import REFUSALS, Permission
from salestrekker_portal.domains.access.throttles import count_try
from salestrekker_portal.domains.activity.service import partner_topic, record, touch
from salestrekker_portal.domains.contacts.rules import ContactFacts
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.domains.notes.service import add_note, add_system_note
from salestrekker_portal.domains.partners.queries import brokers_of, membership_of
from salestrekker_portal.domains.partners.rules import (
    ReferredBefore,
    TypedContact,
    checked_contacts,
    checked_summary,
    lead_name,
)
from salestrekker_portal.domains.partners.wishes import Wishes, checked_wishes
from salestrekker_portal.domains.pipeline.settling import Part, open_deal
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.kernel.errors import Invalid, NotFound, NotPermitted, noting
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.labels import Label
from salestrekker_portal.tables.organisations import Organisation, PartnerPortalSettings, User
from salestrekker_portal.tables.partners import DealPartner, Lead

LEADS_PER_WINDOW = 30
TOO_MANY = "Those are many leads in a short time. Wait 15 minutes, then save again; what you typed stays here."


async def count_lead_try(session: WriteSession, actor: Actor) -> None:
    """In a transaction of its own, before `add_lead`, so that refused tries count too. Raises Conflict."""
    await count_try(session, f"lead:{actor.id}", LEADS_PER_WINDOW, TOO_MANY)


async def add_lead(
    session: WriteSession,
    actor: Actor,
    *,
    contacts: list[TypedContact],
    summary: object,
    broker_id: UUID | None = None,
    label_ids: Iterable[UUID] = (),
    wishes: Mapping[str, object] | None = None,
    known_is_fine: bool = False,
    by_link: bool = False,
) -> Deal:
    """Refer clients: a deal in the first stage of the firm's partner workflow, shared with its partner.

    `wishes` as in `checked_wishes`; `by_link` when somebody left their details behind the partner's own link. Raises
    NotPermitted (adding is off), Invalid (fields as in `checked_contacts` and `checked_wishes`, `summary`, `broker`),
    NotFound (a label of somebody else), ReferredBefore unless `known_is_fine`.
    """
    workflow_id = await demand_adding(session, actor)
    people, text, broker, wanted = await _checked(session, actor, contacts, summary, broker_id, wishes or {})
    label_ids = list(dict.fromkeys(label_ids))
    await _demand_labels(session, actor, label_ids)
    if not known_is_fine:
        await _demand_not_theirs(session, actor, people)
    deal = await open_deal(
        session,
        actor,
        owner_id=broker.id,
        name=lead_name(people, actor.name),
        # Partners never name amounts; the broker enters it when it is known.
        value_cents=0,
        # New contacts even for known people: joining them would show the partner what the firm knows of them. The
        # broker reads beside them whom they may be.
        people=[Part(typed=_typed(person)) for person in people],
        workflow_id=workflow_id,
        label_ids=label_ids,
        partner_id=actor.id,
        # A partner reads the summary of their deal; what somebody wrote behind their link is not for them.
        summary="" if by_link else text,
    )
    session.add(DealPartner(deal_id=deal.id, partner_id=actor.id, shared_at=utc_now()))
    session.add(_lead(deal, wanted, by_link))
    await session.flush()
    await _write_down(session, actor, deal, text, by_link)
    return deal


async def demand_adding(session: ReadSession, actor: Actor) -> UUID | None:
    """The workflow that gets leads; None for the firm's first. Raises NotPermitted while adding is off."""
    demand(actor, Permission.REFERRAL_ADD)
    found = (
        await session.execute(
            select(PartnerPortalSettings.can_add_deals, PartnerPortalSettings.default_workflow_id).where(
                PartnerPortalSettings.organisation_id == actor.organisation_id
            )
        )
    ).one_or_none()
    if found is None:
        return None
    if not found[0]:
        raise NotPermitted(REFUSALS[Permission.REFERRAL_ADD])
    return found[1]


async def _checked(
    session: ReadSession,
    actor: Actor,
    contacts: list[TypedContact],
    summary: object,
    broker_id: UUID | None,
    typed: Mapping[str, object],
) -> tuple[list[ContactFacts], str, User, Wishes]:
    """Everything that was typed, with all refusals at once."""
    errors: dict[str, str] = {}
    people: list[ContactFacts] = []
    text, broker, wanted = "", None, Wishes()
    with noting(errors):
        people = checked_contacts(contacts, country=await _country(session, actor))
    with noting(errors):
        text = checked_summary(summary)
    with noting(errors):
        broker = await _broker(session, actor, broker_id)
    with noting(errors):
        wanted = checked_wishes(typed, local(utc_now(), actor.time_zone).date())
    if errors or broker is None:
        raise Invalid(errors)
    return people, text, broker, wanted


def _lead(deal: Deal, wanted: Wishes, by_link: bool) -> Lead:
    return Lead(
        organisation_id=deal.organisation_id,
        deal_id=deal.id,
        purpose=wanted.purpose,
        price_cents=wanted.price_cents,
        auction_on=wanted.auction_on,
        best_time=wanted.best_time,
        agreed_at=utc_now() if wanted.agreed else None,
        by_link=by_link,
    )


async def _country(session: ReadSession, actor: Actor) -> str:
    """Clients live where the firm works, whatever country the partner wrote in their own account."""
    return (await existing(session, Organisation, actor.organisation_id)).country


async def _broker(session: ReadSession, actor: Actor, broker_id: UUID | None) -> User:
    """The chosen broker, or else the one who looks after the partner."""
    if broker_id is None:
        broker_id = (await membership_of(session, actor.organisation_id, actor.id)).assigned_user_id
    for user in await brokers_of(session, actor.organisation_id):
        if user.id == broker_id:
            return user
    raise Invalid({"broker": "Choose a broker."})


async def _demand_labels(session: ReadSession, actor: Actor, label_ids: list[UUID]) -> None:
    if not label_ids:
        return
    found = await session.scalars(
        select(Label.id).where(Label.organisation_id == actor.organisation_id, Label.id.in_(label_ids))
    )
    if len(list(found)) != len(label_ids):
        raise NotFound("label")


def _typed(person: ContactFacts) -> dict[str, object]:
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email or "",
        "mobile": person.mobile or "",
    }


async def _demand_not_theirs(session: ReadSession, actor: Actor, people: list[ContactFacts]) -> None:
    """Raises ReferredBefore when a deal that this partner follows has somebody with the same e-mail or mobile.

    Only those deals are looked at: whether the firm knows somebody else is the firm's to know, so that a partner gets
    the same answer, from the same statements, whether it does or not.
    """
    emails = [person.email for person in people if person.email]
    mobiles = [person.mobile for person in people if person.mobile]
    rows = await session.execute(
        visible_deals(actor)
        .join(DealApplicant, DealApplicant.deal_id == Deal.id)
        .join(Contact, Contact.id == DealApplicant.contact_id)
        .where(or_(Contact.email.in_(emails), Contact.mobile.in_(mobiles)))
        .with_only_columns(Deal.id, Deal.name, Contact)
        # Only to name them: a partner with twenty matching deals has been told enough.
        .limit(20)
    )
    found = list(rows)
    if found:
        names = [person.name for person in people if any(_same(person, contact) for *_, contact in found)]
        raise ReferredBefore(names, {str(key): name for key, name, _ in found})


def _same(person: ContactFacts, contact: Contact) -> bool:
    by_email = person.email is not None and person.email == contact.email
    return by_email or (person.mobile is not None and person.mobile == contact.mobile)


async def _write_down(session: WriteSession, actor: Actor, deal: Deal, text: str, by_link: bool) -> None:
    """What was said as the first note, the timeline, and the partner's own open tabs."""
    if by_link:
        # The client's own words are the broker's to read: they were told that a partner sees no amounts of theirs.
        add_system_note(session, deal.id, f"From the form behind {actor.name}’s link: {text}")
        # The partner was not there: they hear that somebody used their link.
        record(
            session, None, "referral:by_link",
            organisation_id=deal.organisation_id, deal_id=deal.id, subject_id=actor.id, partner=actor.name,
        )  # fmt: skip
    elif await _may_write(session, actor):
        await add_note(session, actor, deal.id, text, with_lead=True)
    record(
        session, actor, "referral:added",
        organisation_id=deal.organisation_id, deal_id=deal.id, name=deal.name, summary=text,
    )  # fmt: skip
    touch(session, partner_topic(actor.id))


async def _may_write(session: ReadSession, actor: Actor) -> bool:
    """No row means that the firm never decided, and partners may write then."""
    allowed = await session.scalar(
        select(PartnerPortalSettings.can_add_notes).where(
            PartnerPortalSettings.organisation_id == actor.organisation_id
        )
    )
    return allowed is not False
