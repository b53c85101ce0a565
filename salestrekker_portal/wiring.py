"""The composition root: settings -> adapters -> the domains' ports."""

import base64
from functools import cache
from typing import TYPE_CHECKING

from salestrekker_portal.adapters.blobs import Blobs
from salestrekker_portal.adapters.blobs_folder import Folder
from salestrekker_portal.adapters.console import ScreenSender
from salestrekker_portal.adapters.files_sealed import SealedFiles
from salestrekker_portal.adapters.hooks_http import HttpHooks
from salestrekker_portal.adapters.payments import DemonstrationGateway, NoGateway
from salestrekker_portal.adapters.scanner_clamd import ClamdScanner
from salestrekker_portal.adapters.scanner_none import NoScanner
from salestrekker_portal.config import EmailBy, FilesBy, Mode, ScannerBy, Settings, SmsBy, settings
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.bank_statements.landing import Store
from salestrekker_portal.domains.bank_statements.ports import BankProvider, Providers
from salestrekker_portal.domains.billing.ports import PaymentGateway
from salestrekker_portal.domains.clients.contacts import mark_sms_opted_out
from salestrekker_portal.domains.documents.ports import Scanner
from salestrekker_portal.domains.fact_find.finding import Finder
from salestrekker_portal.domains.outbox.ports import Reason, Sender
from salestrekker_portal.domains.portal_access.undelivered import pin_not_delivered
from salestrekker_portal.domains.webhooks.ports import HookCarrier
from salestrekker_portal.kernel.tokens import derived_key
from salestrekker_portal.tables.bank_statements import Provider
from salestrekker_portal.tables.outbox import Channel, OutboxMessage

if TYPE_CHECKING:
    # Imported where they are needed: Twilio's SDK alone takes half a second, which the demo need not wait for.
    from salestrekker_portal.adapters.bank_demonstration import DemonstrationBank
    from salestrekker_portal.adapters.callbacks_sendgrid import SendGridCallbacks
    from salestrekker_portal.adapters.callbacks_twilio import TwilioCallbacks
    from salestrekker_portal.adapters.live_redis import RedisLiveBus


def senders() -> dict[Channel, Sender]:
    """Who carries e-mail and SMS, as the operator chose."""
    return {Channel.EMAIL: _email_sender(settings()), Channel.SMS: _sms_sender(settings())}


def _sms_sender(chosen: Settings) -> Sender:
    if chosen.sms is SmsBy.SCREEN:
        return ScreenSender()
    from salestrekker_portal.adapters.sms_twilio import TwilioAccount, TwilioSender

    account = TwilioAccount(
        account_sid=chosen.twilio_account_sid,
        # An API key can be withdrawn without changing the account's token, which also signs the callbacks.
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
def file_store() -> SealedFiles:
    """Where documents are kept, as the operator chose: always sealed."""
    keys = [derived_key(secret, "files") for secret in settings().secrets]
    return SealedFiles(blobs(settings().files), keys[0], keys[1:])


def blobs(by: FilesBy) -> Blobs:
    """The place itself: what lies there is sealed."""
    chosen = settings()
    if by is FilesBy.FOLDER:
        return Folder(chosen.data / "files")
    from salestrekker_portal.adapters.blobs_s3 import Bucket, S3Account

    account = S3Account(
        bucket=chosen.bucket,
        endpoint=chosen.bucket_endpoint,
        region=chosen.bucket_region,
        prefix=chosen.bucket_prefix,
        access_key=chosen.bucket_access_key,
        secret_key=chosen.bucket_secret_key,
    )
    return Bucket(account)


@cache
def scanner() -> Scanner:
    """Who looks for viruses, as the operator chose. When nobody does, brokers are told."""
    if settings().scanner is ScannerBy.CLAMAV:
        return ClamdScanner(settings().clamav_address)
    return NoScanner()


async def scanner_answers() -> bool:
    """Whether who looks for viruses is there; nobody is always there."""
    asked = scanner()
    return await asked.answers() if isinstance(asked, ClamdScanner) else True


@cache
def bank_providers() -> Providers:
    """Who fetches bank statements: those that the operator has keys for, and the invented one where all is invented.

    illion needs no key of the operator's: each broker has a referral code.
    """
    chosen = settings()
    found = _real_banks(chosen)
    if chosen.mode in (Mode.DEMO, Mode.DEV):
        found.append(demonstration_bank())
    return {provider.key: provider for provider in found}


def _real_banks(chosen: Settings) -> list[BankProvider]:
    from salestrekker_portal.adapters.bank_akahu import Akahu
    from salestrekker_portal.adapters.bank_basiq import Basiq
    from salestrekker_portal.adapters.bank_illion import Illion

    found: list[BankProvider] = [
        Illion(api_key=chosen.illion_api_key, api_base=chosen.illion_api_base, link_base=chosen.illion_link_base)
    ]
    if chosen.basiq_api_key:
        found.append(
            Basiq(
                api_key=chosen.basiq_api_key,
                webhook_secret=chosen.basiq_webhook_secret,
                api_base=chosen.basiq_api_base,
                consent_base=chosen.basiq_consent_base,
            )
        )
    if chosen.akahu_app_token:
        found.append(
            Akahu(
                app_token=chosen.akahu_app_token,
                app_secret=chosen.akahu_app_secret,
                api_base=chosen.akahu_api_base,
                oauth_base=chosen.akahu_oauth_base,
            )
        )
    return found


@cache
def demonstration_bank() -> "DemonstrationBank":
    """The bank that does not exist. Its callbacks are signed like a real provider's."""
    from salestrekker_portal.adapters.bank_demonstration import DemonstrationBank

    secret = base64.b64encode(derived_key(settings().secret, "demonstration-bank")).decode()
    return DemonstrationBank(secret=f"whsec_{secret}")


def offered_banks() -> frozenset[Provider]:
    """Which providers this installation has."""
    return frozenset(bank_providers())


def address_finder() -> Finder | None:
    """Who finds whole addresses while they are typed: nobody, unless the operator has a key."""
    chosen = settings()
    if not chosen.addressfinder_key:
        return None
    from salestrekker_portal.adapters.addresses_addressfinder import Addressfinder

    return Finder(
        Addressfinder(
            key=chosen.addressfinder_key,
            secret=chosen.addressfinder_secret,
            api_base=chosen.addressfinder_api_base,
        )
    )


def statement_store() -> Store:
    """Where fetched statements go, like every upload."""
    return Store(files=file_store(), scanner=scanner())


def live_bus() -> "RedisLiveBus | None":
    """What carries live updates between processes; None where there is one process only."""
    if not settings().redis_url:
        return None
    from salestrekker_portal.adapters.live_redis import RedisLiveBus

    return RedisLiveBus(settings().redis_url)


async def when_given_up(session: WriteSession, message: OutboxMessage) -> None:
    """What follows when a message was not sent or came back, by its kind."""
    # Whoever answered STOP is remembered with the contact: the next text would cost and not arrive.
    if message.channel is Channel.SMS and message.reason == Reason.OPTED_OUT:
        await mark_sms_opted_out(session, message.organisation_id, message.recipient)
    if message.kind == "portal.pin" and message.access_id is not None:
        await pin_not_delivered(session, message)


def payments() -> PaymentGateway:
    """Who takes money for SMS credits: nobody where nothing is real, and nobody yet where it is."""
    return DemonstrationGateway() if settings().is_local else NoGateway()


@cache
def hook_carrier() -> HookCarrier:
    """What brings events to a firm's other programs."""
    return HttpHooks(private=settings().webhooks_private)
