"""A flow: which sections a broker chose for a client, in which order. A filter over the catalogue."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from salestrekker_portal.domains.questions.catalogue import pages_for, section_ids_of
from salestrekker_portal.domains.questions.vocabulary import Loan, Page, Party, section_id

# Asked only where an answer calls for them, so nobody chooses them: they come with another section.
_COMES_WITH = {
    "applicant.addresses": ("applicant.earlier_addresses",),
    "entity.trust": ("entity.trustees", "entity.smsf"),
    "needs.purposes": (
        "needs.property",
        "needs.funds",
        "needs.selling",
        "needs.construction",
        "needs.reverse_mortgage",
        "applicant.first_home",
    ),
}
COMPANIONS = frozenset(each for found in _COMES_WITH.values() for each in found)

EVERYBODY = frozenset(Party)
LOAN_NAMES = {
    Loan.HOME: "Home loan",
    Loan.ASSET_CONSUMER: "Asset finance (consumer)",
    Loan.ASSET_COMMERCIAL: "Asset finance (commercial)",
    Loan.COMMERCIAL: "Commercial loan",
    Loan.PERSONAL: "Personal loan",
}
_SHORT_PAGES = frozenset({"entity", "financials", "applicant", "income", "assets", "liabilities", "needs"})


def loan_of(kind: str) -> Loan:
    """What a deal is for, from its own word; a home loan where that word is of no fact find."""
    return Loan(kind) if kind in set(Loan) else Loan.HOME


def loan_words(kind: str) -> str:
    """What a client calls it: "home loan", "asset finance"."""
    return LOAN_NAMES[loan_of(kind)].partition(" (")[0].lower()


def pages_of_flow(country: str, loan: Loan | str) -> tuple[Page, ...]:
    """What a flow of this kind of loan may choose from, for people and for companies. LookupError if undeclared."""
    return pages_for(country, EVERYBODY, loan)


def choices_of(page: Page) -> tuple[tuple[str, str], ...]:
    """(section id, title) of the sections of a page that somebody can tick."""
    named = ((section_id(page, section), section.title) for section in page.sections)
    return tuple(each for each in named if each[0] not in COMPANIONS)


def fits(section_ids: Iterable[str], country: str, party: Party, loan: Loan | str) -> bool:
    """Whether a flow asks such an applicant anything; a company, anything about itself."""
    pages = [page for page in pages_for(country, party, loan) if party is Party.PERSON or page.party is party]
    return not set(section_ids_of(pages)).isdisjoint(section_ids)


def standard_flows(country: str) -> list[tuple[str, Loan, list[str]]]:
    """What a new firm starts with: (name, kind of loan, section ids), all of it and the part asked first."""
    found = []
    for loan, name in LOAN_NAMES.items():
        pages = pages_of_flow(country, loan)
        words = name[:1].lower() + name[1:]
        found.append((f"Full {words}", loan, list(section_ids_of(pages))))
        short = [page for page in pages if page.key in _SHORT_PAGES]
        found.append((f"Short {words}", loan, list(section_ids_of(short))))
    return found


def apply_flow(pages: Sequence[Page], section_ids: Sequence[str]) -> tuple[Page, ...]:
    """The pages with only these sections, in the order given; ids nobody knows any more are left out.

    Pages come in the order in which their first section is named.
    """
    wanted = with_companions(section_ids)
    place = {each: number for number, each in enumerate(wanted)}
    kept = [_narrowed(page, place) for page in pages]
    filled = [page for page in kept if page.sections]
    return tuple(sorted(filled, key=lambda page: place[section_id(page, page.sections[0])]))


def with_companions(section_ids: Sequence[str]) -> tuple[str, ...]:
    """The chosen sections with those that come along, each once."""
    return tuple(dict.fromkeys(each for chosen in section_ids for each in (chosen, *_COMES_WITH.get(chosen, ()))))


def _narrowed(page: Page, place: dict[str, int]) -> Page:
    kept = [section for section in page.sections if section_id(page, section) in place]
    return replace(page, sections=tuple(sorted(kept, key=lambda s: place[section_id(page, s)])))
