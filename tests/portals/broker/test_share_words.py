"""The share panel has a word for every state of a message, and shows messages as they leave."""

import re

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.notices.texts import INVITATION, PIN
from salestrekker_portal.domains.outbox.service import messages_for, opened
from salestrekker_portal.domains.portal_access.client_words import stored_for
from salestrekker_portal.domains.portal_access.delivery import send_link, send_pin
from salestrekker_portal.domains.portal_access.messages import HIDDEN_PIN
from salestrekker_portal.domains.portal_access.queries import people_of, settings_for
from salestrekker_portal.portals.broker.share.page import STATUS
from salestrekker_portal.portals.broker.share.rows import preview_of
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.outbox import Delivery
from salestrekker_portal.tables.portal_access import PortalAccess


def test_every_state_of_a_message_has_its_badge():
    assert set(STATUS) == {state.value for state in Delivery}


async def test_the_preview_says_what_is_sent(sqlite, cast):
    """O-05: the firm's own words, with the same segments and credits, in the panel and in the message."""
    own = {
        INVITATION: {"subject": "Welcome to [Firm]", "email_text": "Dear [Client first name],\n\nHere you are."},
        PIN: {"sms_text": "[Client first name], [PIN] opens your page at [Firm]."},
    }
    async with transaction() as session:
        settings = await settings_for(session, cast.firm.id, cast.alice_user.id)
        settings.notifications = own
    async with transaction() as session:
        people = await people_of(session, await session.get(Deal, cast.deal.id), cast.kim_contact.id)
        stored = await stored_for(session, cast.firm.id, cast.alice_user.id)
        preview = preview_of(people, 100, stored)
        access = await session.get(PortalAccess, cast.kim_access.id)
        await send_link(session, access, people)
        await send_pin(session, access, people)
    async with reading() as session:
        log = await messages_for(session, cast.kim_access.id)
        sent = {each.kind: opened(each).content for each in log}
    mail, sms = sent["portal.invitation"], sent["portal.pin"].paragraphs[0]
    assert (preview["subject"], preview["lines"]) == (mail.subject, mail.paragraphs)
    assert mail.subject == "Welcome to Harbour Finance"
    assert mail.paragraphs[:2] == ["Dear Kim,", "Here you are."]
    assert (
        "/portal/" in mail.link
        and "will need your PIN" in mail.paragraphs[2]
        and "really from us" in mail.paragraphs[3]
    )
    assert re.sub(r"\d{6}", HIDDEN_PIN, sms) == preview["sms"]
    assert preview["sms_size"].startswith(f"{len(sms)} of 160") and preview["cost"] == "Costs 1 credit, leaves 99"
