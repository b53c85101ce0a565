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

# key -> name and the groups that a list is made of: those of both countries
Whole = dict[str, tuple[str, tuple[str, ...]]]
WHOLE_ANYWHERE: Whole = {
    "start-employed": ("Home loan, employed", ("identity", "income-employed", "bank", "debts", "purchase")),
    "start-self-employed": (
        "Home loan, self-employed",
        ("identity", "income-self-employed", "bank", "debts", "purchase"),
    ),
    "start-refinance": ("Refinance", ("identity", "income-employed", "bank", "debts")),
    "start-refinance-self-employed": (
        "Refinance, self-employed",
        ("identity", "income-self-employed", "bank", "debts"),
    ),
    "start-personal": ("Personal loan, employed", ("identity", "income-employed", "bank", "personal")),
    "start-asset": ("Vehicle or equipment, employed", ("identity", "income-employed", "bank", "asset")),
    "start-commercial": ("Commercial loan", ("identity", "income-self-employed", "business", "entity", "debts")),
}


def own(name: str, why: str, instead: str = "", *, each: bool = True) -> ListedDocument:
    """Of each person. `instead` completes "Or send …"."""
    return ListedDocument(name=name, why=f"{why} Or send {instead}." if instead else why, each=each)


def joint(name: str, why: str, instead: str = "") -> ListedDocument:
    """One for everybody."""
    return own(name, why, instead, each=False)
