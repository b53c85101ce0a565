"""Connect: SMS on or off for the whole firm, whom messages come from, and a message to try it (S2-07)."""

from dataclasses import dataclass

from sqlalchemy import select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.access.throttles import count_try
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.billing import service as billing
from salestrekker_portal.domains.outbox.service import Content, enqueue
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.sms import sms_letters, sms_size
from salestrekker_portal.kernel.text import shortened
from salestrekker_portal.tables.organisations import Organisation, User
from salestrekker_portal.tables.outbox import Channel, OutboxMessage

TEST_KIND = "settings.sms_test"
TESTS_IN_A_WHILE = 5


@dataclass(frozen=True, kw_only=True)
class Connect:
    """How SMS stands. `mobile` is the person's own; `last_test` the newest message that tried it."""

    on: bool
    sender: str
    phone: str | None
    mobile: str | None
    credits: int
    last_test: OutboxMessage | None


async def connect_of(session: ReadSession, actor: Actor) -> Connect:
    """What the page shows. Raises NotPermitted."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    organisation = await existing(session, Organisation, actor.organisation_id)
    user = await existing(session, User, actor.id)
    newest = (
        select(OutboxMessage)
        .where(OutboxMessage.organisation_id == actor.organisation_id, OutboxMessage.kind == TEST_KIND)
        .order_by(OutboxMessage.created_at.desc())
        .limit(1)
    )
    return Connect(
        on=organisation.sms_enabled,
        sender=sender_of(organisation),
        phone=organisation.phone,
        mobile=user.mobile,
        credits=await billing.balance(session, organisation.id),
        last_test=(await session.scalars(newest)).one_or_none(),
    )


def sender_of(organisation: Organisation) -> str:
    """The name that a phone shows above the firm's messages."""
    return shortened(sms_letters(organisation.name), 40)


async def set_sms(session: WriteSession, actor: Actor, *, on: bool) -> Organisation:
    """Switch SMS on or off. Off, nobody can be invited: the PIN goes by SMS. Raises NotPermitted."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    organisation = await existing(session, Organisation, actor.organisation_id, with_for_update=HOLD)
    if organisation.sms_enabled != on:
        organisation.sms_enabled = on
        record(session, actor, "settings:sms", organisation_id=organisation.id, on=on)
    return organisation


async def send_test(session: WriteSession, actor: Actor) -> OutboxMessage:
    """Send the person themself a message, for a credit. Raises NotPermitted, Invalid (`mobile`), Conflict."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    organisation = await existing(session, Organisation, actor.organisation_id, with_for_update=HOLD)
    if not organisation.sms_enabled:
        raise Conflict("SMS is off. Switch it on first.")
    user = await existing(session, User, actor.id)
    if not user.mobile:
        raise Invalid({"mobile": "You have no mobile number yet. Add it under My details, then try again."})
    await count_try(session, f"sms-test:{actor.id}", TESTS_IN_A_WHILE, "That is enough for now. Try in 15 minutes.")
    text = sms_letters(f"{organisation.name}: this is a test from your client portal. SMS works.")
    cost = sms_size(text).segments
    if await billing.balance(session, organisation.id) < cost:
        raise Conflict("There are no SMS credits left. Buy some under Billing details.")
    return enqueue(
        session,
        organisation_id=organisation.id,
        kind=TEST_KIND,
        channel=Channel.SMS,
        recipient=user.mobile,
        recipient_name=user.name,
        cause=new_id(),
        content=Content(sender=sender_of(organisation), paragraphs=[text]),
        credits_held=cost,
    )
