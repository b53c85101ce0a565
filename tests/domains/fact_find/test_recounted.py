"""A thousand households made up from seeds: every figure equals what the exported JSON alone comes to, to the cent."""

import json
import random
from datetime import date

import pytest

from salestrekker_portal.domains.fact_find.document import document_of
from salestrekker_portal.domains.fact_find.lines import lines
from salestrekker_portal.domains.fact_find.position import position
from salestrekker_portal.domains.fact_find.totals import totals_of_lines
from salestrekker_portal.domains.questions.answers import Filled
from salestrekker_portal.domains.questions.catalogue import pages_for
from salestrekker_portal.domains.questions.vocabulary import Loan, Party, Tally
from tests.domains.fact_find.recount import Recount

PAGES = {country: pages_for(country, frozenset({Party.PERSON}), Loan.HOME) for country in ("AU", "NZ")}
ROLES = ("client", "client", "client", "non_borrowing_spouse", "security_guarantor", "servicing_guarantor", "director")
OFTEN = ("weekly", "fortnightly", "four_weekly", "monthly", "quarterly", "half_yearly", "yearly")
AFTER = ("keep", "keep", "close", "refinance", "reduce")
TALLIES = {"assets": Tally.ASSET, "debts": Tally.DEBT, "limits": Tally.LIMIT, "repayments": Tally.REPAYMENT,
           "income": Tally.INCOME}  # fmt: skip


class Maker:
    """One household from one seed, as people type."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.country = self.dice.choice(("AU", "NZ"))
        self.people = [f"p{number}" for number in range(self.dice.randint(1, 4))]
        self.roles = {each: self.dice.choice(ROLES) for each in self.people[1:]}
        self.number = 0

    def money(self, most: int = 900_000) -> str:
        cents = self.dice.randint(0, most * 100)
        return self.dice.choice((f"{cents / 100:,.2f}", f"${cents / 100:.2f}", f"{cents // 100}"))

    def often(self, key: str, most: int = 9_000) -> dict[str, str]:
        return {key: self.money(most), f"{key}_frequency": self.dice.choice(OFTEN)}

    def owners(self) -> dict[str, str]:
        """Nobody has said, or shares of two digits that make a hundred; now and then somebody outside."""
        if self.dice.random() < 0.4:
            return {}
        names = self.dice.sample(self.people, self.dice.randint(1, len(self.people)))
        names += ["outside:1:Bart Jones"] if self.dice.random() < 0.25 else []
        cuts = sorted(self.dice.sample(range(1, 10_000), len(names) - 1))
        parts = [b - a for a, b in zip([0, *cuts], [*cuts, 10_000], strict=True)]
        return {"ownership": json.dumps({name: part / 100 for name, part in zip(names, parts, strict=True)})}

    def entries(self, most: int, *makers) -> tuple[dict[str, str], ...]:
        made = []
        for _ in range(self.dice.randint(0, most)):
            self.number += 1
            made.append({"id": f"e{self.number}", **self.dice.choice(makers)()})
        return tuple(made)

    def stored(self) -> dict:
        say = self.dice.choice
        found = {
            "assets.property": self.entries(3, lambda: {
                "use": say(("owner_occupied", "investment", "holiday_home")), "value": self.money(2_000_000),
                **self.often("rental_income"), **self.often("running_costs"), "to_be_sold": say(("", "no", "yes")),
                **self.owners()}),
            "assets.savings": self.entries(3, lambda: {
                "type": "bank_account", "balance": self.money(), **self.owners()}),
            "assets.vehicles": self.entries(2, lambda: {"value": self.money(), **self.owners()}),
            "assets.deposit": self.entries(1, lambda: {"type": "gift", "amount": self.money(), **self.owners(),
                                                       "repayable": say(("yes", "no"))}),
            "liabilities.home_loans": self.entries(2, lambda: {
                "balance": self.money(), "limit": self.money(), "rate_type": say(("fixed", "revolving", "variable")),
                **self.often("repayment"), "after_settlement": say(AFTER), **self.owners()}),
            "liabilities.cards": self.entries(2, lambda: {
                "type": "credit_card", "limit": self.money(20_000), "balance": self.money(20_000),
                "repayment": self.money(900), "after_settlement": say(AFTER), "reduced_limit": self.money(9_000),
                **self.owners()}),
            "liabilities.loans": self.entries(2, lambda: {
                "type": say(("vehicle_loan", "overdraft")), "limit": self.money(), "balance": self.money(),
                "repayment": self.money(900), "after_settlement": say(AFTER), **self.owners()}),
            "liabilities.student_debt": self.entries(1, lambda: {"balance": self.money(), **self.owners()}),
        }  # fmt: skip
        homes = [each["id"] for each in found["assets.property"]]
        found["income.rental"] = self.entries(2, lambda: {
            **self.often("amount"), **self.owners(),
            **({"property": say(homes)} if homes else {"description": say(("4 Darby Street", "9 Bolton Street"))})})
        stored = {(key, ""): Filled({}, items) for key, items in found.items()}
        for who in self.people:
            self._add_person(stored, who)
        for section, keys in (("general", ("groceries", "transport", "pets")), ("housing", ("rent", "board")),
                              ("commitments", ("maintenance",))):  # fmt: skip
            rows = {}
            for key in keys:
                rows |= self.often(key) if self.dice.random() < 0.6 else {}
                rows |= {f"{key}_none": "yes"} if self.dice.random() < 0.3 else {}
            stored[f"expenses.{section}", ""] = Filled(rows)
        if self.dice.random() < 0.8:
            stored["needs.borrowing", ""] = Filled({"amount_sought": self.money(900_000)})
        return stored

    def _add_person(self, stored: dict, who: str) -> None:
        say = self.dice.choice
        stored["applicant.addresses", who] = Filled(
            {"living_arrangement": say(("renting", "boarding", "own_outright")), **self.often("rent"),
             "current_suburb": say(("Newcastle", "Maitland")), "current_country": say(("", "", "", "sg"))})  # fmt: skip
        stored["income.salary", who] = Filled({}, self.entries(
            2, lambda: {**self.often("gross_salary", 90_000), **self.often("bonus"),
                        **(self.often("pay_on_return") if self.dice.random() < 0.2 else {}),
                        "paid_in": say(("", "local", "sgd"))}))  # fmt: skip
        stored["income.government", who] = Filled({}, self.entries(1, lambda: {
            "type": say(("age_pension", "parental_leave") if self.country == "AU" else ("nz_super", "acc",
                                                                                       "paid_parental_leave")),
            **self.often("amount", 900)}))  # fmt: skip
        stored["income.self_employed", who] = Filled({}, self.entries(1, lambda: {
            "business_name": say(("Kauri Joinery", "Wattle & Rye")), "net_profit_1": self.money(200_000),
            "wages_1": self.money(80_000)}))  # fmt: skip
        if self.dice.random() < 0.2:
            leave = {"id": f"w-{who}", "type": "salaried", "on_leave": "yes"}
            stored["applicant.employment", who] = Filled({}, (leave,))
        elif self.dice.random() < 0.5:
            work = {"id": f"w-{who}", "type": "self_employed",
                    "structure": say(("company", "partnership", "sole_trader")),
                    "business_name": say(("Kauri Joinery", "Wattle & Rye")), "business_share": say(("", "50", "33.3"))}
            stored["applicant.employment", who] = Filled({}, (work,))
        stored["income.other", who] = Filled({}, self.entries(
            1, lambda: {"type": "interest", **self.often("amount"), **self.owners()}))  # fmt: skip


def differences(seed: int) -> list[str]:
    """What the figures and the recount say differently."""
    maker = Maker(seed)
    stored, pages = maker.stored(), PAGES[maker.country]
    facts = {
        "today": date(2026, 3, 9), "country": maker.country, "roles": maker.roles,
        "applicants": tuple((each, each.upper()) for each in maker.people),
        "own_households": tuple(each for each, role in maker.roles.items() if role.endswith("guarantor")),
    }  # fmt: skip
    found = lines(pages, stored, facts)
    shown, sums = position(pages, stored, facts, found), totals_of_lines(found, maker.people)
    made = json.loads(json.dumps(document_of(pages, stored, facts, shown, with_answers=False)))
    again = Recount(made)
    wrong = []

    def same(name: str, ours: object, theirs: object) -> None:
        if ours != theirs:
            wrong.append(f"seed {seed}, {name}: {ours} shown, {theirs} recounted")

    for name, tally in TALLIES.items():
        same(name, sums.together[tally], again.sums[name])
        for who in maker.people:
            same(f"{name} of {who}", sums.by_applicant[who][tally], again.by_party[who][name])
    for name in ("debts_after", "limits_after", "repayments_after", "debts", "limits", "repayments", "income"):
        same(name, shown[name].value, again.sums[name])
    for figure in shown.figures:
        if figure.key.startswith("expenses_"):
            same(figure.key, figure.value, again.sums[figure.key])
    same("expenses", sums.together[Tally.EXPENSE], again.spent)
    same("net position", shown["net_position"].value, again.sums["assets"] - again.sums["debts"])
    loan = next((line["cents"] for line in _figure(made, "lti")["lines"][:1]), None)
    for name, others in (("lti", 0), ("dti", sum(again.dti_rows.values()))):
        ratio = _figure(made, name)["ratio"]
        expected = again.ratio(loan, others)
        same(name, ratio and round(ratio, 9), expected and round(expected, 9))
    net = sum(again.net_of(who, maker.country) for who in maker.people if who in again.servicing)
    same("net income", shown["net_income"].value, net)
    comes_in = net
    same("surplus", shown["surplus"].value, comes_in - again.spent - again.sums["repayments"])
    return wrong


def _figure(made: dict, key: str) -> dict:
    return next(each for each in made["figures"] if each["key"] == key)


@pytest.mark.parametrize("hundred", [0, *(pytest.param(each, marks=pytest.mark.slow) for each in range(1, 10))])
def test_a_hundred_households(hundred):
    wrong = [each for seed in range(hundred * 100, hundred * 100 + 100) for each in differences(seed)]
    assert not wrong, wrong[:10]
