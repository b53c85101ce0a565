"""What applicants in New Zealand are looking for, and which kind of loan would suit."""

from dataclasses import replace

from salestrekker_portal.domains.questions.catalogue import needs as au
from salestrekker_portal.domains.questions.catalogue import product_requirements as au_kind
from salestrekker_portal.domains.questions.catalogue.build import item_type, options, reworded, varied, yes_no
from salestrekker_portal.domains.questions.catalogue.purchase import NZ_FUNDS, NZ_THE_PROPERTY
from salestrekker_portal.domains.questions.catalogue.special import NZ_CONSTRUCTION, SELLING
from salestrekker_portal.domains.questions.conditions import answer_is, fact
from salestrekker_portal.domains.questions.vocabulary import Field, Kind

PURPOSES = options(
    ("first_home", "Buy a first home"),
    ("purchase", "Buy the next home"),
    ("investment_purchase", "Buy an investment property"),
    ("construction", "Build"),
    ("renovations", "Renovate"),
    ("refinance", "Move to another lender"),
    ("top_up", "Top up the mortgage"),
    ("refix", "Refix the rate"),
    ("buy_out", "Buy out a co-owner"),
    ("bridging", "Bridge until my home is sold"),
    ("debt_consolidation", "Put debts together"),
    ("business", "Business"),
    ("other", "Something else"),
)

PURPOSE = varied(au.PURPOSE, item_types=PURPOSES, swap={"type": item_type("What is it for?", PURPOSES)})

BORROWING = varied(
    au.BORROWING,
    drop=("deposit_source", "grants"),
    after={
        "deposit_source": (
            Field(key="deposit_sources", label="Where does your deposit come from?", kind=Kind.TICKS, required=True,
                  when=fact("asks_deposit_here"),
                  options=options(("savings", "Savings"), ("kiwisaver", "KiwiSaver"), ("gift", "Gift"),
                                  ("inheritance", "Inheritance"), ("sale", "Sale of a property"),
                                  ("equity", "Equity in a property"), ("family_loan", "Loan from family"),
                                  ("none", "No deposit needed"), ("other", "Something else"))),
        ),
        "grants": (
            yes_no("first_home_loan", "Would you like to use a First Home Loan?",
                   when=answer_is("first_home_buyer", "yes"),
                   help="Kāinga Ora backs some loans with a deposit of 5 %, up to an income limit."),
        ),
    },
)  # fmt: skip

_GOODS = varied(au.GOODS, swap=reworded(au.GOODS, rego_number="Number plate"))

NEEDS = replace(
    au.PAGE,
    sections=(
        au.REASONS, PURPOSE, au.USES, _GOODS, NZ_THE_PROPERTY, NZ_FUNDS, SELLING,
        NZ_CONSTRUCTION, BORROWING, au.LOAN, au.BUSINESS_USE,
        au.SECURITY,
    ),
)  # fmt: skip

RATE = varied(
    au_kind.RATE,
    swap=reworded(au_kind.RATE, variable_rate="Floating rate", split_rate="Part fixed and part floating")
    | {
        "rate_choice": au_kind.choice(
            "rate_choice", "Which kind of rate would suit you?", ("fixed", "Fixed"), ("variable", "Floating"),
            ("split", "Part of each"), help="Fixed repayments stay the same for some years."),
        "variable_rate_why": replace(
            au_kind.RATE.field("variable_rate_why"),
            options=options(("rates_fall", "Rates may fall"), ("flexible", "Pay more or pay out whenever I like"),
                            ("other", "Another reason"))),
    },
)  # fmt: skip

FEATURES = varied(
    au_kind.FEATURES,
    drop=("redraw", "redraw_why", "redraw_why_other"),
    swap=reworded(au_kind.FEATURES, line_of_credit="Revolving credit", offset_account="Offset mortgage")
    | {
        "wanted": replace(au_kind.FEATURES.field("wanted"), options=options(
            ("offset_account", "An offset mortgage"), ("line_of_credit", "Revolving credit"),
            ("extra_repayments", "Paying extra"), ("cashback", "A cash contribution"), ("low_fees", "Few or no fees"),
            ("branch", "A branch to go to"), ("none", "None of these"))),
    },
)  # fmt: skip

PRODUCT_REQUIREMENTS = replace(
    au_kind.PAGE,
    sections=(RATE, au_kind.REPAYMENT, FEATURES, au_kind.PRIORITIES, au_kind.BANKING, au_kind.TERM),
)
