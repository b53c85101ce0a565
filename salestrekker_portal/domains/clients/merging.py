"""Two contacts that are one person become one, and are taken apart again as long as nothing was built on it.

The one that goes must be a bare contact: never invited, nothing told in a fact find. So no link, PIN, passkey or
answer ever changes hands; whoever has been in the portal is the one that stays.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select, update

from salestrekker_portal.database.pointing import pointing_at
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.clients.merge_parts import (
    MERGED_FIELDS,
    MOVE_ALONE,
    MOVES,
    become,
    deals_of,
    named_in_a_fact_find,
    tell_deals_of_both,
)
from salestrekker_portal.domains.contacts.queries import access_contact, both_held
from salestrekker_portal.domains.deals.holding import hold_deals
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.merges import ContactMerge

# A merge itself points at contacts: a chain of them is fine. Whom they are not is no reason that they are somebody.
_NOT_THEIRS = ("contact_merges", "different_contacts")

ITSELF = "Choose somebody else: that is this contact."
TWO_KINDS = "One is a person and the other a company. They stay two."
SAME_DEAL = "Both are in “{deal}”, so they are two people there."
HAS_BEEN_IN = (
    "{gone} has been invited to the client portal, or told something in a fact find, and that can’t become somebody "
    "else’s. Open {gone} and merge {kept} into them."
)
GONE_ALREADY = "{gone} is merged into somebody already."


@dataclass(frozen=True, kw_only=True)
class MergePreview:
    """What merging would do: fields that differ with both values, and the deals that move. `refusal`: why not."""

    kept: Contact
    gone: Contact
    differ: dict[str, tuple[str, str]] = field(default_factory=dict)
    deals: list[str] = field(default_factory=list)
    refusal: str = ""


async def preview_merge(session: ReadSession, actor: Actor, kept_id: UUID, gone_id: UUID) -> MergePreview:
    """Raises NotFound, NotPermitted; why the two can't be one is said in it."""
    kept = await access_contact(session, actor, kept_id, Permission.CONTACT_WRITE)
    gone = await access_contact(session, actor, gone_id, Permission.CONTACT_WRITE)
    names = select(Deal.name).join(DealApplicant, DealApplicant.deal_id == Deal.id)
    return MergePreview(
        kept=kept,
        gone=gone,
        differ=differing(kept, gone),
        deals=list(await session.scalars(names.where(DealApplicant.contact_id == gone.id).order_by(Deal.created_at))),
        refusal=await _refusal(session, kept, gone),
    )


def differing(kept: Contact, gone: Contact) -> dict[str, tuple[str, str]]:
    """Fields of which both have a value, and another one."""
    both = {name: (getattr(kept, name) or "", getattr(gone, name) or "") for name in MERGED_FIELDS}
    return {name: (one, other) for name, (one, other) in both.items() if one and other and one != other}


async def _refusal(session: ReadSession, kept: Contact, gone: Contact) -> str:
    if kept.id == gone.id:
        return ITSELF
    if gone.archived_at is not None or kept.archived_at is not None:
        return GONE_ALREADY.format(gone=(gone if gone.archived_at else kept).name)
    if kept.kind is not gone.kind:
        return TWO_KINDS
    together = (
        select(Deal.name)
        .join(DealApplicant, DealApplicant.deal_id == Deal.id)
        .where(DealApplicant.contact_id == gone.id, Deal.id.in_(deals_of(kept.id)))
        .limit(1)
    )
    if (deal := await session.scalar(together)) is not None:
        return SAME_DEAL.format(deal=deal)
    return HAS_BEEN_IN.format(gone=gone.name, kept=kept.name) if await _is_more_than_bare(session, gone) else ""


async def _is_more_than_bare(session: ReadSession, contact: Contact) -> bool:
    """Whether anything points at them that can't simply be another's, or a fact find knows them."""
    moves = {model.__tablename__ for model in (*MOVES, *MOVE_ALONE)}
    for column in pointing_at("contacts"):
        if column.table.name in moves or column.table.name in _NOT_THEIRS:
            continue
        if await session.scalar(select(column).where(column == contact.id).limit(1)) is not None:
            return True
    return await named_in_a_fact_find(session, contact.id, list(await session.scalars(deals_of(contact.id)))) != ""


async def merge_contacts(
    session: WriteSession, actor: Actor, kept_id: UUID, gone_id: UUID, take: Collection[str] = ()
) -> ContactMerge:
    """Make the two one: `gone` is put away, its deals, requests, documents, notes and tasks are `kept`'s.

    `take`: the fields whose value is that of `gone`, where both have one. Another e-mail or mobile of somebody who is
    in the portal stops their link and PIN, as changing it does. Raises NotFound, NotPermitted, Conflict, Invalid.
    """
    await hold_deals(session, select(DealApplicant.deal_id).where(DealApplicant.contact_id.in_([kept_id, gone_id])))
    kept, gone = await both_held(session, actor, kept_id, gone_id)
    if refusal := await _refusal(session, kept, gone):
        raise Conflict(refusal)
    wanted = {
        name: getattr(gone, name)
        for name in MERGED_FIELDS
        if (name in take and getattr(gone, name)) or not getattr(kept, name)
    }
    was = await become(session, actor, kept, {name: value for name, value in wanted.items() if value})
    if "mobile" in was:
        kept.sms_opted_out_at = kept.sms_opted_out_at or gone.sms_opted_out_at
    merge = ContactMerge(
        organisation_id=kept.organisation_id, kept_id=kept.id, gone_id=gone.id, by_name=actor.name,
        was=was, became={name: getattr(kept, name) for name in was},
        moved=await _move(session, gone.id, kept.id),
    )  # fmt: skip
    session.add(merge)
    gone.archived_at = utc_now()
    await tell_deals_of_both(session, actor, "merged", kept, gone)
    return merge


async def _move(session: WriteSession, from_id: UUID, to_id: UUID) -> dict[str, list[str]]:
    # By their deals: nothing is found by its contact alone without reading all of a large table.
    deal_ids = list(await session.scalars(deals_of(from_id)))
    of_deals = [(model, (model.deal_id.in_(deal_ids), model.contact_id == from_id)) for model in MOVES]
    alone = [(model, (model.contact_id == from_id,)) for model in MOVE_ALONE]
    moved: dict[str, list[str]] = {}
    for model, mine in (*of_deals, *alone):
        theirs = select(model.id).where(*mine)
        ids = list(await session.scalars(theirs.order_by(model.id)))
        if ids:
            await session.execute(update(model).where(model.id.in_(ids)).values(contact_id=to_id))
            moved[model.__tablename__] = [str(each) for each in ids]
    return moved
