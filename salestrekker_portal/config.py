"""Every setting of the portal, read once from the environment; docs/operations.md lists them all."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from salestrekker_portal import choices
from salestrekker_portal.choices import ALL_PORTALS, EmailBy, FilesBy, LogAs, Mode, ScannerBy, SmsBy, WorkerRuns

__all__ = [
    "ALL_PORTALS", "BadSettings", "EmailBy", "FilesBy", "LogAs", "Mode", "ScannerBy", "Settings", "SmsBy", "WorkerRuns",
    "demand_a_place", "read_settings", "settings",
]  # fmt: skip

DEMO_SECRET = "demo-secret-not-for-real-people"  # noqa: S105  refused outside demo and dev
LEAST_SECRET_LENGTH = 32


class BadSettings(Exception):
    """The portal refuses to start, and the message says what to set."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the operator decided. Field names are the environment names, without PORTAL_, in lower case."""

    mode: Mode = Mode.DEMO
    port: int = 8000
    host: str = "127.0.0.1"
    data: Path = Path(".data")
    database_url: str = ""
    redis_url: str = ""
    secret: str = DEMO_SECRET
    former_secret: str = ""
    origin: str = ""
    security_contact: str = ""
    file_limit_mb: int = 50
    session_hours: int = 12
    worker: WorkerRuns | None = None
    portals: tuple[str, ...] = ALL_PORTALS
    log: LogAs = LogAs.TEXT
    metrics_token: str = ""
    webhooks_private: bool = False
    least_free_mb: int = 500
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    sms: SmsBy = SmsBy.SCREEN
    twilio_account_sid: str = ""
    twilio_auth_token: str = ""
    twilio_previous_auth_token: str = ""
    twilio_api_key: str = ""
    twilio_api_secret: str = ""
    twilio_sender: str = ""
    twilio_api_base: str = "https://api.twilio.com"
    email: EmailBy = EmailBy.SCREEN
    email_from: str = ""
    sendgrid_api_key: str = ""
    sendgrid_webhook_key: str = ""
    sendgrid_api_base: str = "https://api.sendgrid.com"
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = ""
    files: FilesBy = FilesBy.FOLDER
    bucket: str = ""
    bucket_endpoint: str = ""
    bucket_region: str = "ap-southeast-2"
    bucket_prefix: str = ""
    bucket_access_key: str = ""
    bucket_secret_key: str = ""
    scanner: ScannerBy = ScannerBy.NONE
    clamav_address: str = ""
    illion_link_base: str = "https://www.bankstatements.com.au"
    illion_api_base: str = "https://www.bankstatements.com.au/api/v1"
    illion_api_key: str = ""
    basiq_api_base: str = "https://au-api.basiq.io"
    basiq_consent_base: str = "https://consent.basiq.io"
    basiq_api_key: str = ""
    basiq_webhook_secret: str = ""
    akahu_api_base: str = "https://api.akahu.io/v1"
    akahu_oauth_base: str = "https://oauth.akahu.nz"
    akahu_app_token: str = ""
    akahu_app_secret: str = ""
    addressfinder_api_base: str = "https://api.addressfinder.io"
    addressfinder_key: str = ""
    addressfinder_secret: str = ""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What opens what is sealed: the secret, then the one before it."""
        return (self.secret, self.former_secret) if self.former_secret else (self.secret,)

    @property
    def is_local(self) -> bool:
        """True on one machine, without a worker process; messages may land on the on-screen outbox."""
        return self.mode in (Mode.DEMO, Mode.DEV, Mode.EMBEDDED)

    @property
    def works_inside(self) -> bool:
        """Whether the web server does what is due itself."""
        return self.is_local if self.worker is None else self.worker is WorkerRuns.INSIDE

    @property
    def is_demo(self) -> bool:
        return self.mode is Mode.DEMO

    @property
    def public_origin(self) -> str:
        """Scheme, host and port that links in messages start with; no trailing slash."""
        return (self.origin or f"http://localhost:{self.port}").rstrip("/")

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """Origins that may open our socket or post our forms."""
        if self.origin:
            return (self.public_origin,)
        # Two names of one machine; people type either.
        return (f"http://localhost:{self.port}", f"http://127.0.0.1:{self.port}")

    @property
    def is_https(self) -> bool:
        return self.public_origin.startswith("https://")

    @property
    def database(self) -> str:
        """The SQLAlchemy address: SQLite in the data folder unless DATABASE_URL says otherwise."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data.resolve() / 'portal.db'}"


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from the environment. Raises BadSettings with a sentence for the operator."""
    chosen: dict[str, object] = {}
    for field in fields(Settings):
        raw = environ.get(environment_name(field.name), "").strip()
        if raw:
            chosen[field.name] = _parsed(field.name, raw)
    settings = Settings(**chosen)  # type: ignore[arg-type]
    _refuse_unsafe(settings)
    _refuse_half_a_carrier(settings)
    _refuse_half_a_provider(settings)
    return settings


def demand_a_place(environ: Mapping[str, str]) -> None:
    """Raises BadSettings when nobody has said where the data are: a default would be an empty place of its own."""
    if not environ.get("PORTAL_DATA", "").strip() and not environ.get("DATABASE_URL", "").strip():
        raise BadSettings(
            "Set PORTAL_DATA or DATABASE_URL as for the server, to say whose data this is about. "
            "On one machine that is PORTAL_DATA=.data/portal."
        )


def environment_name(field_name: str) -> str:
    """PORT, DATABASE_URL, REDIS_URL and APP_PORTALS keep the names that hosts use; the rest start with PORTAL_."""
    plain = {"port": "PORT", "database_url": "DATABASE_URL", "redis_url": "REDIS_URL", "portals": "APP_PORTALS"}
    return plain.get(field_name, f"PORTAL_{field_name.upper()}")


def _parsed(name: str, raw: str) -> object:
    try:
        return _PARSERS.get(name, str)(raw)
    except ValueError:
        raise BadSettings(f"{environment_name(name)} can't be {raw!r}.") from None


def _is_count(raw: str) -> bool:
    """A number of proxies is no answer: whoever reaches the port could say that they are one."""
    if raw.strip().isdigit():
        raise BadSettings("Set PORTAL_TRUSTED_PROXIES to the proxies' addresses, for example 127.0.0.1; not a number.")
    return False


def _networks(raw: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(each.strip(), strict=False) for each in raw.split(",") if not _is_count(each))


# How each setting is read that isn't a plain text. Raises ValueError for what it can't be.
_PARSERS: dict[str, Callable[[str], object]] = {
    **{"mode": Mode, "data": Path, "sms": SmsBy, "email": EmailBy, "scanner": ScannerBy, "files": FilesBy},
    **{"log": LogAs, "worker": WorkerRuns, "portals": choices.portals_from, "trusted_proxies": _networks},
    "security_contact": choices.contact_from,
    "webhooks_private": lambda raw: ("no", "yes").index(raw.lower()) == 1,
    **dict.fromkeys(("port", "file_limit_mb", "session_hours", "smtp_port", "least_free_mb"), int),
}


# What each carrier can't do without.
_NEEDED = {
    SmsBy.TWILIO: ("twilio_account_sid", "twilio_auth_token", "twilio_sender"),
    EmailBy.SENDGRID: ("email_from", "sendgrid_api_key", "sendgrid_webhook_key"),
    EmailBy.SMTP: ("email_from", "smtp_host"),
    ScannerBy.CLAMAV: ("clamav_address",),
    FilesBy.BUCKET: ("bucket",),
}


def _refuse_half_a_carrier(settings: Settings) -> None:
    # Nothing of an invented brokerage may reach a real carrier, or its bill.
    if settings.is_demo and (settings.sms is not SmsBy.SCREEN or settings.email is not EmailBy.SCREEN):
        raise BadSettings("The demo's people are invented: leave PORTAL_SMS and PORTAL_EMAIL at screen.")
    for chosen in (settings.sms, settings.email, settings.scanner, settings.files):
        lacking = [environment_name(name) for name in _NEEDED.get(chosen, ()) if not getattr(settings, name)]
        if lacking:
            raise BadSettings(f"Set {' and '.join(lacking)}: {chosen} needs it.")
    if bool(settings.bucket_access_key) != bool(settings.bucket_secret_key):
        raise BadSettings("Set both PORTAL_BUCKET_ACCESS_KEY and PORTAL_BUCKET_SECRET_KEY; or neither, to use a role.")
    if settings.bucket_endpoint and not settings.bucket_endpoint.startswith(("https://", "http://")):
        raise BadSettings("PORTAL_BUCKET_ENDPOINT starts with https:// (or http:// on your own network).")
    if settings.mode is Mode.PRODUCTION:
        on_screen = [name for name in ("sms", "email") if getattr(settings, name) == "screen"]
        if on_screen:
            names = " and ".join(environment_name(name) for name in on_screen)
            raise BadSettings(f"Set {names}: in production messages have to leave, so screen is not enough.")
        if settings.scanner is ScannerBy.NONE:
            raise BadSettings("Set PORTAL_SCANNER to clamav: in production files are checked for viruses.")


def _refuse_half_a_provider(settings: Settings) -> None:
    pairs = {"basiq_api_key": "basiq_webhook_secret", "akahu_app_token": "akahu_app_secret"}
    for first, second in (pairs | {"addressfinder_key": "addressfinder_secret"}).items():
        if bool(getattr(settings, first)) != bool(getattr(settings, second)):
            names = f"{environment_name(first)} and {environment_name(second)}"
            raise BadSettings(f"Set both {names}, or neither.")
    real = settings.illion_api_key or settings.basiq_api_key or settings.akahu_app_token
    if settings.is_demo and real:
        raise BadSettings("The demo's people are invented: leave the keys of illion, Basiq and Akahu out.")


def _refuse_unsafe(settings: Settings) -> None:
    if settings.mode in (Mode.DEMO, Mode.DEV):
        return
    # Links, PINs and papers are sealed with it; whoever reads this file knows the demo's.
    if settings.secret == DEMO_SECRET or len(settings.secret) < LEAST_SECRET_LENGTH:
        raise BadSettings(
            f"Set PORTAL_SECRET to at least {LEAST_SECRET_LENGTH} random characters: it protects people's papers."
        )
    if settings.mode is Mode.PRODUCTION and not settings.origin.startswith("https://"):
        raise BadSettings("Set PORTAL_ORIGIN to the https address that people will use.")


@cache
def settings() -> Settings:
    """The settings of this process."""
    return read_settings(os.environ)
