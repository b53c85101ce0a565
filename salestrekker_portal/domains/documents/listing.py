"""The words that the ready lists of documents are written in."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ListedDocument:
    """One document. `each`: every applicant sends their own. `why` says what may be sent in its place, too."""

    name: str
    why: str
    each: bool = True


# key, name, what is asked for
Group = tuple[str, str, tuple[ListedDocument, ...]]


def own(name: str, why: str, instead: str = "", *, each: bool = True) -> ListedDocument:
    """Of each person. `instead` completes "Or send …"."""
    return ListedDocument(name=name, why=f"{why} Or send {instead}." if instead else why, each=each)


def joint(name: str, why: str, instead: str = "") -> ListedDocument:
    """One for everybody."""
    return own(name, why, instead, each=False)
