"""SMS by Twilio: the official SDK in a thread, because its own asynchronous client ignores its timeout."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from urllib3.exceptions import MaxRetryError, NewConnectionError, SSLError

from salestrekker_portal.adapters.threads import OwnThreads
from salestrekker_portal.domains.outbox.ports import ChannelDown, OutcomeUnknown, Reason, Receipt, Report, SendFailed
from salestrekker_portal.domains.outbox.rules import carries_pin
from salestrekker_portal.domains.outbox.service import Envelope
from salestrekker_portal.kernel.sms import sms_letters
from salestrekker_portal.tables.outbox import Delivery

# The SDK tells the log whom it writes to.
logging.getLogger("twilio.http_client").setLevel(logging.WARNING)

TIMEOUT_SECONDS = 10
PIN_VALID_SECONDS = 300
# Twilio's clock and ours may differ this much when a message is looked for.
CLOCKS_DIFFER = timedelta(minutes=2)
MOST_COMPARED = 1000

# Twilio's error code -> what a broker reads in "not sent: ...", and what the portal makes of it.
REFUSALS: dict[int, tuple[str, Reason]] = {
    21211: ("the mobile number is not valid", Reason.ADDRESS),
    21217: ("the mobile number is not valid", Reason.ADDRESS),
    21612: ("SMS can't reach this number", Reason.ADDRESS),
    21614: ("the number is not a mobile", Reason.ADDRESS),
    21635: ("the number is a landline", Reason.ADDRESS),
    21408: ("SMS to this country is not switched on", Reason.CONFIGURATION),
    21603: ("the SMS sender is not set up", Reason.CONFIGURATION),
    21606: ("the SMS sender is not set up", Reason.CONFIGURATION),
    21212: ("the SMS sender is not set up", Reason.CONFIGURATION),
    21608: ("the SMS account may not send to this number yet", Reason.CONFIGURATION),
    21610: ("the client has opted out of SMS", Reason.OPTED_OUT),
    21617: ("the text is too long for an SMS", Reason.OTHER),
    30003: ("the phone was switched off or out of reach", Reason.OTHER),
    30004: ("the number does not take our SMS", Reason.ADDRESS),
    30005: ("the number is unknown", Reason.ADDRESS),
    30006: ("the number is a landline or can't be reached", Reason.ADDRESS),
    30007: ("the phone company filtered the SMS", Reason.CONFIGURATION),
    30008: ("the phone company did not say why", Reason.OTHER),
    30029: ("the SMS account is not set up", Reason.CONFIGURATION),
    30030: ("the SMS account is not set up", Reason.CONFIGURATION),
}
STATES = {
    "sent": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "undelivered": Delivery.BOUNCED,
    "failed": Delivery.BOUNCED,
}
# Not processed, and worth another try later.
LATER = {429, 20429, 21611, 30001, 30002}
CREDENTIALS = {20003, 401, 403}
OTHERWISE = "the SMS provider refused it"


def refusal(code: int) -> tuple[str, Reason]:
    """What an error code of Twilio's means to us."""
    return REFUSALS.get(code, (f"{OTHERWISE} (code {code})" if code else OTHERWISE, Reason.OTHER))


@dataclass(frozen=True, kw_only=True)
class TwilioAccount:
    """How to get in. `user` and `password`: an API key and its secret, or account SID and auth token.

    `sender` is a Messaging Service (MG...), a number, or a registered name.
    """

    account_sid: str
    user: str
    password: str
    sender: str
    api_base: str
    public_origin: str


class _HttpClient(TwilioHttpClient):
    """The SDK's own client on another host, which the SDK has no option for.

    No pooled connections: one that the other side had closed meanwhile would leave an outcome unknown.
    """

    def __init__(self, api_base: str, timeout: float) -> None:
        super().__init__(timeout=timeout, pool_connections=False)
        self._base = urlsplit(api_base)

    def request(self, method, url, *args, **kwargs):
        to = urlsplit(url)._replace(scheme=self._base.scheme, netloc=self._base.netloc)
        return super().request(method, to.geturl(), *args, **kwargs)


class TwilioSender:
    """The Sender of SMS."""

    def __init__(self, account: TwilioAccount, *, timeout: float = TIMEOUT_SECONDS) -> None:
        self._account = account
        self._threads = OwnThreads("twilio")
        client = _HttpClient(account.api_base, timeout)
        self._client = Client(account.user, account.password, account.account_sid, http_client=client)

    async def send(self, envelope: Envelope) -> Receipt:
        return await self._threads.run(self._send, envelope)

    async def find(self, envelope: Envelope, since: datetime) -> list[Receipt]:
        return await self._threads.run(self._find, envelope, since - CLOCKS_DIFFER)

    async def ask(self, ref: str) -> Report | None:
        return await self._threads.run(self._ask, ref)

    def _send(self, envelope: Envelope) -> Receipt:
        sender = self._account.sender
        values: dict[str, Any] = {
            "to": envelope.recipient,
            "body": sms_body(envelope),
            "status_callback": f"{self._account.public_origin}/webhooks/twilio/{envelope.message_id}",
            "messaging_service_sid" if sender.startswith("MG") else "from_": sender,
        }
        if carries_pin(envelope.kind):
            values["validity_period"] = PIN_VALID_SECONDS
        try:
            return _receipt(self._client.messages.create(**values))
        except (TwilioException, requests.RequestException) as error:
            raise _translated(error) from error
        except (ValueError, KeyError) as error:
            # It answered, and not in its own words: a proxy, or half an answer.
            raise OutcomeUnknown() from error

    def _ask(self, ref: str) -> Report | None:
        try:
            message = self._client.messages(ref).fetch()
        except (TwilioException, requests.RequestException) as error:
            raise _translated(error) from error
        return report_of(message.status, ref, message.error_code or 0)

    def _find(self, envelope: Envelope, since: datetime) -> list[Receipt]:
        wanted, found = _comparable(sms_body(envelope)), []
        try:
            for message in self._client.messages.stream(to=envelope.recipient, page_size=50, limit=MOST_COMPARED):
                # Newest first. date_sent is empty while a message is queued, so only its creation says when.
                if message.date_created and message.date_created < since:
                    break
                if _comparable(message.body or "") == wanted:
                    found.append(_receipt(message))
        except (TwilioException, requests.RequestException) as error:
            raise _translated(error) from error
        return found


def report_of(state: str, ref: str, code: int) -> Report | None:
    """What a state of Twilio's means to us; None for the steps in between."""
    status = STATES.get(state)
    if status is not Delivery.BOUNCED:
        return Report(status=status, ref=ref) if status else None
    problem, reason = refusal(code)
    return Report(status=status, ref=ref, problem=problem, reason=reason, never_left=state == "failed")


def sms_body(envelope: Envelope) -> str:
    return "\n".join(envelope.content.paragraphs)


def _comparable(body: str) -> str:
    """Smart encoding on Twilio's side may have made typographic letters plain."""
    return " ".join(sms_letters(body).split())


def _receipt(message) -> Receipt:
    # A string, and "0" as long as a Messaging Service has not chosen a sender.
    segments = int(message.num_segments or 0)
    return Receipt(ref=message.sid, segments=segments or None)


def _translated(error: Exception) -> Exception:
    """The SDK's exception as ours."""
    if isinstance(error, TwilioRestException):
        return _refused(error.status, error.code or 0)
    if isinstance(error, TwilioException):
        # What lists raise: a sentence and the answer itself.
        answer = error.args[1] if len(error.args) > 1 else None
        status = getattr(answer, "status_code", None)
        return _refused(status, 0) if status else OutcomeUnknown()
    if _never_left(error):
        return SendFailed("the SMS provider can't be reached", permanent=False)
    return OutcomeUnknown()


def _refused(status: int, code: int) -> Exception:
    if status in (502, 504):
        # A gateway answered for Twilio, which may have taken the message all the same.
        return OutcomeUnknown()
    if status == 429 or status >= 500 or code in LATER:
        return SendFailed("the SMS provider is busy", permanent=False)
    if status == 401 or code in CREDENTIALS:
        return ChannelDown("the SMS provider does not accept our credentials")
    problem, reason = refusal(code)
    return SendFailed(problem, permanent=True, reason=reason)


def _never_left(error: Exception) -> bool:
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError | requests.exceptions.ProxyError):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else None
    return isinstance(reason, NewConnectionError | SSLError)
