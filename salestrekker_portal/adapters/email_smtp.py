"""E-mail by SMTP, always encrypted: STARTTLS, or TLS from the start on port 465."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from salestrekker_portal.adapters.email_html import automatic_headers, html_part, plain_part
from salestrekker_portal.adapters.threads import OwnThreads
from salestrekker_portal.domains.outbox.ports import ChannelDown, OutcomeUnknown, Reason, Receipt, SendFailed
from salestrekker_portal.domains.outbox.service import Envelope
from salestrekker_portal.kernel.clock import utc_now

TIMEOUT_SECONDS = 10
TLS_PORT = 465


@dataclass(frozen=True, kw_only=True)
class SmtpServer:
    """Where to hand e-mail over. Without a user nobody signs in."""

    host: str
    port: int
    user: str
    password: str
    from_address: str


class SmtpSender:
    """The Sender of e-mail through a mail server."""

    def __init__(
        self, server: SmtpServer, *, timeout: float = TIMEOUT_SECONDS, trust: ssl.SSLContext | None = None
    ) -> None:
        self._server = server
        self._threads = OwnThreads("smtp")
        self._timeout = timeout
        self._trust = trust or ssl.create_default_context()

    async def send(self, envelope: Envelope) -> Receipt:
        return await self._threads.run(self._send, envelope)

    async def find(self, envelope: Envelope, since: datetime) -> None:
        """A mail server can't be asked. Sent again, the message keeps its Message-ID, which mail programs show once."""
        return None

    async def ask(self, ref: str) -> None:
        """What becomes of an e-mail after the mail server took it, nobody says."""
        return None

    def _send(self, envelope: Envelope) -> Receipt:
        message = mail_of(envelope, self._server.from_address)
        try:
            smtp = self._signed_in()
        except smtplib.SMTPAuthenticationError as error:
            raise ChannelDown("the mail server does not accept our password") from error
        except smtplib.SMTPNotSupportedError as error:
            raise ChannelDown("the mail server offers no encryption or no sign-in") from error
        except ssl.SSLCertVerificationError as error:
            raise ChannelDown("the mail server's certificate is not trusted") from error
        except (OSError, smtplib.SMTPException) as error:
            raise SendFailed("the mail server can't be reached", permanent=False) from error
        try:
            self._hand_over(smtp, envelope.recipient, message)
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()
        finally:
            smtp.close()
        return Receipt(ref=message["Message-ID"])

    def _signed_in(self) -> smtplib.SMTP:
        server = self._server
        if server.port == TLS_PORT:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=self._timeout, context=self._trust)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=self._timeout)
        try:
            if server.port != TLS_PORT:
                smtp.starttls(context=self._trust)
            smtp.ehlo_or_helo_if_needed()
            if server.user:
                smtp.login(server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _hand_over(self, smtp: smtplib.SMTP, recipient: str, message: EmailMessage) -> None:
        try:
            _demand(smtp.mail(self._server.from_address), "our sender address", Reason.CONFIGURATION)
            _demand(smtp.rcpt(recipient), "the e-mail address", Reason.ADDRESS)
        except (OSError, smtplib.SMTPException) as error:
            raise SendFailed("the mail server hung up", permanent=False) from error
        try:
            answer = smtp.data(message.as_bytes(policy=SMTP))
        except smtplib.SMTPDataError as error:
            _demand((error.smtp_code, b""), "the e-mail", Reason.OTHER)
            raise
        except (OSError, smtplib.SMTPException) as error:
            # The text was on its way, and only its receipt is missing.
            raise OutcomeUnknown() from error
        _demand(answer, "the e-mail", Reason.OTHER)


def _demand(answer: tuple[int, bytes], what: str, reason: Reason) -> None:
    """Raises SendFailed unless the server said yes. 5xx is for good; 4xx, like greylisting, is worth another try."""
    code, _ = answer
    if code >= 500:
        raise SendFailed(f"the mail server refused {what}", permanent=True, reason=reason)
    if code >= 400:
        raise SendFailed(f"the mail server does not take {what} at the moment", permanent=False, reason=reason)


def mail_of(envelope: Envelope, from_address: str) -> EmailMessage:
    """The message in its mail form; the same envelope always has the same Message-ID."""
    content = envelope.content
    local, _, domain = from_address.partition("@")
    message = EmailMessage()
    message["From"] = Address(_one_line(content.sender), local, domain)
    name, _, host = envelope.recipient.rpartition("@")
    message["To"] = Address(_one_line(envelope.recipient_name), name, host)
    message["Subject"] = _one_line(content.subject)
    if content.reply_to:
        message["Reply-To"] = content.reply_to
    message["Date"] = format_datetime(utc_now())
    message["Message-ID"] = f"<{envelope.message_id}@{domain}>"
    for name, value in automatic_headers(content, envelope.kind).items():
        message[name] = value
    message.set_content(plain_part(content))
    message.add_alternative(html_part(content), subtype="html")
    return message


def _one_line(text: str) -> str:
    """A line break would begin a header of the sender's choice."""
    return " ".join(text.split())
