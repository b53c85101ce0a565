"""Every sum of a fact find worked out once more, plainly, from the exported JSON alone.

Nothing of the product is used here: what this says and what the screens say must be the same by reasoning, not by code.
"""

from collections import Counter
from fractions import Fraction

PER_YEAR = {"weekly": 52, "fortnightly": 26, "four_weekly": 13, "monthly": 12, "quarterly": 4,
            "half_yearly": 2, "yearly": 1}  # fmt: skip


def half_up(exact: Fraction) -> int:
    whole = (abs(exact) + Fraction(1, 2)).__floor__()
    return whole if exact >= 0 else -whole


def monthly(amount: int, frequency: str) -> int:
    return half_up(Fraction(amount * PER_YEAR[frequency], 12))


def divided(cents: int, owners: list[tuple[str, float]]) -> dict[str, int]:
    """Whole cents, the odd ones to the largest remainders."""
    total = sum(Fraction(str(percent)) for _, percent in owners)
    exact = [(key, abs(cents) * Fraction(str(percent)) / total) for key, percent in owners]
    parts = {key: amount.__floor__() for key, amount in exact}
    left = abs(cents) - sum(parts.values())
    for key, _ in sorted(exact, key=lambda each: -(each[1] - each[1].__floor__()))[:left]:
        parts[key] += 1
    return {key: part if cents >= 0 else -part for key, part in parts.items()}


def tax_of(country: str, income: int, earned: int) -> Fraction:
    """The tax and levy of 2025-26 in cents, written out: steps of (from, rate)."""
    if country == "NZ":
        steps = ((0, "0.105"), (15_600, "0.175"), (53_500, "0.3"), (78_100, "0.33"), (180_000, "0.39"))
        levy = min(earned, 152_790_00) * Fraction("0.0167")
        return levy + sum(
            (
                max(income - at * 100, 0) * (Fraction(rate) - Fraction(before))
                for (at, rate), (_, before) in zip(steps, ((0, "0"), *steps), strict=False)
            ),
            Fraction(0),
        )
    steps = ((18_200, "0.16"), (45_000, "0.3"), (135_000, "0.37"), (190_000, "0.45"))
    tax = sum(
        (
            max(income - at * 100, 0) * (Fraction(rate) - Fraction(before))
            for (at, rate), (_, before) in zip(steps, ((0, "0"), *steps), strict=False)
        ),
        Fraction(0),
    )
    offset = 70_000 - max(min(income, 45_000_00) - 37_500_00, 0) * Fraction("0.05")
    offset -= max(income - 45_000_00, 0) * Fraction("0.015")
    levy = min(income * Fraction("0.02"), max(income - 27_222_00, 0) * Fraction("0.1"))
    return max(tax - max(offset, 0), Fraction(0)) + levy


def _counting(each: dict) -> list[dict]:
    """The amounts of one income that are in dollars of here, and that go on."""
    if each["currency"] or each["kind"] in ("parental_leave", "paid_parental_leave"):
        return []
    back = any(part["key"] == "pay_on_return" for part in each["amounts"])
    return [part for part in each["amounts"] if not (back and part["key"] == "gross_salary")]


class Recount:
    """Sums by name: assets, debts, limits, repayments, income and the groups of expenses; `_after` of what is owed."""

    def __init__(self, made: dict) -> None:
        self.position = {each["id"] for each in made["parties"] if each["counts_in_position"]}
        self.servicing = {each["id"] for each in made["parties"] if each["counts_for_servicing"]}
        self.sums: Counter[str] = Counter()
        # Whoever's income a ratio takes, their debts stand beside it.
        self.together = self.position | self.servicing
        self.by_party: dict[str, Counter[str]] = {each["id"]: Counter() for each in made["parties"]}
        self.dti_rows: Counter[str] = Counter()
        for each in made["real_estate"]:
            self._owned("assets", each["value_cents"], each["owners"])
        for each in made["other_assets"]:
            self._owned("assets", each["value_cents"], each["owners"])
            for name in ("debts", "debts_after"):
                counted = self._owed(name, each["repayable_cents"], each["owners"], self.position)
            if each["repayable_cents"]:
                self.dti_rows[each["id"]] = counted
        for each in made["liabilities"]:
            self._debt(each, made["country"])
        self._incomes(made)
        for household in made["households"]:
            for each in household["expenses"]:
                if not each["none"] and each["frequency"]:
                    cents = monthly(each["amount_cents"], each["frequency"])
                    self._owned(f"expenses_{each['group']}", cents, each["owners"], self.servicing)

    def _owned(self, name: str, cents: int | None, owners: list[dict], counts: set[str] | None = None) -> None:
        counts = self.position if counts is None else counts
        keyed = [(each["party_id"] or f"outside {number}", each["percent"]) for number, each in enumerate(owners)]
        for party, part in divided(cents or 0, keyed).items():
            if party in self.by_party:
                self.by_party[party][name] += part
            if party in counts:
                self.sums[name] += part

    def _owed(self, name: str, cents: int | None, owners: list[dict], counts: set[str]) -> int:
        """All of it falls to those in the deal, first to those whom a lender counts. What the ratio takes of it."""
        here = [(each["party_id"], each["percent"]) for each in owners if each["party_id"]]
        liable = [each for each in here if each[0] in counts] or here
        counted = 0
        for party, part in (divided(cents or 0, liable) if liable else {}).items():
            self.by_party[party][name] += part
            self.sums[name] += part if party in counts else 0
            counted += part if party in self.together else 0
        return counted

    def _debt(self, each: dict, country: str) -> None:
        gone = each["after_settlement"] in ("close", "refinance")
        repayment = each["repayment"]
        paid = monthly(repayment["amount_cents"], repayment["frequency"]) if repayment and repayment["frequency"] else 0
        limit_after = 0 if gone else each["limit_cents"] or 0
        if each["after_settlement"] == "reduce" and each["reduced_limit_cents"] is not None:
            limit_after = min(limit_after, each["reduced_limit_cents"])
        balance = max(each["balance_cents"] or 0, 0)
        left = 0 if gone else balance
        if each["after_settlement"] == "reduce" and each["reduced_limit_cents"] is not None:
            left = min(left, each["reduced_limit_cents"])
        self._owed("debts", balance, each["owners"], self.position)
        debt = self._owed("debts_after", left, each["owners"], self.position)
        self._owed("limits", each["limit_cents"], each["owners"], self.position)
        limit = self._owed("limits_after", limit_after, each["owners"], self.position)
        self._owed("repayments", paid, each["owners"], self.servicing)
        self._owed("repayments_after", 0 if gone else paid, each["owners"], self.servicing)
        if not (country == "AU" and each["section"] == "liabilities.student_debt"):
            self.dti_rows[each["id"]] = max(debt, limit, 0)

    def _incomes(self, made: dict) -> None:
        told: set[str] = set()
        after = (made["sale"] or {}).get("timing") == "after"
        sold = {each["id"] for each in made["real_estate"] if each["to_be_sold"] and not after}
        for each in made["income"]:
            if each["section"] == "income.rental":
                place = each["property_id"] or each["name"]
                if not each["amounts"] or place in told:
                    continue
                told.add(place)
            for part in _counting(each):
                cents = self._month_of(each, part)
                self._owned("income", cents, each["owners"], self.servicing)
                if each["property_id"] in sold:
                    self._owned("ends", cents, each["owners"], self.servicing)
                if each["section"] in ("income.salary", "income.self_employed"):
                    self._owned("earned", cents, each["owners"], self.servicing)
        for each in made["real_estate"]:
            if each["rent"] and each["rent"]["frequency"] and each["id"] not in told:
                cents = monthly(each["rent"]["amount_cents"], each["rent"]["frequency"])
                self._owned("income", cents, each["owners"], self.servicing)
                if each["id"] in sold:
                    self._owned("ends", cents, each["owners"], self.servicing)

    def _month_of(self, each: dict, part: dict) -> int:
        if part["frequency"] is None:
            return 0
        amount = part["amount_cents"]
        if part["key"].startswith("wages_") and each["structure"] not in ("company", "trust"):
            return 0
        if part["key"].startswith("net_profit_"):
            amount = half_up(amount * Fraction(str(each["share_percent"])) / 100)
        return monthly(amount, part["frequency"])

    def net_of(self, party: str, country: str) -> int:
        """A month's income after the tax of 2025-26, of somebody all of whose income is taxed."""
        income, earned = 12 * self.by_party[party]["income"], 12 * self.by_party[party]["earned"]
        return self.by_party[party]["income"] - half_up(Fraction(half_up(tax_of(country, income, earned)), 12))

    @property
    def spent(self) -> int:
        return sum(cents for name, cents in self.sums.items() if name.startswith("expenses_"))

    def ratio(self, loan: int | None, others: int = 0) -> float | None:
        year = 12 * (self.sums["income"] - self.sums["ends"])  # the rent of what is sold is not there to repay it
        return None if loan is None or year <= 0 else (loan + others) / year
