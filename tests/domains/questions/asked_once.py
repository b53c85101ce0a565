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
    ("how the loan ends, at 35", {("applicant.personal_details", "kim"): ({"date_of_birth": "27/03/1991"},)},
     ("risks.exit_strategy", "risks.exit_strategy.retirement_age")),
    ("the property of somebody who refinances",
     {("needs.purposes", ""): ({}, ({"id": "1", "type": "refinance", "amount": "400,000"},))},
     ("needs.property", "needs.funds", "applicant.first_home", "needs.borrowing.is_refinance")),
    ("own money twice", {("needs.purposes", ""): ({}, ({"id": "1", "type": "purchase", "amount": "400,000"},))},
     ("assets.deposit", "needs.borrowing.deposit_source", "needs.borrowing.first_home_buyer")),
    ("how somebody feels", {}, ("risks.comfort.interest", "risks.safety_net.will")),
    ("classes of an employer", {("applicant.employment", "kim"): ({}, (_JOB,))},
     ("applicant.employment.employer_business_type", "applicant.employment.employer_type",
      "applicant.employment.employer_acn")),
    ("numbers of policies", {("insurance.policies", ""): ({}, ({"id": "1", "type": "life"},))},
     ("insurance.policies.policy_number", "insurance.policies.beneficiary")),
    ("a postcode of Hong Kong's", {("applicant.addresses", "kim"): ({"current_country": "hk"},)},
     ("applicant.addresses.current_state",)),
)  # fmt: skip
