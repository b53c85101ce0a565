"""Forty households: country, people, answers as typed, and what a lender makes of them, worked out by hand.

Amounts expected are dollars; `of` names what each person has. A list's entries get ids of their own ("1", "2", …).
"""

from dataclasses import dataclass, field
from typing import Any

Entries = list[dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class Household:
    """`said` maps a section ("income.salary@kim" for one person's) to its answers, or to its entries."""

    name: str
    expected: dict[str, Any]
    said: dict[str, dict[str, str] | Entries]
    country: str = "AU"
    people: tuple[str, ...] = ("kim",)
    roles: dict[str, str] = field(default_factory=dict)
    companies: tuple[str, ...] = ()
    of: dict[str, dict[str, float]] = field(default_factory=dict)


def pay(amount: str, often: str = "yearly", **more: str) -> dict[str, str]:
    return {"gross_salary": amount, "gross_salary_frequency": often, **more}


def card(limit: str, balance: str = "0", then: str = "keep", **more: str) -> dict[str, str]:
    return {"type": "credit_card", "limit": limit, "balance": balance, "after_settlement": then, **more}


def mortgage(balance: str, paid: str, then: str = "keep", **more: str) -> dict[str, str]:
    return {"type": "home_loan", "balance": balance, "repayment": paid, "repayment_frequency": "monthly",
            "after_settlement": then, **more}  # fmt: skip


def home(value: str, use: str = "owner_occupied", **more: str) -> dict[str, str]:
    return {"use": use, "value": value, **more}


def owned(**shares: float) -> str:
    """Shares as they are kept; `bart` is outside the deal."""
    inside = ", ".join(f'"{"outside:1:Bart Jones" if who == "bart" else who}": {part}' for who, part in shares.items())
    return "{" + inside + "}"


RENT = {"living_arrangement": "renting", "rent": "540", "rent_frequency": "weekly"}
COUPLE = ("kim", "sam")

HOUSEHOLDS = (
    Household(name="nobody has said anything", said={}, expected={"income": 0, "assets": 0, "lti": None}),
    Household(name="a nurse who rents", said={"income.salary@kim": [pay("96,000")], "applicant.addresses@kim": RENT},
              expected={"income": 8_000, "expenses_housing": 2_340, "surplus_gross": 5_660}),
    Household(name="paid by the fortnight, with overtime that must be worked",
              said={"income.salary@kim": [pay("3,000", "fortnightly", overtime_essential="250",
                                              overtime_essential_frequency="fortnightly")]},
              expected={"income": 7_041.67}),
    Household(name="a bonus without how often is in no month",
              said={"income.salary@kim": [pay("60,000", bonus="5,000")]}, expected={"income": 5_000}),
    Household(name="two who rent one home", people=COUPLE,
              said={"applicant.addresses@kim": RENT, "applicant.addresses@sam": RENT},
              expected={"expenses_housing": 2_340}),
    Household(name="two who live apart", people=COUPLE,
              said={"applicant.addresses@kim": RENT | {"current_suburb": "Newcastle"},
                    "applicant.addresses@sam": {"living_arrangement": "boarding", "rent": "200",
                                                "rent_frequency": "weekly", "current_suburb": "Maitland"}},
              expected={"expenses_housing": 2_340 + 866.67}),
    Household(name="rent typed once more is not added",
              said={"applicant.addresses@kim": RENT, "expenses.housing": {"rent": "540", "rent_frequency": "weekly"}},
              expected={"expenses_housing": 2_340}),
    Household(name="none beside an amount",
              said={"expenses.general": {"groceries": "300", "groceries_frequency": "weekly", "groceries_none": "yes",
                                         "transport": "100"}},
              expected={"expenses_living": 100}),
    Household(name="a couple's joint card and house", people=COUPLE,
              said={"assets.property": [home("640,000")], "liabilities.cards": [card("8,000", "1,230.01")]},
              expected={"assets": 640_000, "debts": 1_230.01, "limits": 8_000},
              of={"assets": {"kim": 320_000, "sam": 320_000}, "debts": {"kim": 615.01, "sam": 615}}),
    Household(name="half a house with a former partner, and the whole debt",
              said={"assets.property": [home("800,000", ownership=owned(kim=50, bart=50))],
                    "liabilities.home_loans": [mortgage("310,000", "2,000", ownership=owned(kim=50, bart=50))]},
              expected={"assets": 400_000, "debts": 310_000, "repayments": 2_000, "net_position": 90_000}),
    Household(name="three owners, one of them outside", people=COUPLE,
              said={"assets.property": [home("900,000", ownership=owned(kim=50, sam=25, bart=25))]},
              expected={"assets": 675_000}, of={"assets": {"kim": 450_000, "sam": 225_000}}),
    Household(name="a security guarantor and a car", people=COUPLE, roles={"sam": "security_guarantor"},
              said={"assets.vehicles": [{"value": "20,000"}]}, expected={"assets": 20_000},
              of={"assets": {"kim": 20_000, "sam": 0}}),
    Household(name="a security guarantor's own house and wage count for nothing", people=COUPLE,
              roles={"sam": "security_guarantor"},
              said={"assets.property": [home("700,000", ownership=owned(sam=100))],
                    "income.salary@sam": [pay("90,000")], "income.salary@kim": [pay("60,000")]},
              expected={"assets": 0, "income": 5_000}, of={"assets": {"kim": 0, "sam": 700_000}}),
    Household(name="a servicing guarantor's wage counts", people=COUPLE, roles={"sam": "servicing_guarantor"},
              said={"income.salary@sam": [pay("90,000")], "income.salary@kim": [pay("60,000")]},
              expected={"income": 12_500}, of={"income": {"kim": 5_000, "sam": 7_500}}),
    Household(name="a spouse outside the loan", people=COUPLE, roles={"sam": "non_borrowing_spouse"},
              said={"expenses.general": {"groceries": "1,200"}, "assets.savings": [{"balance": "9,000"}]},
              expected={"expenses_living": 1_200, "assets": 9_000}, of={"assets": {"kim": 9_000, "sam": 0}}),
    Household(name="a debt signed with a spouse outside the loan", people=COUPLE,
              roles={"sam": "non_borrowing_spouse"},
              said={"liabilities.loans": [{"type": "vehicle_loan", "balance": "18,000", "repayment": "412",
                                           "after_settlement": "keep", "ownership": owned(kim=50, sam=50)}]},
              expected={"debts": 18_000, "repayments": 412}),
    Household(name="one flat told by both of its owners", people=COUPLE,
              said={"income.rental": [
                  {"description": "4/22 Darby St", "amount": "600", "amount_frequency": "weekly",
                   "ownership": owned(**{who: 100})} for who in COUPLE]},
              expected={"income": 2_600}, of={"income": {"kim": 1_300, "sam": 1_300}}),
    Household(name="the rent of a property, told with it and again as income",
              said={"assets.property": [home("500,000", "investment", rental_income="600",
                                             rental_income_frequency="weekly")],
                    "income.rental": [{"property": "1", "amount": "600", "amount_frequency": "weekly"}]},
              expected={"income": 2_600, "assets": 500_000}),
    Household(name="a rented house owned in part", said={"assets.property": [
                  home("500,000", "investment", rental_income="400", rental_income_frequency="weekly",
                       ownership=owned(kim=25, bart=75))]},
              expected={"income": 433.33, "assets": 125_000}),
    Household(name="what a rented house costs, told with it", said={"assets.property": [
                  home("500,000", "investment", running_costs="6,000", running_costs_frequency="yearly")]},
              expected={"expenses_property": 500, "expenses_living": 0}),
    Household(name="a borrower's rented house costs nothing in a guarantor's household", people=COUPLE,
              roles={"sam": "servicing_guarantor"},
              said={"assets.property": [home("500,000", "investment", ownership=owned(kim=100), running_costs="6,000",
                                             running_costs_frequency="yearly")]},
              expected={"expenses_property": 500}),
    Household(name="a rented house shared with a guarantor costs each household its part", people=COUPLE,
              roles={"sam": "servicing_guarantor"},
              said={"assets.property": [home("500,000", "investment", ownership=owned(kim=50, sam=25, bart=25),
                                             running_costs="6,000", running_costs_frequency="yearly")],
                    "liabilities.other": [{"type": "maintenance", "maintenance": "150", "ownership": owned(sam=100),
                                           "maintenance_frequency": "weekly"}]},
              expected={"expenses_property": 375, "expenses_maintenance": 650}),
    Household(name="a security guarantor's rented house is not the borrowers' spending", people=COUPLE,
              roles={"sam": "security_guarantor"},
              said={"assets.property": [home("500,000", "investment", ownership=owned(sam=100), running_costs="6,000",
                                             running_costs_frequency="yearly")]},
              expected={"expenses_property": 0}),
    Household(name="the rent of the buyers ends, a guarantor's goes on", people=COUPLE,
              roles={"sam": "servicing_guarantor"},
              said={"income.salary@kim": [pay("120,000")], "applicant.addresses@kim": RENT,
                    "applicant.addresses@sam": RENT | {"rent": "300"},
                    "needs.purposes": [{"type": "purchase", "amount": "600,000"}],
                    "needs.property": {"found": "looking", "price": "750,000", "rent_ends": "yes"},
                    "income.other@kim": [{"type": "board", "amount": "1,000", "amount_frequency": "monthly"}]},
              expected={"expenses_housing": 2_340 + 1_300, "surplus": 11_000 - 3_640, "surplus_after": 11_000 - 1_300}),
    Household(name="drawings of New Zealand's self-employed", country="NZ",
              said={"income.self_employed@kim": [{"business_name": "Kauri", "net_profit_1": "120,000",
                                                  "wages_1": "60,000"}]},
              expected={"income": 10_000}),
    Household(name="a company pays its director and belongs to her by half",
              said={"applicant.employment@kim": [{"type": "self_employed", "business_name": "Kauri",
                                                  "structure": "company", "business_share": "50"}],
                    "income.self_employed@kim": [{"business_name": "Kauri", "net_profit_1": "120,000",
                                                  "wages_1": "60,000"}]},
              expected={"income": 10_000}),
    Household(name="partners who are a couple", people=COUPLE,
              said={f"income.self_employed@{who}": [{"business_name": "Kauri Joinery", "net_profit_1": "120,000"}]
                    for who in COUPLE},
              expected={"income": 10_000}, of={"income": {"kim": 5_000, "sam": 5_000}}),
    Household(name="a business that made a loss",
              said={"income.salary@kim": [pay("60,000")],
                    "income.self_employed@kim": [{"business_name": "Kauri", "net_profit_1": "-12,000"}]},
              expected={"income": 4_000}),
    Household(name="a company that borrows with its director", people=("kim", "co"), companies=("co",),
              said={"entity.details@co": {"legal_name": "Kauri Joinery Pty Ltd"},
                    "financials.latest_year@co": {"net_profit": "240,000"},
                    "business_assets.things@co": [{"type": "vehicle", "value": "40,000"}],
                    "income.self_employed@kim": [{"business_name": "Kauri Joinery", "net_profit_1": "240,000"}]},
              expected={"income": 20_000, "assets": 40_000}, of={"income": {"kim": 0, "co": 20_000}}),
    Household(name="refinanced, kept and closed",
              said={"liabilities.home_loans": [mortgage("420,000", "2,600", "refinance", limit="500,000")],
                    "liabilities.loans": [{"type": "vehicle_loan", "limit": "30,000", "balance": "18,905",
                                           "repayment": "412", "after_settlement": "keep"}],
                    "liabilities.cards": [card("12,000", "1,200", "close", repayment="360")]},
              expected={"repayments": 3_372, "repayments_after": 412, "debts": 440_105, "debts_after": 18_905,
                        "limits": 12_000, "limits_after": 0}),
    Household(name="a card with a lower limit afterwards",
              said={"liabilities.cards": [card("12,000", "900", "reduce", reduced_limit="4,000")]},
              expected={"limits": 12_000, "limits_after": 4_000, "debts_after": 900}),
    Household(name="a line of credit is a limit, a car loan's beginning is not",
              said={"liabilities.loans": [
                  {"type": "line_of_credit", "limit": "50,000", "balance": "10,000", "after_settlement": "keep"},
                  {"type": "vehicle_loan", "limit": "30,000", "balance": "18,000", "after_settlement": "keep"}]},
              expected={"limits": 50_000, "debts": 28_000}),
    Household(name="revolving credit in New Zealand", country="NZ",
              said={"liabilities.home_loans": [mortgage("20,000", "0", rate_type="revolving", limit="80,000"),
                                               mortgage("300,000", "1,900", rate_type="fixed", limit="350,000")]},
              expected={"limits": 80_000, "debts": 320_000}),
    Household(name="a gift that must be paid back",
              said={"assets.deposit": [{"type": "gift", "amount": "40,000", "repayable": "yes"}]},
              expected={"assets": 40_000, "debts": 40_000, "net_position": 0}),
    Household(name="family lends the deposit, to somebody who had none to name among what they own",
              said={"assets.deposit": {"nothing_to_add": "yes"},
                    "needs.purposes": [{"type": "purchase", "amount": "600,000"}],
                    "needs.funds": [{"type": "family_loan", "amount": "20,000", "source": "Dad"}]},
              expected={"assets": 20_000, "debts": 20_000}),
    Household(name="a gift told with the assets and again as own money counts once",
              said={"assets.deposit": [{"type": "gift", "amount": "40,000", "repayable": "yes"}],
                    "needs.purposes": [{"type": "purchase", "amount": "600,000"}],
                    "needs.funds": [{"type": "gift", "amount": "40,000", "repayable": "yes", "source": "Mum"}]},
              expected={"assets": 40_000, "debts": 40_000}),
    Household(name="HELP stays out of debt to income",
              said={"income.salary@kim": [pay("100,000")], "liabilities.student_debt": [{"balance": "30,000"}],
                    "needs.borrowing": {"amount_sought": "500,000"}},
              expected={"lti": 5, "dti": 5, "debts": 30_000}),
    Household(name="New Zealand's student loan stays in", country="NZ",
              said={"income.salary@kim": [pay("100,000")], "liabilities.student_debt": [{"balance": "30,000"}],
                    "needs.borrowing": {"amount_sought": "500,000"}},
              expected={"lti": 5, "dti": 5.3}),
    Household(name="debt to income takes a card by its limit",
              said={"income.salary@kim": [pay("100,000")], "liabilities.cards": [card("20,000", "500")],
                    "needs.borrowing": {"amount_sought": "480,000"}},
              expected={"lti": 4.8, "dti": 5}),
    Household(name="a refinance is lent on the only home",
              said={"assets.property": [home("800,000")],
                    "liabilities.home_loans": [mortgage("480,000", "3,000", "refinance")],
                    "needs.borrowing": {"amount_sought": "500,000"}},
              expected={"lvr": 0.625}),
    Household(name="a second loan on the same home counts in the ratio",
              said={"assets.property": [home("800,000")],
                    "liabilities.home_loans": [mortgage("300,000", "2,000", "refinance", secured_property="1"),
                                               mortgage("100,000", "700", secured_property="1")],
                    "needs.borrowing": {"amount_sought": "300,000"}},
              expected={"lvr": 0.5}),
    Household(name="purposes add up where no amount is said",
              said={"needs.purposes": [{"type": "renovations", "amount": "60,000"},
                                       {"type": "debt_consolidation", "amount": "40,000"}],
                    "income.salary@kim": [pay("50,000")]},
              expected={"lti": 2}),
    Household(name="a purpose without its amount makes no ratio of the others",
              said={"needs.purposes": [{"type": "renovations", "amount": "60,000"}, {"type": "debt_consolidation"}],
                    "income.salary@kim": [pay("50,000")], "assets.property": [home("800,000")]},
              expected={"lti": None, "dti": None, "lvr": None}),
    Household(name="Singapore dollars are shown and not added",
              said={"income.other@kim": [{"type": "foreign", "country": "sg", "currency": "SGD",
                                          "foreign_amount": "9,000", "foreign_amount_frequency": "monthly"}],
                    "income.salary@kim": [pay("12,000")]},
              expected={"income": 1_000, "not_counted": "SGD 9,000.00 a month"}),
    Household(name="maintenance, told with the debts",
              said={"liabilities.other": [{"type": "maintenance", "maintenance": "150",
                                           "maintenance_frequency": "weekly"}],
                    "expenses.general": {"groceries": "500"}},
              expected={"expenses_maintenance": 650, "expenses_living": 500, "debts": 0}),
    Household(name="spending stays apart and adds up",
              said={"expenses.general": {"groceries": "1,000"}, "expenses.children": {"private_education": "800"},
                    "expenses.housing": {"rent": "2,340"}, "expenses.commitments": {"maintenance": "400"},
                    "expenses.property": {"investment_property": "350"}},
              expected={"expenses_living": 1_800, "expenses_housing": 2_340, "expenses_maintenance": 400,
                        "expenses_property": 350, "expenses": 4_890}),
    Household(name="a net income that is estimated", said={"income.salary@kim": [pay("96,000")]},
              expected={"income": 8_000, "net_income": 8_000 - 21_508 / 12}),
)  # fmt: skip
