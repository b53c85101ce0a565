"""The composition root: settings -> adapters -> the domains' ports."""

from functools import cache
from typing import TYPE_CHECKING

from salestrekker_portal.adapters.console import ScreenSender
from salestrekker_portal.adapters.files_local import LocalFiles
from salestrekker_portal.adapters.payments import DemonstrationGateway, NoGateway
from salestrekker_portal.adapters.scanner_clamd import ClamdScanner
from salestrekker_portal.adapters.scanner_none import NoScanner
from salestrekker_portal.config import EmailBy, ScannerBy, Settings, SmsBy, settings
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.billing.ports import PaymentGateway
from salestrekker_portal.domains.contacts.service import mark_sms_opted_out
from salestrekker_portal.domains.documents.ports import FileStore, Scanner
from salestrekker_portal.domains.outbox.models import Channel, OutboxMessage
from salestrekker_portal.domains.outbox.ports import Reason, Sender
from salestrekker_portal.domains.portal_access.service import pin_not_delivered
from salestrekker_portal.kernel.tokens import derived_key
from salestrekker_portal.worker import Worker

if TYPE_CHECKING:
    # Imported where they are needed: Twilio's SDK alone takes half a second, which the demo need not wait for.
    from salestrekker_portal.adapters.callbacks_sendgrid import SendGridCallbacks
    from salestrekker_portal.adapters.callbacks_twilio import TwilioCallbacks


def senders() -> dict[Channel, Sender]:
    """Who carries e-mail and SMS, as the operator chose."""
    return {Channel.EMAIL: _email_sender(settings()), Channel.SMS: _sms_sender(settings())}


def _sms_sender(chosen: Settings) -> Sender:
    if chosen.sms is SmsBy.SCREEN:
        return ScreenSender()
    from salestrekker_portal.adapters.sms_twilio import TwilioAccount, TwilioSender

    account = TwilioAccount(
        account_sid=chosen.twilio_account_sid,
        user=chosen.twilio_api_key or chosen.twilio_account_sid,
        password=chosen.twilio_api_secret if chosen.twilio_api_key else chosen.twilio_auth_token,
        sender=chosen.twilio_sender,
        api_base=chosen.twilio_api_base,
        public_origin=chosen.public_origin,
    )
    return TwilioSender(account)


def _email_sender(chosen: Settings) -> Sender:
    if chosen.email is EmailBy.SENDGRID:
        from salestrekker_portal.adapters.email_sendgrid import SendGridSender

        return SendGridSender(
            api_key=chosen.sendgrid_api_key, from_address=chosen.email_from, api_base=chosen.sendgrid_api_base
        )
    if chosen.email is EmailBy.SMTP:
        from salestrekker_portal.adapters.email_smtp import SmtpSender, SmtpServer

        server = SmtpServer(
            host=chosen.smtp_host,
            port=chosen.smtp_port,
            user=chosen.smtp_user,
            password=chosen.smtp_password,
            from_address=chosen.email_from,
        )
        return SmtpSender(server)
    return ScreenSender()


def twilio_callbacks() -> "TwilioCallbacks":
    """Who believes Twilio's callbacks; with no token set, it believes none."""
    from salestrekker_portal.adapters.callbacks_twilio import TwilioCallbacks

    chosen = settings()
    tokens = (chosen.twilio_auth_token, chosen.twilio_previous_auth_token)
    return TwilioCallbacks(chosen.twilio_account_sid, tokens)


def sendgrid_callbacks() -> "SendGridCallbacks":
    """Who believes SendGrid's events; with no key set, it believes none."""
    from salestrekker_portal.adapters.callbacks_sendgrid import SendGridCallbacks

    return SendGridCallbacks(settings().sendgrid_webhook_key)


@cache
def file_store() -> FileStore:
    """Where documents are kept: sealed, in a private folder of this machine."""
    return LocalFiles(settings().data / "files", derived_key(settings().secret, "files"))


@cache
def scanner() -> Scanner:
    """Who looks for viruses, as the operator chose. When nobody does, brokers are told."""
    if settings().scanner is ScannerBy.CLAMAV:
        return ClamdScanner(settings().clamav_address)
    return NoScanner()


async def when_given_up(session: WriteSession, message: OutboxMessage) -> None:
    """What follows when a message was not sent or came back, by its kind."""
    if message.channel is Channel.SMS and message.reason == Reason.OPTED_OUT:
        await mark_sms_opted_out(session, message.organisation_id, message.recipient)
    if message.kind == "portal.pin" and message.access_id is not None:
        await pin_not_delivered(session, message)


def payments() -> PaymentGateway:
    """Who takes money for SMS credits: nobody where nothing is real, and nobody yet where it is."""
    return DemonstrationGateway() if settings().is_local else NoGateway()


def make_worker() -> Worker:
    return Worker(senders(), when_given_up)
