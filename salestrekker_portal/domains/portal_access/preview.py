"""Preview as client: a broker opens the client portal as one client of a deal would see it (L04).

It needs no invitation. The session is the broker's own, of a kind that only looks; where the client has no access
yet, one is made up inside each look and thrown away with it.
"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.access.previews import Preview
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.deals.queries import access_deal, visible_deals
from salestrekker_portal.domains.portal_access import queries
from salestrekker_portal.domains.portal_access.flow_copy import chosen_sections
from salestrekker_portal.domains.portal_access.invitation import PLAIN, Invitation
from salestrekker_portal.domains.portal_access.messages import People
from salestrekker_portal.domains.signing_in.sessions import end_session, open_session
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, NotFound
from salestrekker_portal.kernel.tokens import token_hash
from salestrekker_portal.tables.access import Portal, PortalSession
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.organisations import Flow
from salestrekker_portal.tables.portal_access import AccessRequest, PortalAccess

# Long enough to look around, short enough that nobody forgets what they are looking at.
PREVIEW_HOURS = 1
ARCHIVED = "This deal is archived, so its clients see nothing. Restore it before you preview it."
MOST_CHOICES = 40


async def open_preview(
    session: WriteSession,
    actor: Actor,
    deal_id: UUID,
    contact_id: UUID,
    chosen: Invitation = PLAIN,
    *,
    from_address: str = "",
    browser: str = "",
) -> str:
    """A session in the client portal that only looks; returns the secret for the cookie.

    What is `chosen` counts only while the client has no access of their own. Raises NotFound, NotPermitted, Conflict,
    Invalid.
    """
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_READ)
    # Partners may read the deal too, but the client's pages are not theirs to see.
    if not actor.is_staff:
        raise NotFound("deal")
    if deal.archived_at is not None:
        raise Conflict(ARCHIVED)
    people = await queries.people_of(session, deal, contact_id)
    preview = await _as_invited(session, actor, deal, people, chosen)
    record(session, actor, "portal_access:previewed", organisation_id=deal.organisation_id, deal_id=deal.id,
           contact=people.contact.name, contact_id=str(contact_id))  # fmt: skip
    return await open_session(
        session,
        portal=Portal.CLIENT,
        organisation_id=deal.organisation_id,
        hours=PREVIEW_HOURS,
        user_id=actor.id,
        preview=preview,
        from_address=from_address,
        browser=browser,
    )


async def _as_invited(session: ReadSession, actor: Actor, deal: Deal, people: People, chosen: Invitation) -> Preview:
    """What this client would get by such an invitation."""
    asked = {each.id for each in await queries.askable_requests(session, deal.id)}
    flow = await _flow(session, actor, deal, chosen.flow_id)
    ids = list(flow.section_ids) if flow else []
    if chosen.sections is not None:
        ids = chosen_sections(deal, people.contact, people.organisation.country, chosen.sections)
    return Preview(
        deal_id=deal.id,
        contact_id=people.contact.id,
        by_id=actor.id,
        by_name=actor.name,
        opened_by=actor.session_id,
        flow_id=flow.id if flow else None,
        flow_name=flow.name if flow else "Everything",
        section_ids=tuple(ids),
        sees_other_applicants=chosen.sees_other_applicants,
        asks_bank_statements=chosen.asks_bank_statements,
        # What the browser sends is only a choice among what may be asked.
        request_ids=tuple(each for each in chosen.request_ids or [] if each in asked),
    )


async def end_preview(session: WriteSession, token: str) -> UUID | None:
    """End a preview; the deal that it was of. Sessions that are no previews are left alone."""
    found = await session.scalar(
        select(PortalSession).where(
            PortalSession.token_hash == token_hash(token[:200]),
            PortalSession.portal == Portal.CLIENT,
            # A client's own session has an access: nobody is signed out by ending a preview.
            PortalSession.access_id.is_(None),
        )
    )
    if found is None or found.preview is None:
        return None
    await end_session(session, Portal.CLIENT, token[:200])
    return Preview.of(found.preview).deal_id


async def make_believe(session: ReadSession, actor: Actor) -> None:
    """Inside a look that is thrown away: the access that the client of a preview would have.

    Nothing to do where they have one. The caller's session must never commit.
    """
    preview = actor.preview
    # A client with an access is looked at through that one: what it shows and hides is what counts.
    if preview is None or actor.access_id != actor.session_id:
        return
    session.add(
        PortalAccess(
            id=actor.access_id,
            deal_id=preview.deal_id,
            contact_id=preview.contact_id,
            organisation_id=actor.organisation_id,
            granted_by=preview.by_id,
            sees_other_applicants=preview.sees_other_applicants,
            flow_id=preview.flow_id,
            flow_name=preview.flow_name,
            section_ids=list(preview.section_ids),
            asks_bank_statements=preview.asks_bank_statements,
            consented_at=utc_now(),
        )
    )
    await session.flush()
    asked = {each.id: each for each in await queries.askable_requests(session, preview.deal_id)}
    for request_id, request in asked.items():
        chosen = request_id in preview.request_ids
        if chosen:
            request.sent_at = request.sent_at or utc_now()
        session.add(AccessRequest(access_id=actor.access_id, request_id=request_id, left_out=not chosen))
    await session.flush()


async def preview_choices(session: ReadSession, actor: Actor) -> list[tuple[UUID, UUID, str]]:
    """Clients of one's own newest open deals, to choose one for a preview: (deal, contact, words)."""
    newest = (
        visible_deals(actor)
        .where(Deal.owner_id == actor.id, Deal.archived_at.is_(None), Deal.locked_at.is_(None))
        .order_by(Deal.created_at.desc())
        .limit(MOST_CHOICES)
        .subquery()
    )
    deal = aliased(Deal, newest)
    # The deals first: else their applicants would be read from end to end, to keep forty.
    rows = await session.execute(
        select(deal, Contact)
        .join(DealApplicant, DealApplicant.deal_id == deal.id)
        .join(Contact, Contact.id == DealApplicant.contact_id)
        .order_by(deal.created_at.desc(), DealApplicant.position)
        .limit(MOST_CHOICES)
    )
    return [(deal.id, contact.id, f"{contact.name}, {deal.name}") for deal, contact in rows]


async def _flow(session: ReadSession, actor: Actor, deal: Deal, flow_id: UUID | None) -> Flow | None:
    if flow_id is None:
        return None
    flow = await session.get(Flow, flow_id)
    if flow is None or flow.organisation_id != actor.organisation_id or flow.retired_at is not None:
        raise NotFound("flow")
    if flow.user_id not in (None, deal.owner_id, actor.id):
        raise NotFound("flow")
    return flow
