"""The client's way through the questions: six chapters and the check at the end, and what stands on one screen.

A chapter gathers sections of several pages; keys and addresses of sections stay those of the catalogue. A screen is
told "Section 3 of 7": that is the chapter, not the catalogue's section.
"""

from dataclasses import dataclass
from functools import cache

from salestrekker_portal.domains.questions.vocabulary import Page, Section, section_id

_FEW_FIELDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Some of what is asked, under one name. `holds` are pages, or single sections ("applicant.addresses"), in their
    order: what decides whether something is asked comes before it.
    """

    key: str
    title: str
    holds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Sections of one page that stand on one screen under this title, where more than one of them is asked."""

    title: str
    section_ids: tuple[str, ...]


# A section that is named itself belongs there; any other goes with its page.
CHAPTERS = (
    Chapter(key="you", title="About you", holds=("applicant",)),
    Chapter(key="business", title="The business", holds=("entity", "financials", "compliance")),
    Chapter(key="home", title="Where you live", holds=("applicant.addresses", "applicant.earlier_addresses")),
    Chapter(key="pay", title="Work and pay", holds=("applicant.employment", "income")),
    Chapter(
        key="own_and_owe",
        title="Own and owe",
        holds=("business_assets", "business_liabilities", "assets", "liabilities", "insurance"),
    ),
    Chapter(key="costs", title="Living costs", holds=("expenses",)),
    Chapter(
        key="loan",
        title="Your loan",
        holds=("needs", "applicant.first_home", "product_requirements", "risks", "advisers", "advice"),
    ),
)

JOINED = (
    Joined(title="You, and how to reach you", section_ids=("applicant.personal_details", "applicant.contact_details")),
    Joined(title="Addresses", section_ids=("applicant.addresses", "applicant.earlier_addresses")),
    Joined(title="Your family", section_ids=("applicant.dependants", "applicant.next_of_kin")),
    Joined(title="What the money is for", section_ids=("needs.reasons", "needs.purposes", "needs.uses")),
    Joined(title="The property and your money", section_ids=("needs.property", "needs.funds", "needs.selling")),
    Joined(title="The advice", section_ids=("advice.scope", "advice.disclosure")),
)


@cache
def _holders() -> dict[str, Chapter]:
    return {held: chapter for chapter in CHAPTERS for held in chapter.holds}


@cache
def _joins() -> dict[str, Joined]:
    return {each: joined for joined in JOINED for each in joined.section_ids}


def chapter_of(page: Page, section: Section | None = None) -> Chapter:
    """Where a section stands, or a page that is shown whole. KeyError for a page that no chapter holds."""
    holders = _holders()
    own = holders.get(section_id(page, section)) if section is not None else None
    return own or holders[page.key]


def place_in_chapter(page: Page, section: Section) -> int:
    """How far back in its chapter a section stands, by what the chapter holds."""
    holds = chapter_of(page, section).holds
    own = section_id(page, section)
    return holds.index(own if own in holds else page.key)


def is_whole(page: Page) -> bool:
    """Whether a page's sections stand on one screen: a page of lists does, so that its sums stand beside them."""
    if page.on_one_screen:
        return True
    return sum(len(section.fields) for section in page.sections if not section.repeats) <= _FEW_FIELDS


def screen_of(page: Page, section: Section) -> str:
    """The screen that a section stands on, by its first section or by its page."""
    if is_whole(page):
        return page.key
    joined = joined_of(page, section)
    return joined.section_ids[0] if joined else section_id(page, section)


def joined_of(page: Page, section: Section) -> Joined | None:
    """With which others a section shares its screen; None where it has one of its own."""
    return _joins().get(section_id(page, section))
