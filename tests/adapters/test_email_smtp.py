"""E-mail by SMTP, against a mail server that insists on encryption and on a password."""

import ssl
from collections.abc import Iterator

import pytest

from salestrekker_portal.adapters.email_smtp import SmtpSender, SmtpServer
from salestrekker_portal.domains.outbox.ports import ChannelDown, OutcomeUnknown, Reason, SendFailed
from tests.adapters.letters import email
from tests.adapters.twins.smtp import PASSWORD, USER, MailServer, SmtpFault
from tests.support.ports import free_port


@pytest.fixture
def twin(tmp_path) -> Iterator[MailServer]:
    running = MailServer(tmp_path)
    yield running
    running.stop()


def sender_of(twin: MailServer, trust: ssl.SSLContext | None = None, **facts) -> SmtpSender:
    server = {"host": "127.0.0.1", "port": twin.port, "user": USER, "password": PASSWORD}
    server |= {"from_address": "portal@example.com"} | facts
    return SmtpSender(SmtpServer(**server), timeout=2, trust=trust or twin.trust)


async def test_a_message_arrives_whole(twin):
    envelope = email()
    receipt = await sender_of(twin).send(envelope)
    [mail] = twin.messages
    assert mail["Message-ID"] == receipt.ref == f"<{envelope.message_id}@example.com>"
    assert mail["From"] == "Alice O’Rourke at Harbour Finance <portal@example.com>"
    assert mail["To"] == "Kim Nguyen <kim@example.com>"
    assert mail["Reply-To"] == "alice@example.com"
    assert mail["Subject"] == "Alice at Harbour Finance has invited you"
    plain, html = mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content()
    assert "Open my page:\nhttps://portal.example.com/portal/abc123" in plain.replace("\r\n", "\n")
    assert 'href="https://portal.example.com/portal/abc123"' in html


async def test_the_same_message_sent_again_is_the_same_to_mail_programs(twin):
    envelope, sender = email(), sender_of(twin)
    await sender.send(envelope)
    await sender.send(envelope)
    assert twin.messages[0]["Message-ID"] == twin.messages[1]["Message-ID"]


async def test_nobody_smuggles_a_header_in(twin):
    envelope = email(content={"subject": "Hello\r\nBcc: mallory@example.com", "sender": "Alice\nX-Evil: yes"})
    await sender_of(twin).send(envelope)
    [mail] = twin.messages
    assert mail["Bcc"] is None and mail["X-Evil"] is None
    assert mail["Subject"] == "Hello Bcc: mallory@example.com"


@pytest.mark.parametrize(
    ("fault", "permanent", "reason"),
    [
        (SmtpFault.NO_SUCH_MAILBOX, True, Reason.ADDRESS),
        (SmtpFault.GREYLISTED, False, Reason.ADDRESS),
        (SmtpFault.SPAM, True, Reason.OTHER),
    ],
)
async def test_refusals(twin, fault, permanent, reason):
    twin.faults.append(fault)
    with pytest.raises(SendFailed) as refused:
        await sender_of(twin).send(email())
    assert (refused.value.permanent, refused.value.reason) == (permanent, reason)
    assert twin.messages == []


async def test_a_hang_up_after_the_text_is_unknown(twin):
    twin.faults.append(SmtpFault.TAKEN_RESET)
    with pytest.raises(OutcomeUnknown):
        await sender_of(twin).send(email())
    assert len(twin.messages) == 1


async def test_a_wrong_password_stops_the_channel(twin):
    with pytest.raises(ChannelDown, match="password"):
        await sender_of(twin, password="wrong").send(email())


async def test_a_certificate_that_is_not_trusted_stops_the_channel(twin):
    with pytest.raises(ChannelDown, match="certificate"):
        await sender_of(twin, trust=ssl.create_default_context()).send(email())
    assert twin.messages == []


async def test_nothing_goes_in_the_clear(tmp_path):
    server = MailServer(tmp_path, starttls=False)
    try:
        with pytest.raises(ChannelDown, match="encryption"):
            await sender_of(server, user="").send(email())
        assert server.messages == []
    finally:
        server.stop()


async def test_nobody_listening_means_that_nothing_left(twin):
    with pytest.raises(SendFailed, match="can't be reached") as refused:
        await sender_of(twin, port=free_port()).send(email())
    assert not refused.value.permanent
