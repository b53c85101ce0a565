"""Which fact is asked where: the one place that needs it, and the others that only show it or are asked in its stead.

test_ruled_out.py holds both tables against the catalogue.
"""

from typing import Any

# fact -> the place that asks, and where else the same thing has a field
CARRIED: dict[str, tuple[str, tuple[str, ...]]] = {
    "rent": ("applicant.addresses.rent", ("expenses.housing.rent", "expenses.housing.board")),
    "employer": ("applicant.employment.employer_name", ("income.salary.employer_name",)),
    "business": ("applicant.employment.business_name", ("income.self_employed.business_name",)),
    "accountant": ("advisers.people.name", ("applicant.employment.accountant",)),
    "rent received": ("assets.property.rental_income", ("income.rental.amount",)),
    "running costs of a property": ("assets.property.running_costs", ("expenses.property.investment_property",)),
    "maintenance paid": ("expenses.commitments.maintenance", ("liabilities.other.maintenance",)),
    "amount to borrow": ("needs.purposes.amount", ("needs.borrowing.amount_sought", "needs.loan.amount_sought")),
    "own money": (
        "needs.funds.amount",
        ("assets.deposit.amount", "needs.borrowing.deposit_source", "needs.borrowing.deposit_sources"),
    ),
    "first home": ("applicant.first_home.owned_before", ("needs.borrowing.first_home_buyer",)),
    "debts paid out": ("liabilities.loans.after_settlement", ("needs.borrowing.is_refinance",)),
    "kind of rate": (
        "product_requirements.rate.rate_choice",
        ("product_requirements.rate.fixed_rate", "product_requirements.rate.variable_rate"),
    ),
}

_JOB = {"id": "1", "type": "salaried"}
_BUYS = {"id": "1", "type": "purchase", "amount": "400,000"}
_CARD = {"id": "1", "type": "credit_card", "after_settlement": "keep"}

# case, what has been answered as (section id, subject) -> (answers, items), and what is then not asked
RULED_OUT: tuple[tuple[str, dict[tuple[str, str], tuple[Any, ...]], tuple[str, ...]], ...] = (
    ("children without dependants", {("applicant.dependants", ""): ({"nothing_to_add": "yes"},)},
     ("expenses.children", "expenses.children.childcare", "expenses.children.private_education")),
    ("second home without property", {("assets.property", ""): ({"nothing_to_add": "yes"},)},
     ("expenses.property.secondary_residence", "expenses.property.investment_property", "income.rental")),
    ("owner's costs of somebody who rents", {("applicant.addresses", "kim"): ({"living_arrangement": "renting"},)},
     ("expenses.property.strata",)),
    ("household of one", {}, ("expenses.household", "expenses.household.members")),
    ("business of an employee", {("applicant.employment", "kim"): ({}, (_JOB,))},
     ("income.self_employed", "income.self_employed.business_name")),
    ("salary of the self-employed", {("applicant.employment", "kim"): ({}, (_JOB | {"type": "self_employed"},))},
     ("income.salary", "income.salary.employer_name")),
    ("paying out debts after none", {("liabilities.cards", ""): ({"nothing_to_add": "yes"},)},
     ("needs.borrowing.is_refinance",)),
    ("what would be better, where all is kept", {("liabilities.cards", ""): ({}, (_CARD,))},
     ("needs.borrowing.refinance_benefit",)),
    ("paying out HECS", {("liabilities.student_debt", ""): ({}, ({"id": "1"},))},
     ("liabilities.student_debt.after_settlement", "liabilities.student_debt.missed_payment")),
    ("paying out maintenance", {("liabilities.other", ""): ({}, ({"id": "1", "type": "maintenance"},))},
     ("liabilities.other.after_settlement", "liabilities.other.missed_payment")),
    ("paying out a guarantee", {("liabilities.other", ""): ({}, ({"id": "1", "type": "guarantee"},))},
     ("liabilities.other.after_settlement", "liabilities.other.missed_payment")),
    ("when a retiree will retire", {
        ("applicant.employment", "kim"): ({}, ({"id": "1", "type": "retired"},)),
        ("applicant.personal_details", "kim"): ({"date_of_birth": "27/03/1955"},)},
     ("risks.exit_strategy.retirement_age",)),
    ("what is repaid of a reverse mortgage", {
        ("needs.purposes", ""): ({}, ({"id": "1", "type": "reverse_mortgage", "amount": "150,000"},)),
        ("applicant.personal_details", "kim"): ({"date_of_birth": "27/03/1951"},)},
     ("risks.exit_strategy", "product_requirements.repayment", "product_requirements.repayment.repayment_choice",
      "product_requirements.term.years", "product_requirements.term.months")),
    ("how the loan ends, at 35", {("applicant.personal_details", "kim"): ({"date_of_birth": "27/03/1991"},)},
     ("risks.exit_strategy", "risks.exit_strategy.retirement_age")),
    ("the property of somebody who refinances",
     {("needs.purposes", ""): ({}, ({"id": "1", "type": "refinance", "amount": "400,000"},))},
     ("needs.property", "needs.funds", "applicant.first_home", "needs.borrowing.is_refinance")),
    ("own money twice", {("needs.purposes", ""): ({}, ({"id": "1", "type": "purchase", "amount": "400,000"},))},
     ("assets.deposit", "needs.borrowing.deposit_source", "needs.borrowing.first_home_buyer")),
    ("what an investment will be",
     {("needs.purposes", ""): ({}, ({"id": "1", "type": "investment_purchase", "amount": "400,000"},))},
     ("needs.borrowing.occupancy",)),
    ("what a first home will be",
     {("needs.purposes", ""): ({}, ({"id": "1", "type": "first_home", "amount": "400,000"},))},
     ("needs.borrowing.occupancy",)),
    ("rent that is told with its property, and of a section that nobody rents", {("assets.property", ""): ({}, (
        {"id": "1", "use": "investment", "rental_income": "600"}, {"id": "2", "use": "vacant_land"}))},
     ("income.rental", "income.rental.amount")),
    ("how somebody feels", {}, ("risks.comfort.interest", "risks.safety_net.will")),
    ("classes of an employer", {("applicant.employment", "kim"): ({}, (_JOB,))},
     ("applicant.employment.employer_business_type", "applicant.employment.employer_type",
      "applicant.employment.employer_acn")),
    ("numbers of policies", {("insurance.policies", ""): ({}, ({"id": "1", "type": "life"},))},
     ("insurance.policies.policy_number", "insurance.policies.beneficiary")),
    ("the sale of somebody who sells nothing", {
        ("needs.purposes", ""): ({}, (_BUYS,)), ("assets.property", ""): ({}, ({"id": "1", "use": "owner_occupied"},))},
     ("needs.selling", "needs.selling.timing", "needs.selling.property")),
    ("which home is sold, where one is marked", {
        ("needs.purposes", ""): ({}, (_BUYS,)), ("assets.property", ""): ({}, ({"id": "1", "to_be_sold": "yes"},))},
     ("needs.selling.property",)),
    ("building, of somebody who buys a home", {("needs.purposes", ""): ({}, (_BUYS,))},
     ("needs.construction", "needs.construction.contract", "needs.reverse_mortgage",
      "needs.reverse_mortgage.projection_seen")),
    ("going back to work that nobody left", {("applicant.employment", "kim"): ({}, (_JOB,))},
     ("income.salary.pay_on_return",)),
    ("the currency of somebody at home", {("applicant.addresses", "kim"): ({"current_country": "au"},)},
     ("income.salary.paid_in",)),
    ("a postcode of Hong Kong's", {("applicant.addresses", "kim"): ({"current_country": "hk"},)},
     ("applicant.addresses.current_state",)),
)  # fmt: skip


def _for(*kinds: str) -> dict[tuple[str, str], tuple[Any, ...]]:
    entries = ({"id": str(number), "type": kind, "amount": "90,000"} for number, kind in enumerate(kinds, start=1))
    return {("needs.purposes", ""): ({}, tuple(entries))}


_REFINANCED = {"id": "1", "type": "home_loan", "after_settlement": "refinance"}
# case, what has been answered, what is needed because of it
CALLED_FOR: tuple[tuple[str, dict[tuple[str, str], tuple[Any, ...]], tuple[str, ...]], ...] = (
    ("bridging", _for("purchase", "bridging") | {("needs.selling", ""): ({"timing": "after", "stage": "sold"},)},
     ("needs.selling.property", "needs.selling.price", "needs.selling.settles_on", "needs.selling.meanwhile")),
    ("a home that is sold for the next one",
     _for("purchase") | {("assets.property", ""): ({}, ({"id": "1", "to_be_sold": "yes"},))},
     ("needs.selling.timing", "needs.selling.stage", "needs.selling.price")),
    ("building under a contract", _for("construction") | {("needs.construction", ""): ({"contract": "fixed_price"},)},
     ("needs.construction.builder", "needs.construction.contract_price", "needs.construction.payments",
      "needs.construction.approved")),
    ("house and land", _for("purchase") | {("needs.property", ""): ({"condition": "house_and_land"},)},
     ("needs.construction.contract",)),
    ("building oneself", _for("construction") | {("needs.construction", ""): ({"contract": "owner_builder"},)},
     ("needs.construction.budget",)),
    ("a reverse mortgage",
     _for("reverse_mortgage") | {("needs.reverse_mortgage", ""): ({"others_live_there": "yes"},)},
     ("needs.reverse_mortgage.youngest_age", "needs.reverse_mortgage.others", "needs.reverse_mortgage.paid_as",
      "needs.reverse_mortgage.projection_seen", "needs.reverse_mortgage.pension_considered")),
    ("a refinance", _for("refinance") | {("liabilities.home_loans", ""): ({}, (_REFINANCED,))},
     ("liabilities.home_loans.lender", "liabilities.home_loans.balance", "liabilities.home_loans.rate",
      "liabilities.home_loans.remaining_years", "needs.borrowing.refinance_reasons")),
    ("parental leave", {("applicant.employment", "kim"): ({}, (_JOB | {"on_leave": "yes"},))},
     ("applicant.employment.returns_on",)),
    ("casual work", {("applicant.employment", "kim"): ({}, (_JOB | {"basis": "casual"},))},
     ("applicant.employment.hours_week", "applicant.employment.started_on")),
    ("a contract", {("applicant.employment", "kim"): ({}, (_JOB | {"basis": "contract"},))},
     ("applicant.employment.contract_ends",)),
    ("pay from abroad", {
        ("applicant.personal_details", "kim"): ({"residency_status": "non_resident"},),
        ("income.salary", "kim"): ({}, ({"id": "1"},))},
     ("income.salary.paid_in",)),
)  # fmt: skip
