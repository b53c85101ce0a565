"""Letting a client into a deal, and out again: share, resend, a new PIN, the link, revoke."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from types import EllipsisType
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import HOLD, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import access_topic, record, touch
from salestrekker_portal.domains.bank_statements.asking import ask_with_invitation, withdraw_for_access
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.deals.queries import access_deal, applicants_of
from salestrekker_portal.domains.deals.rules import demand_open
from salestrekker_portal.domains.documents.compliance import give_versions
from salestrekker_portal.domains.fact_find.figures import profile_touched
from salestrekker_portal.domains.fact_find.prefill import prefill
from salestrekker_portal.domains.fact_find.visibility_change import carry_over
from salestrekker_portal.domains.notes.service import add_system_note
from salestrekker_portal.domains.notices.service import notify
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.domains.portal_access import delivery, messages, queries
from salestrekker_portal.domains.portal_access.asked import choose_requests
from salestrekker_portal.domains.portal_access.channels import OWN, Channels, keep_channels, stays_put, through
from salestrekker_portal.domains.portal_access.flow_copy import copy_flow
from salestrekker_portal.domains.portal_access.messages import People
from salestrekker_portal.domains.portal_access.pins import count_pin_sent
from salestrekker_portal.domains.portal_access.rules import blockers, preflight, refusal
from salestrekker_portal.domains.signing_in.sessions import end_sessions
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import AlreadyDone, Conflict, NotFound
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.tables.bank_statements import Provider
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.portal_access import PortalAccess

# A link may go again without the things that only an SMS needs.
RESEND_KEYS = {"right", "email", "open"}
# A change that sends nothing needs none of these.
SENDING_KEYS = {"sms", "credits"}


async def share_deal(
    session: WriteSession,
    actor: Actor,
    deal_id: UUID,
    contact_id: UUID,
    *,
    sees_other_applicants: bool = False,
    flow_id: UUID | None = None,
    sections: list[str] | None = None,
    request_ids: list[UUID] | None = None,
    asks_bank_statements: bool = False,
    channels: Channels = OWN,
    banks: Iterable[Provider] = (),
    only_changes: bool = False,
    shown: UUID | EllipsisType | None = ...,
) -> PortalAccess:
    """Invite a client, or invite them again: a fresh link by e-mail and a fresh PIN by SMS.

    With `only_changes` a live access keeps its link and PIN, unless they now go to another address or number. `shown`
    is the live access that whoever presses saw (left out: nobody looked). Where somebody else has invited the client
    since, with the same choices, theirs is the answer and nothing more leaves; with other choices it is a Conflict.

    `sections` are those of this invitation alone, where they are not the flow's; `banks` the providers of bank
    statements that this installation has. Raises NotFound, NotPermitted, Invalid, and Conflict with every condition
    that is not met.
    """
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_SHARE)
    people = through(await queries.people_of(session, deal, contact_id), channels)
    live = await queries.live_access(session, deal.id, contact_id)
    # Credits are counted under the organisation's lock, so that two invitations can't spend the same one.
    await session.get(Organisation, deal.organisation_id, with_for_update=HOLD, populate_existing=True)
    if live is not None and shown is not ... and live.id != shown:
        if (live.sees_other_applicants, live.flow_id) == (sees_other_applicants, flow_id):
            return live
        raise Conflict(f"{people.called} was invited a moment ago, with other choices. Open this panel again.")
    quiet = only_changes and live is not None and stays_put(live, people)
    await _demand_ready(session, actor, people, quiet=quiet)
    # A deal that is older than the firm's documents gets what it lacks.
    await give_versions(session, deal, has=await queries.slots_of(session, deal.id))
    access = live or PortalAccess(
        deal_id=deal.id, contact_id=contact_id, organisation_id=deal.organisation_id, granted_by=actor.id
    )
    before = (await queries.latest_accesses(session, deal.id)).get(contact_id)
    sees_otherwise = before is not None and before.sees_other_applicants != sees_other_applicants
    if sees_otherwise:
        await carry_over(session, deal.id, contact_id, sees_others=sees_other_applicants)
    asked_before = access.asks_bank_statements and quiet
    access.sees_other_applicants = sees_other_applicants
    access.asks_bank_statements = asks_bank_statements
    keep_channels(access, people)
    await copy_flow(session, access, deal, people.contact, people.organisation.country, flow_id, sections, by=actor.id)
    session.add(access)
    await session.flush()
    await choose_requests(session, deal, access, request_ids)
    if await prefill(session, actor, deal.id, people.contact) or sees_otherwise:
        await profile_touched(session, deal.id)
    if not quiet:
        await delivery.send_link(session, access, people)
        await delivery.send_pin(session, access, people)
    if asks_bank_statements and not asked_before:
        await ask_with_invitation(session, actor, banks, deal, access)
    _write_down(session, actor, deal, people, access, quiet=quiet)
    deal_touched(session, deal.id)
    return access


async def _demand_ready(
    session: WriteSession, actor: Actor, people: People, *, quiet: bool = False, only: Collection[str] = ()
) -> None:
    """Raises Conflict with every condition that is not met, of `only` these where they are named; where nothing is
    sent (`quiet`), what only sending needs is none."""
    blocking = blockers(preflight(await queries.share_facts(session, actor, people)))
    blocking = [check for check in blocking if not (quiet and check.key in SENDING_KEYS)]
    blocking = [check for check in blocking if not only or check.key in only]
    if blocking:
        raise Conflict(refusal(blocking, people.called))


def _write_down(
    session: WriteSession, actor: Actor, deal: Deal, people: People, access: PortalAccess, *, quiet: bool
) -> None:
    name, sees = people.contact.name, "everyone’s details" if access.sees_other_applicants else "own details only"
    did = f"changed what {name} sees in" if quiet else f"invited {name} to"
    add_system_note(session, deal.id, f"{actor.name} {did} the client portal ({access.flow_name}, {sees}).")
    kind = "portal_access:changed" if quiet else "portal_access:granted"
    record(session, actor, kind, organisation_id=deal.organisation_id, deal_id=deal.id, contact=name)


async def _mine(session: WriteSession, actor: Actor, access_id: UUID) -> tuple[PortalAccess, Deal, People]:
    """A client's access that this member of staff may change. Raises NotFound or NotPermitted."""
    access = await queries.held_access(session, access_id)
    if access is None or access.organisation_id != actor.organisation_id:
        raise NotFound("invitation")
    deal = await access_deal(session, actor, access.deal_id, Permission.DEAL_SHARE)
    return access, deal, through(await queries.people_of(session, deal, access.contact_id), access)


async def _mine_and_live(session: WriteSession, actor: Actor, access_id: UUID) -> tuple[PortalAccess, Deal, People]:
    access, deal, people = await _mine(session, actor, access_id)
    if access.revoked_at is not None:
        demand_open(deal)  # first things first: nobody can be invited again before that
        raise Conflict(f"{people.called}’s access was revoked. Invite them again instead.")
    return access, deal, people


async def resend(session: WriteSession, actor: Actor, access_id: UUID) -> None:
    """The invitation again, with a new link. The PIN stays, unless it was stopped: then a new one leaves. Raises
    AlreadyDone when a link left a moment ago."""
    access, deal, people = await _mine_and_live(session, actor, access_id)
    await _demand_ready(session, actor, people, only=RESEND_KEYS)
    if await outbox.just_sent(session, "portal.invitation", organisation_id=deal.organisation_id, access_id=access.id):
        raise AlreadyDone(f"A link was sent to {people.called} a moment ago, so no second one went out.")
    kept = bool(access.pin_hash)
    with_owner = await delivery.pin_stays_with_owner(session, access, people)
    again = replace(people, pin_with_owner=with_owner, link_again=True, pin_again=kept)
    await delivery.send_link(session, access, again)
    add_system_note(session, deal.id, f"{actor.name} sent {people.contact.name} a new portal link.")
    record(session, actor, "portal_access:resent", organisation_id=deal.organisation_id, deal_id=deal.id,
           contact=people.contact.name)  # fmt: skip


async def send_new_pin(session: WriteSession, actor: Actor, access_id: UUID) -> bool:
    """The broker sends a new PIN. True when it went by SMS, False when it went to the owner instead."""
    access, deal, people = await _mine_and_live(session, actor, access_id)
    by_sms = await delivery.renew_pin(session, access, people, by_broker=True)
    record(session, actor, "portal_access:pin_sent", organisation_id=deal.organisation_id, deal_id=deal.id,
           contact=people.contact.name, by_sms=by_sms)  # fmt: skip
    return by_sms


async def email_pin(session: WriteSession, actor: Actor, access_id: UUID) -> None:
    """A new PIN to the deal's owner, who reads it to the client."""
    access, deal, people = await _mine_and_live(session, actor, access_id)
    await delivery.demand_no_pin_on_its_way(session, access)
    await count_pin_sent(session, access.id, access.organisation_id, by_broker=True)
    delivery.pin_to_owner(session, access, people, "You asked for it.")
    record(session, actor, "portal_access:pin_emailed", organisation_id=deal.organisation_id, deal_id=deal.id,
           contact=people.contact.name, to=people.owner.name)  # fmt: skip


async def copy_link(session: WriteSession, actor: Actor, access_id: UUID) -> str:
    """The address of the link that works, to hand over another way. Without the PIN it opens nothing."""
    access, deal, people = await _mine_and_live(session, actor, access_id)
    link = await queries.live_link(session, access.id)
    if link is None:
        raise NotFound("link")
    record(session, actor, "portal_access:link_copied", organisation_id=deal.organisation_id, deal_id=deal.id,
           contact=people.contact.name)  # fmt: skip
    return messages.link_address(delivery.token_of(link))


async def revoke(session: WriteSession, actor: Actor, access_id: UUID) -> None:
    """End a client's access now: signed out everywhere, nothing more is sent. Works on settled deals (L08)."""
    access, deal, people = await _mine(session, actor, access_id)
    if access.revoked_at is not None:
        return
    await _end(session, actor, access)
    add_system_note(session, deal.id, f"{actor.name} ended {people.contact.name}’s access to the client portal.")
    record(session, actor, "portal_access:revoked", organisation_id=deal.organisation_id, deal_id=deal.id,
           contact=people.contact.name)  # fmt: skip
    deal_touched(session, deal.id)


async def revoke_everyone(
    session: WriteSession, actor: Actor, deal: Deal, why: str, *, told: str = "portal_ended"
) -> int:
    """End every client's access to a deal that the caller has accessed, for `why` ("the deal settled").

    `told` is the event by which they hear of it. Returns how many there were. The caller works the
    deal's figures out again.
    """
    live = list(
        await session.scalars(
            select(PortalAccess)
            .where(PortalAccess.deal_id == deal.id, PortalAccess.revoked_at.is_(None))
            .with_for_update(key_share=True)
        )
    )
    inside = {access.contact_id for access in live}
    names = {each.id: each.name for _, each in await applicants_of(session, deal.id) if each.id in inside}
    for access in live:
        await _end(session, actor, access, told)
        name = names.get(access.contact_id, "A client")
        add_system_note(session, deal.id, f"{name}’s access to the client portal ended because {why}.")
    if live:
        record(session, actor, "portal_access:revoked", organisation_id=deal.organisation_id, deal_id=deal.id,
               contact=joined(list(names.values())), why=why)  # fmt: skip
    return len(live)


async def _end(session: WriteSession, actor: Actor, access: PortalAccess, told: str = "portal_ended") -> None:
    await withdraw_for_access(session, access.id)
    access.revoked_at, access.revoked_by = utc_now(), actor.id
    await end_sessions(session, access_id=access.id)
    await outbox.withdraw_unsent(session, access.id)
    notify(session, told, organisation_id=access.organisation_id, recipient_id=access.id,
           deal_id=access.deal_id, author=actor.name)  # fmt: skip
    touch(session, access_topic(access.id))
