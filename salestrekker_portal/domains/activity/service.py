"""Recording what happened, in the same transaction as what happened."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from salestrekker_portal.database.session import WriteSession, after_commit
from salestrekker_portal.database.waking import NOTICES, WEBHOOKS, wake_after
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.notices.causes import tell_after
from salestrekker_portal.domains.notices.published import PUBLISHED
from salestrekker_portal.domains.security_log.kinds import repeated_as
from salestrekker_portal.domains.security_log.service import note
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.activity import Activity

Publish = Callable[[frozenset[str]], Awaitable[None]]

_publish: Publish | None = None


def publish_with(publish: Publish | None) -> None:
    """Where live topics go after a commit; set once by the composition root."""
    global _publish
    _publish = publish


def deal_topic(deal_id: UUID) -> str:
    return f"deal:{deal_id}"


def profile_topic(deal_id: UUID) -> str:
    """The answers of a deal's fact find, as they are typed."""
    return f"profile:{deal_id}"


def board_topic(organisation_id: UUID) -> str:
    return f"board:{organisation_id}"


def access_topic(access_id: UUID) -> str:
    return f"access:{access_id}"


def partner_topic(partner_id: UUID) -> str:
    return f"partner:{partner_id}"


def user_topic(user_id: UUID) -> str:
    """The bell of a member of staff."""
    return f"user:{user_id}"


def touch(session: WriteSession, *topics: str) -> None:
    """Tell open tabs on these topics to look again, once this transaction is on disk."""
    waiting: set[str] | None = session.info.get("topics")
    if waiting is None:
        waiting = session.info["topics"] = set()

        async def publish() -> None:
            if _publish is not None:
                await _publish(frozenset(waiting))

        after_commit(session, publish)
    waiting.update(topics)


def record(
    session: WriteSession,
    actor: Actor | None,
    kind: str,
    *,
    organisation_id: UUID,
    deal_id: UUID | None = None,
    subject_id: UUID | None = None,
    **facts: str | int | bool | None,
) -> Activity:
    """Add the row and wake the deal's open tabs. `actor` None means the portal itself.

    `subject_id` is the note, document, request or partner that it is about. Whoever has to hear of it is told by
    the worker, from this same row: what happened and the promise to tell are kept, or lost, together. Deeds that
    change who may do what, or show somebody's file, stand in the security log as well.
    """
    portal = actor.portal.value if actor else "system"
    if actor and actor.through:
        facts["acts_for"] = actor.name
    wait = tell_after(kind, portal, facts)
    activity = Activity(
        organisation_id=organisation_id,
        deal_id=deal_id,
        kind=kind,
        actor_kind=portal,
        actor_id=actor.id if actor else None,
        actor_name=(actor.through or actor.name) if actor else "",
        facts=facts,
        subject_id=subject_id,
        tell_at=None if wait is None else utc_now() + wait,
        hook_at=utc_now() if kind in PUBLISHED else None,
    )
    session.add(activity)
    area = repeated_as(kind)
    if area is not None:
        note(session, kind, organisation_id=organisation_id, by=actor, area=area, deal_id=deal_id,
             subject_id=subject_id, facts=facts)  # fmt: skip
    if wait is not None and not wait:
        wake_after(session, NOTICES)
    if activity.hook_at is not None:
        wake_after(session, WEBHOOKS)
    if deal_id is not None:
        touch(session, deal_topic(deal_id))
    return activity
