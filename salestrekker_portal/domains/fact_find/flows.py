"""A flow: which sections a broker chose for a client, in which order. A filter over the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from salestrekker_portal.domains.fact_find.catalogue import pages_for
from salestrekker_portal.domains.fact_find.vocabulary import Page, section_id

# Asked only of those who have moved often, so nobody chooses them: they come with another section.
_COMES_WITH = {"applicant.addresses": "applicant.earlier_addresses"}


@dataclass(frozen=True, slots=True)
class Flow:
    """A named choice of sections."""

    name: str
    section_ids: tuple[str, ...]


def every_section_id(pages: Sequence[Page]) -> tuple[str, ...]:
    """All section ids, in the order of the catalogue."""
    return tuple(section_id(page, section) for page in pages for section in page.sections)


DEFAULT_FLOW_FULL = Flow("Full fact find", every_section_id(pages_for()))

DEFAULT_FLOW_SHORT = Flow(
    "Short fact find",
    (
        "applicant.personal_details",
        "applicant.contact_details",
        "applicant.addresses",
        "applicant.earlier_addresses",
        "applicant.dependants",
        "applicant.employment",
        "assets.property",
        "assets.savings",
        "liabilities.cards",
        "liabilities.loans",
        "liabilities.home_loans",
        "income.salary",
        "income.self_employed",
        "needs.purposes",
        "needs.borrowing",
    ),
)

DEFAULT_FLOWS = (DEFAULT_FLOW_FULL, DEFAULT_FLOW_SHORT)


def apply_flow(pages: Sequence[Page], section_ids: Sequence[str]) -> tuple[Page, ...]:
    """The pages with only these sections, in the order given; ids nobody knows any more are left out.

    Pages come in the order in which their first section is named.
    """
    wanted = with_company(section_ids)
    place = {each: number for number, each in enumerate(wanted)}
    kept = [_narrowed(page, place) for page in pages]
    filled = [page for page in kept if page.sections]
    return tuple(sorted(filled, key=lambda page: place[section_id(page, page.sections[0])]))


def with_company(section_ids: Sequence[str]) -> tuple[str, ...]:
    """The chosen sections with those that come along, each once."""
    return tuple(dict.fromkeys(each for chosen in section_ids for each in (chosen, _COMES_WITH.get(chosen, chosen))))


def _narrowed(page: Page, place: dict[str, int]) -> Page:
    kept = [section for section in page.sections if section_id(page, section) in place]
    return replace(page, sections=tuple(sorted(kept, key=lambda s: place[section_id(page, s)])))
