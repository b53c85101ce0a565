"""How files and days read on the screens of documents, the same for everybody."""

from datetime import date, datetime

from salestrekker_portal.domains.documents.checks import size_words
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import day_words, local, time_words
from salestrekker_portal.tables.documents import Document, StoredFile

SHOWN = ("application/pdf", "image/jpeg", "image/png", "image/webp", "image/heic", "image/avif")


def when_words(instant: datetime, zone: str) -> str:
    """today 9:17 am, or 6 Mar 2026."""
    day = local(instant, zone).date()
    return f"today {time_words(instant, zone)}" if day == local(utc_now(), zone).date() else day_words(day)


def weekday_words(day: date | None) -> str:
    """Fri 13 Mar."""
    return f"{day:%a} {day.day} {day:%b}" if day else ""


def is_picture(file: StoredFile) -> bool:
    return file.mime.startswith("image/")


def is_shown(file: StoredFile) -> bool:
    """Whether it can be looked at here: as it is, or as the JPEG that is made for the look."""
    return file.mime in SHOWN


def file_meta(document: Document, file: StoredFile, zone: str, *, by: str) -> str:
    """You, today 9:17 am, 214 KB."""
    return f"{by}, {when_words(document.created_at, zone)}, {size_words(file.size_bytes)}"
