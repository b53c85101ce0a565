"""New Zealand's own questions. Where a question means the same as the Australian one, it has the same key."""

from salestrekker_portal.domains.questions.catalogue.nz import (
    advice,
    applicant,
    expenses,
    income,
    loan,
    money,
    personal,
)

PEOPLE = (
    applicant.PAGE,
    money.ASSETS,
    money.LIABILITIES,
    income.PAGE,
    expenses.PAGE,
    loan.NEEDS,
    loan.PRODUCT_REQUIREMENTS,
    personal.RISKS,
    personal.INSURANCE,
    personal.ADVISERS,
    advice.PAGE,
)
