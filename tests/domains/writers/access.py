"""Letting clients in and out, and what becomes of the messages to them."""

from sqlalchemy import select

from salestrekker_portal.domains.clients.revoking import revoke
from salestrekker_portal.domains.clients.sharing import copy_link, email_pin, resend, send_new_pin, share_deal
from salestrekker_portal.domains.deals.holding import hold_deal
from salestrekker_portal.domains.outbox import settling
from salestrekker_portal.domains.outbox.ports import Receipt, Report
from salestrekker_portal.domains.outbox.service import LEASE
from salestrekker_portal.domains.portal_access import phone
from salestrekker_portal.domains.portal_access.begun import choices_of, demand_as_begun
from salestrekker_portal.domains.portal_access.consent import give_consent, to_read
from salestrekker_portal.domains.portal_access.delivery import token_of
from salestrekker_portal.domains.portal_access.entry import ask_for_pin, enter
from salestrekker_portal.domains.portal_access.invitation import Invitation
from salestrekker_portal.domains.portal_access.preview import open_preview
from salestrekker_portal.domains.portal_access.undelivered import pin_not_delivered
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.outbox import Delivery, OutboxMessage
from salestrekker_portal.tables.portal_access import PortalLink
from tests.domains.writers.scene import PIN, Collected, one_of
from tests.support.authenticator import Phone

all_of = Collected()
WORKER = "a-worker"


@all_of()
async def invites(session, scene, text):
    who = (scene.lee_contact, scene.kim_contact)[int(text[-1]) % 2]
    sees = bool(int(text[-1]) % 3)
    await share_deal(session, scene.alice, scene.deal.id, who.id, Invitation(sees_other_applicants=sees))


@all_of()
async def changes_an_invitation(session, scene, text):
    access = await scene.access(session)
    await demand_as_begun(session, scene.alice, scene.deal.id, access.contact_id, choices_of(access))
    sees = not access.sees_other_applicants
    await share_deal(
        session,
        scene.alice,
        scene.deal.id,
        access.contact_id,
        Invitation(sees_other_applicants=sees),
        only_changes=True,
    )


@all_of()
async def sends_the_link_again(session, scene, text):
    await resend(session, scene.alice, (await scene.access(session)).id)


@all_of()
async def sends_a_new_pin(session, scene, text):
    await send_new_pin(session, scene.alice, (await scene.access(session)).id)


@all_of()
async def emails_the_pin(session, scene, text):
    await email_pin(session, scene.alice, (await scene.access(session)).id)


@all_of()
async def copies_the_link(session, scene, text):
    await copy_link(session, scene.alice, scene.kim_access.id)


@all_of()
async def revokes(session, scene, text):
    await revoke(session, scene.alice, (await scene.access(session)).id)


@all_of()
async def previews(session, scene, text):
    await open_preview(session, scene.alice, scene.deal.id, scene.kim_contact.id)


@all_of()
async def agrees(session, scene, text):
    keys = [reading.key for reading in await to_read(session, scene.kim)]
    await give_consent(session, scene.kim, keys, address="203.0.113.9")


async def _link_of_kim(session, scene) -> PortalLink:
    found = select(PortalLink).where(PortalLink.access_id == scene.kim_access.id, PortalLink.replaced_at.is_(None))
    return await one_of(session, found.order_by(PortalLink.created_at.desc()))


@all_of()
async def comes_in(session, scene, text):
    """With the right PIN, or a wrong one."""
    link = await _link_of_kim(session, scene)
    pin = PIN if int(text[-1]) % 2 else "654321"
    await enter(session, token_of(link), pin, address=f"203.0.{hash(text) % 200}.{hash(text[:2]) % 200}")


@all_of()
async def comes_in_with_a_phone(session, scene, text):
    """Has it remembered, and comes in with it."""
    token, address, device = token_of(await _link_of_kim(session, scene)), f"203.0.{hash(text) % 200}.9", Phone()
    options = await phone.begin_phone(session, scene.kim)
    await phone.remember_phone(session, scene.kim, device.make(options), "")
    await phone.enter(
        session, token, device.use(await phone.begin_entry(session, token, address=address)), address=address
    )


@all_of()
async def asks_for_a_pin(session, scene, text):
    link = await _link_of_kim(session, scene)
    await ask_for_pin(session, token_of(link), address=f"203.0.{hash(text) % 200}.7")


async def _on_its_way(session, scene, *states: Delivery) -> OutboxMessage:
    """A message of this deal, leased to a worker: as after its claim, which is a transaction of its own."""
    await hold_deal(session, scene.deal.id)
    found = select(OutboxMessage).where(OutboxMessage.deal_id == scene.deal.id, OutboxMessage.status.in_(states))
    message = await one_of(session, found.order_by(OutboxMessage.created_at.desc(), OutboxMessage.id))
    if message.status is Delivery.QUEUED:
        message.status, message.attempts, message.handed_at = Delivery.SENDING, message.attempts + 1, utc_now()
    message.lease_by, message.lease_until = WORKER, utc_now() + LEASE
    await session.flush()
    return message


@all_of(after=("sends_a_new_pin",))
async def message_fails(session, scene, text):
    message = await _on_its_way(session, scene, Delivery.QUEUED, Delivery.SENDING)
    given_up = await settling.settle_failed(session, message.id, WORKER, "no such address", permanent=True)
    if given_up is not None and given_up.kind == "portal.pin":
        await pin_not_delivered(session, given_up)


@all_of(after=("sends_a_new_pin",))
async def message_is_looked_up(session, scene, text):
    message = await _on_its_way(session, scene, Delivery.QUEUED, Delivery.SENDING)
    await settling.settle_unknown(session, message.id, WORKER)
    await session.flush()
    message.lease_by, message.lookups = WORKER, 1
    await session.flush()
    await settling.settle_lookup(session, message.id, WORKER, [Receipt(ref=text)])


async def _came_back(session, message: OutboxMessage) -> None:
    if message.kind == "portal.pin":
        await pin_not_delivered(session, message)


@all_of(after=("sends_a_new_pin",))
async def message_comes_back(session, scene, text):
    message = await _on_its_way(session, scene, Delivery.QUEUED, Delivery.SENDING)
    await settling.settle_sent(session, message.id, WORKER, Receipt(ref=text))
    await settling.act_on(session, message.id, Report(status=Delivery.BOUNCED, problem="full"), _came_back)


@all_of(after=("sends_a_new_pin",))
async def message_arrives(session, scene, text):
    message = await _on_its_way(session, scene, Delivery.QUEUED, Delivery.SENDING)
    await settling.settle_sent(session, message.id, WORKER, Receipt(ref=text))
    await settling.advance(session, message.id, Report(status=Delivery.DELIVERED, ref=text))
