"""Letting a client into a deal: share, resend, a new PIN, the link."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from types import EllipsisType
from uuid import UUID

from salestrekker_portal.database.session import HOLD, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.access.proof import demand_proof
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.bank_statements.asking import ask_with_invitation
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.deals.rules import demand_open
from salestrekker_portal.domains.documents.compliance import give_versions
from salestrekker_portal.domains.fact_find.earlier import bring_earlier
from salestrekker_portal.domains.fact_find.figures import profile_touched
from salestrekker_portal.domains.fact_find.prefill import prefill
from salestrekker_portal.domains.fact_find.visibility_change import carry_over
from salestrekker_portal.domains.notes.service import add_system_note
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.domains.portal_access import delivery, messages, queries
from salestrekker_portal.domains.portal_access.asked import choose_requests
from salestrekker_portal.domains.portal_access.channels import keep_channels, stays_put, through
from salestrekker_portal.domains.portal_access.flow_copy import copy_flow
from salestrekker_portal.domains.portal_access.invitation import PLAIN, Invitation
from salestrekker_portal.domains.portal_access.messages import People
from salestrekker_portal.domains.portal_access.pins import count_pin_sent
from salestrekker_portal.domains.portal_access.rules import blockers, preflight, refusal
from salestrekker_portal.domains.signing_in.passkeys import forget_passkeys
from salestrekker_portal.kernel.errors import AlreadyDone, Conflict, NotFound
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
    chosen: Invitation = PLAIN,
    *,
    banks: Iterable[Provider] = (),
    only_changes: bool = False,
    shown: UUID | EllipsisType | None = ...,
) -> PortalAccess:
    """Invite a client, or invite them again: a fresh link by e-mail and a fresh PIN by SMS.

    With `only_changes` a live access keeps its link and PIN, unless they now go to another address or number. `shown`
    is the live access that whoever presses saw (left out: nobody looked). Where somebody else has invited the client
    since, with the same choices, theirs is the answer and nothing more leaves; with other choices it is a Conflict.

    `banks` are the providers of bank statements that this installation has. Raises NotFound, NotPermitted, Invalid,
    Conflict with every condition that is not met, and ProofNeeded before an access goes to another address, or is given
    anew after it ended.
    """
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_SHARE)
    people = through(await queries.people_of(session, deal, contact_id), chosen.channels)
    live = await queries.live_access(session, deal.id, contact_id)
    # Credits are counted under the organisation's lock, so that two invitations can't spend the same one.
    await session.get(Organisation, deal.organisation_id, with_for_update=HOLD, populate_existing=True)
    if live is not None and shown is not ... and live.id != shown:
        return _of_who_was_faster(live, chosen, people)
    before = (await queries.latest_accesses(session, deal.id)).get(contact_id)
    # Ending it first, and giving another address then, leads to the same place.
    if before is not None and (live is None or not stays_put(before, people)):
        demand_proof(actor)
    quiet = only_changes and live is not None and stays_put(live, people)
    await _demand_ready(session, actor, people, quiet=quiet)
    # A deal that is older than the firm's documents gets what it lacks.
    await give_versions(session, deal, has=await queries.slots_of(session, deal.id))
    access = live or PortalAccess(
        deal_id=deal.id, contact_id=contact_id, organisation_id=deal.organisation_id, granted_by=actor.id
    )
    wants_banks = chosen.asks_bank_statements and not (quiet and access.asks_bank_statements)
    await _grant(session, actor, deal, people, access, chosen, before)
    if not quiet:
        await delivery.send_link(session, access, people)
        await delivery.send_pin(session, access, people)
    if wants_banks:
        await ask_with_invitation(session, actor, banks, deal, access)
    _write_down(session, actor, deal, people, access, quiet=quiet)
    deal_touched(session, deal.id)
    return access


def _of_who_was_faster(live: PortalAccess, chosen: Invitation, people: People) -> PortalAccess:
    """What somebody else gave a moment ago, where it is the same. Raises Conflict."""
    if (live.sees_other_applicants, live.flow_id) == (chosen.sees_other_applicants, chosen.flow_id):
        return live
    raise Conflict(f"{people.called} was invited a moment ago, with other choices. Open this panel again.")


async def _grant(
    session: WriteSession,
    actor: Actor,
    deal: Deal,
    people: People,
    access: PortalAccess,
    chosen: Invitation,
    before: PortalAccess | None,
) -> None:
    """Keep what was chosen with the access, and have the answers follow what this client may see now. `before` is the
    access that they had until now: this one, or an ended one."""
    sees_otherwise = before is not None and before.sees_other_applicants != chosen.sees_other_applicants
    if sees_otherwise:
        await carry_over(session, deal.id, access.contact_id, sees_others=chosen.sees_other_applicants)
    access.sees_other_applicants = chosen.sees_other_applicants
    access.asks_bank_statements = chosen.asks_bank_statements
    if before is access and not stays_put(access, people):
        # Whoever had the old address or number may have made it.
        await forget_passkeys(session, access.id)
    keep_channels(access, people)
    contact, country = people.contact, people.organisation.country
    await copy_flow(session, access, deal, contact, country, chosen.flow_id, chosen.sections, by=actor.id)
    session.add(access)
    await session.flush()
    await choose_requests(session, deal, access, chosen.request_ids)
    brought = before is not access and await bring_earlier(session, actor, deal, access, before)
    if await prefill(session, actor, deal.id, contact) or brought or sees_otherwise:
        await profile_touched(session, deal.id)


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


async def access_of_mine(session: WriteSession, actor: Actor, access_id: UUID) -> tuple[PortalAccess, Deal, People]:
    """A client's access that this member of staff may change. Raises NotFound or NotPermitted."""
    access = await queries.held_access(session, access_id)
    if access is None or access.organisation_id != actor.organisation_id:
        raise NotFound("invitation")
    deal = await access_deal(session, actor, access.deal_id, Permission.DEAL_SHARE)
    return access, deal, through(await queries.people_of(session, deal, access.contact_id), access)


async def _mine_and_live(session: WriteSession, actor: Actor, access_id: UUID) -> tuple[PortalAccess, Deal, People]:
    access, deal, people = await access_of_mine(session, actor, access_id)
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
