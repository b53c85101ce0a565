"""Risks, insurance and other advisers in New Zealand."""

from dataclasses import replace

from salestrekker_portal.domains.questions.catalogue import advisers as au_advisers
from salestrekker_portal.domains.questions.catalogue import insurance as au_insurance
from salestrekker_portal.domains.questions.catalogue import risks as au
from salestrekker_portal.domains.questions.catalogue.build import item_type, options, reworded, varied, yes_no
from salestrekker_portal.domains.questions.conditions import includes

EXIT_STRATEGY = varied(
    au.EXIT_STRATEGY,
    swap={
        "repaid_by": replace(
            au.EXIT_STRATEGY.field("repaid_by"),
            options=options(("before_retirement", "Repaid before I retire"), ("savings", "Savings"),
                            ("income", "Income after I retire"), ("downsize", "A smaller home"),
                            ("sale_of_assets", "Sale of assets"), ("kiwisaver", "KiwiSaver"),
                            ("investments", "Investments"), ("inheritance", "An inheritance"),
                            ("other", "Another way"))),
    },
)  # fmt: skip

DECLARATIONS = varied(
    au.DECLARATIONS,
    swap=reworded(
        au.DECLARATIONS,
        bankrupt="Have you ever been bankrupt, or in a no asset procedure or debt repayment order?",
    ),
)

RISKS = replace(au.PAGE, sections=(au.OUTLOOK, au.COMFORT, au.SAFETY_NET, DECLARATIONS, EXIT_STRATEGY))

ADVICE = varied(
    au_insurance.ADVICE,
    after={
        "wanted": (
            yes_no("smoker", "Have you smoked or vaped in the last 12 months?",
                   when=includes("wanted", "income_protection", "life", "tpd", "trauma", "health")),
        ),
    },
)  # fmt: skip

INSURANCE = replace(
    au_insurance.PAGE,
    sections=(replace(au_insurance.POLICIES, lead="Cover through your work counts too."), ADVICE),
)

_ROLES = options(
    ("accountant", "Accountant"),
    ("solicitor", "Lawyer or conveyancer"),
    ("financial_adviser", "Financial adviser"),
    ("real_estate_agent", "Real estate agent"),
    ("insurance_broker", "Insurance adviser"),
    ("builder", "Builder"),
    ("buyers_agent", "Buyer’s agent"),
    ("other", "Somebody else"),
)

ADVISERS = replace(
    au_advisers.PAGE,
    sections=(
        varied(au_advisers.PEOPLE, item_types=_ROLES, swap={"type": item_type("What do they do for you?", _ROLES)}),
    ),
)
