"""E-mail by SendGrid: the official SDK in a thread. What became of a message comes back by callback."""

import http.client
import json
import logging
from datetime import datetime
from urllib.error import URLError

from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient

from salestrekker_portal.adapters.email_html import automatic_headers, html_part, plain_part
from salestrekker_portal.adapters.threads import OwnThreads
from salestrekker_portal.domains.outbox.ports import ChannelDown, OutcomeUnknown, Reason, Receipt, SendFailed
from salestrekker_portal.domains.outbox.service import Envelope

# The SDK tells the log what it sends, PINs and links included.
logging.getLogger("python_http_client").setLevel(logging.WARNING)

TIMEOUT_SECONDS = 10
MESSAGE_ARG = "portal_message"


class SendGridSender:
    """The Sender of e-mail through SendGrid's Web API."""

    def __init__(self, *, api_key: str, from_address: str, api_base: str, timeout: float = TIMEOUT_SECONDS) -> None:
        self._api_key = api_key
        self._threads = OwnThreads("sendgrid")
        self._from = from_address
        self._base = api_base
        self._timeout = timeout

    async def send(self, envelope: Envelope) -> Receipt:
        return await self._threads.run(self._send, envelope)

    async def find(self, envelope: Envelope, since: datetime) -> None:
        """SendGrid can't be asked without a paid addition; its events say what arrived."""
        return None

    async def ask(self, ref: str) -> None:
        """SendGrid calls back by itself, and again until it is heard."""
        return None

    def _send(self, envelope: Envelope) -> Receipt:
        # One client a message: the SDK keeps headers on it, and threads must not share them.
        client = SendGridAPIClient(self._api_key, host=self._base)
        client.client.timeout = self._timeout  # without this it waits for ever
        try:
            answer = client.send(self._mail(envelope))
        except HTTPError as error:
            raise _refused(error) from error
        except URLError as error:
            raise SendFailed("the e-mail provider can't be reached", permanent=False) from error
        except (OSError, http.client.HTTPException) as error:
            raise OutcomeUnknown() from error
        return Receipt(ref=answer.headers.get("X-Message-Id") or "")

    def _mail(self, envelope: Envelope) -> dict:
        """The request. The custom argument is an opaque id, because SendGrid never forgets those."""
        content, domain = envelope.content, self._from.rpartition("@")[2]
        to = {"email": envelope.recipient} | ({"name": envelope.recipient_name} if envelope.recipient_name else {})
        mail = {
            "personalizations": [{"to": [to], "custom_args": {MESSAGE_ARG: str(envelope.message_id)}}],
            "from": {"email": self._from, "name": content.sender},
            "subject": content.subject,
            "headers": {"Message-ID": f"<{envelope.message_id}@{domain}>", **automatic_headers(content, envelope.kind)},
            "content": [
                {"type": "text/plain", "value": plain_part(content)},
                {"type": "text/html", "value": html_part(content)},
            ],
            # Tracking would rewrite one-time links so that they pass through somebody else's hands.
            "tracking_settings": {
                "click_tracking": {"enable": False, "enable_text": False},
                "open_tracking": {"enable": False},
            },
        }
        if content.reply_to:
            mail["reply_to"] = {"email": content.reply_to}
        return mail


def _refused(error: HTTPError) -> Exception:
    status = error.status_code
    if status in (502, 504):
        return OutcomeUnknown()
    if status == 429 or status >= 500:
        return SendFailed("the e-mail provider is busy", permanent=False)
    if status == 401:
        return ChannelDown("the e-mail provider does not accept our key")
    if status == 403:
        return ChannelDown("the e-mail provider does not accept our sender address or key")
    if status == 413:
        return SendFailed("the e-mail is too large", permanent=True)
    if _names_the_address(error.body):
        return SendFailed("the e-mail address is not valid", permanent=True, reason=Reason.ADDRESS)
    return SendFailed("the e-mail provider refused it", permanent=True)


def _names_the_address(body: bytes) -> bool:
    """Whether a 400 complains about the recipient: {"errors": [{"field": "personalizations.0.to.0.email"}]}."""
    try:
        errors = json.loads(body).get("errors", [])
        return any(".to." in str(each.get("field")) for each in errors)
    except (ValueError, AttributeError, TypeError):
        return False
