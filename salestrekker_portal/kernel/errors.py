"""The refusals that the domains raise; the portals turn them into words on screen, once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

BUSY = "Somebody else is changing this just now. Try again in a moment."

PROVE_AGAIN = "It is a while since you signed in, so show once more that it is you. What you did here is kept."
NO_ROOM = (
    "The server has no room left, so nothing was saved. What you typed stays here: leave the page open and try again "
    "in a few minutes."
)


class DomainError(Exception):
    """A refusal that a person may read. `message` is a full sentence that says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(DomainError):
    """Absent, or hidden from this person: the two must look the same."""

    def __init__(self, what: str = "page") -> None:
        super().__init__(f"We can't find that {what}. It may have been removed, or you may not have access to it.")
        self.what = what


class NotPermitted(DomainError):
    """Visible to this person, but not theirs to change."""


class NotSignedIn(DomainError):
    """Nobody, or somebody whose access has ended."""

    def __init__(self, message: str = "Please sign in again to go on.") -> None:
        super().__init__(message)


class ProofNeeded(DomainError):
    """They may, but have to prove once more that it is them. `press` is what was pressed, as far as it is known."""

    press: object = None

    def __init__(self, message: str = PROVE_AGAIN) -> None:
        super().__init__(message)


class Conflict(DomainError):
    """The state of things does not allow it now."""


class AlreadyDone(DomainError):
    """What is asked for was done a moment ago, by another tab or person: no fault, and nothing more happens."""


class Busy(DomainError):
    """Somebody else's change was in the way, and nothing was written. The same may be tried again."""

    def __init__(self, message: str = BUSY) -> None:
        super().__init__(message)


class NoRoom(DomainError):
    """The disk is full, and nothing was written. Whoever runs the portal reads so in the log and in /ready."""

    def __init__(self, message: str = NO_ROOM) -> None:
        super().__init__(message)


@dataclass(frozen=True, kw_only=True)
class Clash:
    """A field that two people changed: what it says now, and who changed it when, both "" where that isn't known."""

    theirs: str
    who: str = ""
    at: str = ""


class Faster(DomainError):
    """Somebody changed the same fields since the form was filled; nothing was written. `clashes` is by field."""

    def __init__(self, clashes: dict[str, Clash]) -> None:
        super().__init__("Somebody was faster. Nothing is saved yet: choose beside each marked field, then save again.")
        self.clashes = clashes


class Invalid(DomainError):
    """What was typed can't be used. `errors` maps field name to a sentence that says what to do."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(next(iter(errors.values()), "Check what you typed."))
        self.errors = errors


@contextmanager
def noting(errors: dict[str, str]) -> Iterator[None]:
    """Notes what is refused inside beside its field, so that the rest of a form is looked at too."""
    try:
        yield
    except Invalid as refusal:
        errors.update(refusal.errors)
