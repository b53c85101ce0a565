"""What an operator can choose between; `config.py` says where each choice counts."""

from enum import StrEnum

ALL_PORTALS = ("broker", "client", "partner")


class Mode(StrEnum):
    """How much the portal trusts its surroundings."""

    DEMO = "demo"
    DEV = "dev"
    EMBEDDED = "embedded"
    PRODUCTION = "production"


class SmsBy(StrEnum):
    """Who carries SMS."""

    SCREEN = "screen"
    TWILIO = "twilio"


class EmailBy(StrEnum):
    """Who carries e-mail."""

    SCREEN = "screen"
    SENDGRID = "sendgrid"
    SMTP = "smtp"


class ScannerBy(StrEnum):
    """Who looks for viruses."""

    NONE = "none"
    CLAMAV = "clamav"


class WorkerRuns(StrEnum):
    """Where what is due by itself is looked after: inside the web server, or in a process apart."""

    INSIDE = "inside"
    APART = "apart"


class LogAs(StrEnum):
    """How the log is written."""

    TEXT = "text"
    JSON = "json"


class FilesBy(StrEnum):
    """Where people's files are kept."""

    FOLDER = "folder"
    BUCKET = "bucket"


def contact_from(raw: str) -> str:
    """Whom to tell of a weakness, as security.txt wants it: a page, or an e-mail address. Raises ValueError."""
    if raw.startswith(("mailto:", "https://")):
        return raw
    if "@" not in raw:
        raise ValueError
    return f"mailto:{raw}"


def portals_from(raw: str) -> tuple[str, ...]:
    """Which portals a process serves, as "client, partner". Raises ValueError."""
    chosen = tuple(each.strip() for each in raw.split(",") if each.strip())
    if not chosen or set(chosen) - set(ALL_PORTALS):
        raise ValueError
    return chosen
