"""Which stored files nobody may read, and what people are told about them. Pure."""

from salestrekker_portal.domains.documents.ports import ScanOutcome
from salestrekker_portal.kernel.errors import DomainError
from salestrekker_portal.tables.documents import StoredFile

WAITING = frozenset({ScanOutcome.UNREACHED.value})
CLOSED = frozenset({ScanOutcome.INFECTED.value, ScanOutcome.UNCHECKABLE.value})
HELD = WAITING | CLOSED

_WORDS = {
    ScanOutcome.UNREACHED.value: "We are checking this file for viruses. It opens once that is done.",
    ScanOutcome.INFECTED.value: "This file carries a virus, so nobody can open it. Send a clean copy.",
    ScanOutcome.UNCHECKABLE.value: "This file can’t be checked for viruses, so nobody can open it. "
    "Save it without a password and send it again.",
}
_STAFF_WORDS = {
    ScanOutcome.UNREACHED.value: "Being checked for viruses. It opens once that is done.",
    ScanOutcome.INFECTED.value: "A virus was found{found}. Nobody can open it. Remove it and ask for a clean copy.",
    ScanOutcome.UNCHECKABLE.value: "It can’t be checked for viruses{found}, so nobody can open it. Ask for a copy.",
}


class FileHeld(DomainError):
    """The file is in quarantine: waiting for its check, or closed for good."""


def is_held(file: StoredFile) -> bool:
    """Whether nobody may read it, for now or for good."""
    return file.scanned in HELD


def held_words(file: StoredFile, *, for_staff: bool) -> str:
    """Why it can't be opened and what to do, or "". Only staff read the virus's name."""
    if not for_staff:
        return _WORDS.get(file.scanned, "")
    found = f" ({file.scan_found})" if file.scan_found else ""
    return _STAFF_WORDS.get(file.scanned, "").format(found=found)


def demand_readable(file: StoredFile) -> StoredFile:
    """The file, unless it is in quarantine. Raises FileHeld."""
    if is_held(file):
        raise FileHeld(held_words(file, for_staff=False))
    return file
