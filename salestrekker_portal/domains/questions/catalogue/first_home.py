"""What decides, for each person, whether a first-home scheme fits them. Asked of those who buy to live there.

The facts are asked, and no scheme is promised: their caps and dates change, and the broker checks them.
"""

from dataclasses import replace

from salestrekker_portal.domains.questions.catalogue.build import options, varied, yes_no
from salestrekker_portal.domains.questions.conditions import answer_is, fact
from salestrekker_portal.domains.questions.rules import none_stands_alone
from salestrekker_portal.domains.questions.vocabulary import DateLimit, Field, Kind, Loan, Section

_OWNED = answer_is("owned_before", "yes")

FIRST_HOME = Section(
    key="first_home",
    title="Your first home",
    lead="Each of you answers for themselves: some schemes look at one person, some at both.",
    loans=(Loan.HOME,),
    when=fact("buys_to_live_in"),
    fields=(
        yes_no("owned_before", "Have you ever owned a home or land in Australia?", required=True,
               help="Alone or with somebody, to live in or to let."),
        Field(key="owned_until", label="When did you last own it?", kind=Kind.MONTH, dates=DateLimit.PAST,
              required=True, when=_OWNED, help="This month if you still do. Some schemes look at the last 10 years."),
        yes_no("single_parent", "Are you a single parent or guardian of a child who lives with you?",
               help="You may need a smaller deposit."),
        Field(key="schemes", label="Would you like to use any of these?", kind=Kind.TICKS,
              options=options(("five_percent", "5 % Deposit Scheme"), ("help_to_buy", "Help to Buy"),
                              ("super_saver", "First Home Super Saver"), ("grant", "First Home Owner Grant"),
                              ("stamp_duty", "Stamp duty concession"), ("none", "None of these"),
                              ("not_sure", "Not sure"))),
    ),
    rules=(none_stands_alone("schemes"),),
)  # fmt: skip

NZ_FIRST_HOME = varied(
    FIRST_HOME,
    lead="Each of you answers for themselves.",
    drop=("owned_until", "single_parent"),
    swap={
        "owned_before": yes_no("owned_before", "Have you ever owned a home or land?", required=True,
                               help="A share in Māori land does not count."),
        "schemes": replace(
            FIRST_HOME.field("schemes"),
            options=options(("kiwisaver", "KiwiSaver first-home withdrawal"), ("first_home_loan", "First Home Loan"),
                            ("kainga_whenua", "Kāinga Whenua loan, on Māori land"), ("none", "None of these"),
                            ("not_sure", "Not sure"))),
    },
    after={
        "owned_before": (
            yes_no("second_chance", "Did Kāinga Ora confirm that you are in the position of a first-home buyer?",
                   when=_OWNED, help="It is called a second chance withdrawal. You need their letter."),
        ),
    },
)  # fmt: skip
