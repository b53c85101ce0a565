"""Reads Twilio's status callbacks, and believes only those that Twilio signed."""

from collections.abc import Sequence
from urllib.parse import parse_qsl

from twilio.request_validator import RequestValidator

from salestrekker_portal.adapters.sms_twilio import report_of
from salestrekker_portal.domains.outbox.ports import CallbackRefused, Report
from salestrekker_portal.kernel.numbers import whole_in


class TwilioCallbacks:
    """`auth_tokens`: the current one and, while it is being replaced, the previous one."""

    def __init__(self, account_sid: str, auth_tokens: Sequence[str]) -> None:
        self._account_sid = account_sid
        self._validators = [RequestValidator(token) for token in auth_tokens if token]

    def read(self, address: str, body: bytes, signature: str) -> Report | None:
        """What happened to the message; None for steps that change nothing. Raises CallbackRefused.

        `address` is the public one that Twilio was given for this message.
        """
        try:
            # Blank values are part of what was signed.
            pairs = parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True, max_num_fields=60)
        except ValueError:
            raise CallbackRefused() from None
        fields = dict(pairs)
        # A field that comes twice could be signed with one value and read with the other.
        if not signature or len(fields) != len(pairs) or not self._is_signed(address, fields, signature):
            raise CallbackRefused()
        # The signature says that Twilio sent it, this that it is about our account.
        if fields.get("AccountSid") != self._account_sid or not fields.get("MessageSid"):
            raise CallbackRefused()
        number = whole_in(fields.get("ErrorCode"), 10**9) or 0
        return report_of(fields.get("MessageStatus", ""), fields["MessageSid"], number)

    def _is_signed(self, address: str, fields: dict[str, str], signature: str) -> bool:
        return any(each.validate(address, fields, signature) for each in self._validators)
