"""What other sections say that decides whether a question is asked: facts for conditions, derived from the answers.

Nobody is asked what an earlier answer rules out. Where the section that would say is not part of somebody's flow, the
question is asked after all; and what has been answered stays on screen, whatever was said later.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from salestrekker_portal.domains.fact_find.homes import (
    RENTS,
    asks_housing,
    asks_rent,
    household_named,
    lives_in,
    living_with,
    part_of,
)
from salestrekker_portal.domains.fact_find.one_record import rent_untold, shares_in
from salestrekker_portal.domains.questions.answers import Filled
from salestrekker_portal.domains.questions.catalogue import find_field
from salestrekker_portal.domains.questions.dates import years_between
from salestrekker_portal.domains.questions.facts import country_of, today_of
from salestrekker_portal.domains.questions.parsing import parse
from salestrekker_portal.domains.questions.rules import day_of
from salestrekker_portal.domains.questions.vocabulary import Answers, Facts
from salestrekker_portal.kernel.money import read_money

# Where only one section is at hand, as while an answer is saved: what may be asked is read, and its mistakes are said.
ASKED_WHILE_UNKNOWN = dict.fromkeys(
    ("has_dependants", "owns_home", "owns_second_home", "owns_investment", "may_have_rent", "pays_rent",
     "asks_rent", "asks_housing", "has_debts", "pays_out_unsaid", "amount_unsaid", "asks_deposit_here",
     "asks_deposit_there", "asks_first_home_here", "occupancy_unsaid", "buys", "buys_to_live_in", "buys_to_let",
     "sells", "sale_unsaid",
     "builds", "reverses", "repays", "on_leave", "lives_abroad", "works_for_wages", "works_for_self",
     "still_works", "ends_work_soon"),
    True,
)  # fmt: skip

NOBODY = ""
# Lenders ask how a loan ends of those who may stop working before it does: from here on (Bluestone: 45 or 50).
EXIT_AGE = 50
_OWNED = ("own_mortgage", "own_outright")
_BUYS = ("purchase", "investment_purchase", "first_home")
_LIVED_IN = ("purchase", "first_home")
_PAYS_OUT = ("refinance", "debt_consolidation")
_DEBTS = ("cards", "loans", "home_loans", "buy_now_pay_later", "other")
_PAYABLE_OTHER = ("tax_debt", "benefit_debt", "family", "other")


@dataclass(frozen=True)
class WhatIsKnown:
    """One subject's view of everything stored. `subject` is a contact, a household, or NOBODY."""

    stored: Mapping[tuple[str, str], Filled]
    subject: str
    facts: Facts

    def as_facts(self) -> dict[str, Any]:
        """Each by its name; see `questions/facts.py`."""
        return {
            "has_dependants": self._has_dependants,
            "owns_home": self._owns_home or self._answered("expenses.property", "strata", "body_corporate", "rates"),
            "owns_second_home": self._property_of_home("holiday_home")
            or self._answered("expenses.property", "secondary_residence"),
            "owns_investment": self._property_of_home("investment", "vacant_land")
            or self._answered("expenses.property", "investment_property"),
            "may_have_rent": not self._is_asked("assets.property")
            or rent_untold(self.stored)
            or self._held("income.rental")
            or self._held("income.rental", NOBODY),
            "has_debts": self._has_debts,
            "refinances": "refinance" in self._then,
            "says_refinance": bool(self._purposes & set(_PAYS_OUT)),
            "pays_out_unsaid": self._has_debts
            and "refinance" not in self._then
            and not self._purposes & set(_PAYS_OUT),
            "keeps_every_debt": bool(self._then) and self._then <= {"keep", "reduce"},
            "purposes_sum": self._purposes_sum,
            "amount_unsaid": self._purposes_sum is None,
            "asks_deposit_here": not self._is_asked("needs.funds")
            or self._answered("needs.borrowing", "deposit_source", "deposit_sources", subject=NOBODY),
            "asks_first_home_here": not self._is_asked("applicant.first_home")
            or self._answered("needs.borrowing", "first_home_buyer", subject=NOBODY),
            "works_for_wages": self._works("salaried", "income.salary"),
            "works_for_self": self._works("self_employed", "income.self_employed"),
            "retired": self.is_retired,
            "still_works": not self.is_retired,
            "ends_work_soon": self._ends_work_soon,
            "asks_deposit_there": not self._is_asked("needs.funds") or self._held("assets.deposit", NOBODY),
            "told_deposit_there": bool(self.filled("assets.deposit", NOBODY).items),
            **self._of_special_loans,
            "on_leave": any(each.get("on_leave") == "yes" for each in self._work),
            "lives_abroad": self._lives_abroad,
            "pays_rent": self._pays_rent,
            "asks_rent": asks_rent(self.stored, self.facts, self.subject),
            "asks_housing": asks_housing(self.stored, self.facts, self.subject),
        }

    @property
    def _of_special_loans(self) -> dict[str, bool]:
        """What they buy, and what nobody else meets (questions/catalogue/special.py)."""
        return {
            "occupancy_unsaid": (not self._purposes & {"first_home"} and self._purposes != {"investment_purchase"})
            or self._answered("needs.borrowing", "occupancy", subject=NOBODY),
            "buys_to_let": "investment_purchase" in self._purposes,
            "buys": bool(self._purposes & set(_BUYS)),
            "buys_to_live_in": bool(self._purposes & set(_LIVED_IN)),
            "sells": self._sells,
            "sale_unsaid": not self._for_sale,
            "builds": "construction" in self._purposes
            or self.value("needs.property", "condition", NOBODY) == "house_and_land",
            "reverses": "reverse_mortgage" in self._purposes,
            "repays": not self._only_reverses
            or self._held("product_requirements.repayment", NOBODY)
            or self._answered("product_requirements.term", "years", subject=NOBODY),
        }

    def filled(self, full_id: str, subject: str | None = None) -> Filled:
        return self.stored.get((full_id, self.subject if subject is None else subject), Filled())

    def value(self, full_id: str, key: str, subject: str | None = None) -> Any:
        """A parsed answer; None where there is none, or it can't be read."""
        page, _, section = full_id.partition(".")
        raw = self.filled(full_id, subject).answers.get(key)
        return parse(find_field(country_of(self.facts), page, section, key), raw).value if raw else None

    def _held(self, full_id: str, subject: str | None = None) -> bool:
        found = self.filled(full_id, subject)
        return bool(found.items) or any(raw.strip() for raw in found.answers.values())

    def _answered(self, full_id: str, *keys: str, subject: str | None = None) -> bool:
        """Whether something stands there already, so that nothing that was typed disappears from its page."""
        answers = self.filled(full_id, subject).answers
        return any(answers.get(key, "").strip() for key in keys)

    def _is_asked(self, full_id: str) -> bool:
        asked = self.facts.get("asked_sections")
        return asked is None or full_id in asked

    @cached_property
    def _home(self) -> list[str]:
        """Who shares this subject's household."""
        return living_with(self.stored, self.facts, self.subject)

    @property
    def _live(self) -> list[str]:
        """How each of them lives."""
        return [self.filled("applicant.addresses", each).answers.get("living_arrangement", "") for each in self._home]

    @cached_property
    def _has_dependants(self) -> bool:
        if not self._is_asked("applicant.dependants"):
            return True
        items = self.filled("applicant.dependants", NOBODY).items
        home = household_named(self.stored, self.facts, self.subject)
        return any(lives_in(item, home) for item in items) or self._held("expenses.children")

    @cached_property
    def _owns_home(self) -> bool:
        return any(how in _OWNED for how in self._live) or self._property_of_home("owner_occupied")

    def _property_of_home(self, *uses: str) -> bool:
        """Whether somebody of the household has a part of such a property."""
        if not self._is_asked("assets.property"):
            return True
        used = [item for item in self.filled("assets.property", NOBODY).items if item.get("use") in uses]
        return any(part_of(self._home, shares_in(item), self.facts) for item in used)

    @cached_property
    def _for_sale(self) -> bool:
        return any(item.get("to_be_sold") == "yes" for item in self.filled("assets.property", NOBODY).items)

    @property
    def _sells(self) -> bool:
        """They sell a home and buy one, or say that they need money in between."""
        return "bridging" in self._purposes or (self._for_sale and bool(self._purposes & set(_BUYS)))

    @property
    def _only_reverses(self) -> bool:
        """Nothing is repaid while they live there: no term, no repayments, and no end of work to think of."""
        return self._purposes == {"reverse_mortgage"}

    @property
    def _lives_abroad(self) -> bool:
        here = country_of(self.facts).lower()
        lives = self.filled("applicant.addresses").answers.get("current_country", "").strip() or here
        status = self.filled("applicant.personal_details").answers.get("residency_status", "")
        return status == "non_resident" or lives != here

    @cached_property
    def _pays_rent(self) -> bool:
        return any(how in RENTS for how in self._live)

    def _debts(self) -> Iterator[Answers]:
        for section in _DEBTS:
            for item in self.filled(f"liabilities.{section}", NOBODY).items:
                if section != "other" or item.get("type") in _PAYABLE_OTHER:
                    yield item

    @cached_property
    def _has_debts(self) -> bool:
        asked = any(self._is_asked(f"liabilities.{section}") for section in _DEBTS)
        return not asked or any(True for _ in self._debts())

    @cached_property
    def _then(self) -> set[str]:
        """What becomes of their debts; blank among it while nobody has said it of one."""
        return {debt.get("after_settlement", "") for debt in self._debts()}

    @cached_property
    def _purposes(self) -> set[str]:
        items = [*self.filled("needs.purposes", NOBODY).items, *self.filled("needs.uses", NOBODY).items]
        return {item.get("type", "") for item in items}

    @cached_property
    def _purposes_sum(self) -> int | None:
        """Cents of all purposes together; None while one of them has no amount, or nobody is asked for them."""
        items = [*self.filled("needs.purposes", NOBODY).items, *self.filled("needs.uses", NOBODY).items]
        amounts = [read_money(item.get("amount", ""), None, None)[0] for item in items]
        known = [each for each in amounts if each is not None]
        return sum(known) if known and len(known) == len(amounts) else None

    @cached_property
    def _work(self) -> list[Answers]:
        return [each for each in self.filled("applicant.employment").items if each.get("current") != "previous"]

    def _works(self, kind: str, income: str) -> bool:
        """Whether a kind of income can be theirs: until they have said what they do, it can."""
        return not self._work or any(each.get("type") == kind for each in self._work) or self._held(income)

    @property
    def is_retired(self) -> bool:
        """Everything they do now is being retired."""
        return bool(self._work) and all(each.get("type") == "retired" for each in self._work)

    @cached_property
    def _ends_work_soon(self) -> bool:
        """Near enough to the end of work that a lender asks how the loan ends."""
        if self._held("risks.exit_strategy"):
            return True
        if self._only_reverses:
            return False
        born = day_of(self.value("applicant.personal_details", "date_of_birth"))
        return self.is_retired or (born is not None and years_between(born, today_of(self.facts)) >= EXIT_AGE)
