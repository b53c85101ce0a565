"""The words a fact find is declared in: pages, sections, fields, and when a field is asked.

Frozen data, no behaviour beyond look-ups. Keys are for ever: stored answers are found by
`page.section.field`, and options by their value. Labels may change at any time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from salestrekker_portal.domains.questions.conditions import Condition

# Answers of one section, or of one repeated item, exactly as typed: field key -> raw text.
Answers = Mapping[str, str]
# What is known about the subject besides the answers; the keys are listed in facts.py.
Facts = Mapping[str, Any]
# A section rule: (parsed values by field key, facts) -> (field key, sentence) for each thing wrong.
Rule = Callable[[Mapping[str, Any], Facts], list[tuple[str, str]]]
# A rule over all items of a repeating section; a finding's key is the section's key.
ListRule = Callable[[Sequence[Mapping[str, Any]], Facts], list[tuple[str, str]]]

# Keys stored beside the answers of a section, never a field of the catalogue.
ITEM_ID = "id"  # of a repeated item
NOTHING_TO_ADD = "nothing_to_add"  # "yes": an empty list is a statement, not an omission
KEEP_PRIVATE = "keep_private"  # "yes": other applicants see that it was answered, not the answers
RESERVED_KEYS = frozenset({ITEM_ID, NOTHING_TO_ADD, KEEP_PRIVATE})

# Field keys with a meaning of their own.
TYPE = "type"  # the kind of item chosen from a section's menu
OWNERSHIP = "ownership"  # JSON object: contact id -> percentage; owners outside the deal: see ownership.py


class Kind(StrEnum):
    """How a field is shown and read. Each has one parser (parsing.PARSERS) and one renderer."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"  # day/month/year -> ISO date
    MONTH = "month"  # month/year -> "2024-08"; whoever types a whole day keeps it, "2024-08-03"
    MONEY = "money"  # -> integer cents
    PERCENT = "percent"  # -> number between the field's limits, 0 to 100 by default
    INTEGER = "integer"
    SELECT = "select"
    CARDS = "cards"  # a few options, each a radio card
    YES_NO = "yes_no"  # radio cards "yes" and "no"
    TICK = "tick"  # one checkbox: "yes" or blank
    TICKS = "ticks"  # several checkboxes: option values joined by commas
    FREQUENCY = "frequency"  # how often; stands beside a money field
    ADDRESS = "address"  # a whole address on one line
    PHONE = "phone"  # -> E.164
    MOBILE = "mobile"  # -> E.164, mobiles only
    EMAIL = "email"
    ABN = "abn"  # -> 11 digits
    ACN = "acn"  # -> 9 digits
    BSB = "bsb"  # -> 6 digits
    NZBN = "nzbn"  # -> 13 digits
    IRD = "ird"  # -> 8 or 9 digits
    NZ_ACCOUNT = "nz_account"  # -> bank, branch, account and suffix: "01-0902-0068389-00"
    OWNERSHIP = "ownership"  # JSON object: contact id or outsider -> percentage


class Frequency(StrEnum):
    """How often an amount is paid."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    FOUR_WEEKLY = "four_weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


class DateLimit(StrEnum):
    """Which days make sense for a date or month field."""

    ANY = "any"
    PAST = "past"  # today or earlier
    FUTURE = "future"  # today or later
    ADULT = "adult"  # at least 18 years ago


class Tally(StrEnum):
    """Which total an amount belongs to; a field without one is in no total."""

    ASSET = "asset"
    DEBT = "debt"
    LIMIT = "limit"
    REPAYMENT = "repayment"
    INCOME = "income"
    EXPENSE = "expense"


class Scope(StrEnum):
    """Who one copy of the answers belongs to."""

    PER_APPLICANT = "per_applicant"
    SHARED = "shared"  # one copy for the deal; items may be owned in parts
    HOUSEHOLD = "household"  # one copy for each household on the deal


class Party(StrEnum):
    """Who an applicant is. What kind of entity a company contact is, is the first question of its own page."""

    PERSON = "person"
    COMPANY = "company"  # a company, trust, partnership or association


class Loan(StrEnum):
    """What a deal is for: decides which pages and sections are asked, and which flows fit."""

    HOME = "home_loan"
    ASSET_CONSUMER = "asset_finance_consumer"
    ASSET_COMMERCIAL = "asset_finance_commercial"
    COMMERCIAL = "commercial_loan"
    PERSONAL = "personal_loan"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. `value` is stored and stays; `label` is shown and may change."""

    value: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question.

    `label` is its accessible name. `minimum` and `maximum` are in the kind's own unit (cents for
    money). `options_from` names a list that the facts carry under "options" (see facts.py).
    `beside` names the field on whose line it stands; `group` is the legend it stands under.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = False
    required_when: Condition | None = None  # required only then; looks at any field of the section
    when: Condition | None = None  # asked only then; looks at earlier fields
    asked_because: str = ""  # said instead of the sentence made from `when`
    help: str = ""
    options: tuple[Option, ...] = ()
    options_from: str = ""
    default: str = ""
    # Stands there until somebody chooses, and is kept with the answer that it is beside: an amount that was told before
    # anything stood there is asked how often, and counts in nothing.
    begins: str = ""
    placeholder: str = ""
    prefix: str = ""  # such as "$"
    suffix: str = ""  # such as "%"
    unit: str = ""  # such as "a month"
    every: Frequency | None = None  # a fixed frequency, for totals
    group: str = ""
    beside: str = ""
    sensitive: bool = False
    broker_only: bool = False  # never shown to a client
    folded: bool = False  # behind a press until it has an answer
    autocomplete: str = ""  # what a browser may fill in (WCAG 1.3.5)
    minimum: int | None = None
    maximum: int | None = None
    max_length: int = 0  # 0: the kind's own limit
    dates: DateLimit = DateLimit.ANY
    tally: Tally | None = None
    tally_when: Condition | None = None  # in that total only then; looks at any field of the section
    owed_when: Condition | None = None  # then the amount is a debt as well: a gift that must be paid back


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A group of questions on one screen, asked once or for each item of a list."""

    key: str
    title: str
    lead: str = ""
    fields: tuple[Field, ...]
    repeats: bool = False
    item_noun: str = ""  # "credit card"
    add_label: str = ""  # "Add another credit card"
    nothing_label: str = ""  # "Nothing to add here"; blank: at least one item is needed
    optional: bool = False  # an empty list needs no statement
    rest_label: str = ""  # "No to the rest": one press answers every open yes or no with no
    item_types: tuple[Option, ...] = ()  # menu of kinds; the same as the options of field "type"
    summary_fields: tuple[str, ...] = ()  # name an item in a list: the first of these that are filled
    owned: bool = False  # has the field "ownership"
    of_one: bool = False  # an entry is one person's, as a fund is: whoever adds it has it until they say otherwise
    scope: Scope | None = None  # where it differs from the page's
    when: Condition | None = None  # on facts only
    loans: tuple[Loan, ...] = ()  # asked for these only; none: for every loan
    sensitive: bool = False
    rules: tuple[Rule, ...] = ()  # over the answers, or over each item
    list_rules: tuple[ListRule, ...] = ()

    @property
    def is_brokers(self) -> bool:
        """Nothing in it is for a client."""
        return all(each.broker_only for each in self.fields)

    def field(self, key: str) -> Field:
        """The field with that key. KeyError when there is none."""
        for each in self.fields:
            if each.key == key:
                return each
        raise KeyError(f"{self.key}.{key}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A step of the profile. `title` is what the client reads, `broker_title` what the broker reads.

    A page with a `party` is about applicants of that kind alone; one without is everybody's.
    """

    key: str
    title: str
    broker_title: str
    scope: Scope
    sections: tuple[Section, ...]
    lead: str = ""
    sensitive: bool = False  # never shown to another applicant unless both agree
    party: Party | None = None
    loans: tuple[Loan, ...] = ()  # as a section's
    named_by_subject: bool = False  # its title is the applicant's own name
    on_one_screen: bool = False  # its sections stand under each other; others have a screen each, but for lists

    def section(self, key: str) -> Section:
        """The section with that key. KeyError when there is none."""
        for each in self.sections:
            if each.key == key:
                return each
        raise KeyError(f"{self.key}.{key}")


def section_id(page: Page, section: Section) -> str:
    """The stable name of a section: "applicant.personal_details"."""
    return f"{page.key}.{section.key}"


def scope_of(page: Page, section: Section) -> Scope:
    """The section's own scope, or else its page's."""
    return section.scope or page.scope
