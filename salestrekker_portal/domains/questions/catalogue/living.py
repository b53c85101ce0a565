"""Where an applicant lives and lived, and who depends on them."""

from salestrekker_portal.domains.questions.catalogue.build import (
    NOTHING,
    address,
    money_each,
    options,
    percent,
    yes_no,
)
from salestrekker_portal.domains.questions.conditions import (
    all_of,
    answer_is,
    answer_is_not,
    fact,
    fact_under,
    filled,
    months_under,
)
from salestrekker_portal.domains.questions.history import (
    HISTORY_MONTHS,
    addresses_cover_history,
    moved_after_previous,
    no_gap_before_current,
)
from salestrekker_portal.domains.questions.rules import in_order, local_postcode, not_po_box, postcode_in_state
from salestrekker_portal.domains.questions.vocabulary import DateLimit, Field, Kind, Scope, Section

RECENTLY_MOVED = months_under("moved_in", HISTORY_MONTHS)
RECENT_MOVE = "Asked because you moved in less than 3 years ago"
LIVING = options(
    ("renting", "Renting"), ("own_mortgage", "Own, with a mortgage"), ("own_outright", "Own, no mortgage"),
    ("boarding", "Boarding"), ("with_family", "With family"), ("employer_housing", "Employer housing"),
    ("other", "Other"),
)  # fmt: skip
ELSEWHERE = answer_is_not("mailing_same", "yes")

# Months that belong to no address: asked only of somebody who says when they moved out.
BETWEEN_HOMES = (
    Field(key="previous_moved_out", label="When did you move out of there?", kind=Kind.MONTH, dates=DateLimit.PAST,
          when=RECENTLY_MOVED, help="Leave it empty if that was when you moved to where you live now."),
    Field(key="between_homes", label="Where were you in between?", when=filled("previous_moved_out"),
          help="Only if there are months in between. For example, travelling or with family."),
)  # fmt: skip

ADDRESSES = Section(
    key="addresses",
    title="Addresses",
    lead="Lenders need the last 3 years.",
    fields=(
        *address("current", "Where do you live now?", help="Not a PO box.", no_fixed=True, fills=True),
        Field(key="living_arrangement", label="How do you live there?", kind=Kind.CARDS, required=True,
              options=LIVING),
        *money_each("rent", "How much do you pay?", required=True, begins="weekly",
                    help="Rent or board. You are not asked for it again under Living expenses.",
                    when=all_of(answer_is("living_arrangement", "renting", "boarding"), fact("asks_rent"))),
        Field(key="moved_in", label="When did you move in?", kind=Kind.MONTH, required=True,
              dates=DateLimit.PAST, help="Month and year, for example 08 2024."),
        *address("previous", "Where did you live before that?", when=RECENTLY_MOVED,
                 asked_because=RECENT_MOVE),
        Field(key="previous_living_arrangement", label="How did you live there?", kind=Kind.SELECT,
              options=LIVING, when=RECENTLY_MOVED),
        Field(key="previous_moved_in", label="When did you move in there?", kind=Kind.MONTH,
              required=True, dates=DateLimit.PAST, when=RECENTLY_MOVED),
        *BETWEEN_HOMES,
        Field(key="mailing_same", label="Send my mail to the address where I live", kind=Kind.TICK,
              default="yes"),
        *address("mailing", "Where should mail go?", po_box=True, when=ELSEWHERE),
    ),
    rules=(
        *(local_postcode(each) for each in ("current", "previous", "mailing")),
        *(postcode_in_state(each) for each in ("current", "previous", "mailing")),
        not_po_box("current"), not_po_box("previous"), moved_after_previous, no_gap_before_current,
    ),
)  # fmt: skip

EARLIER_ADDRESSES = Section(
    key="earlier_addresses",
    title="Earlier addresses",
    lead="Keep going back until we have the last 3 years.",
    repeats=True,
    item_noun="address",
    add_label="Add another address",
    summary_fields=("address_street_name", "address_description"),
    when=fact_under("months_of_address_history", HISTORY_MONTHS),
    fields=(
        *address("address", "Where did you live?"),
        Field(key="living_arrangement", label="How did you live there?", kind=Kind.SELECT,
              options=LIVING),
        Field(key="moved_in", label="When did you move in?", kind=Kind.MONTH, required=True,
              dates=DateLimit.PAST),
        Field(key="moved_out", label="When did you move out?", kind=Kind.MONTH, dates=DateLimit.PAST,
              help="Leave it empty if you went straight to the next address."),
    ),
    rules=(
        local_postcode("address"), postcode_in_state("address"), not_po_box("address"),
        in_order("moved_in", "moved_out", "You moved out before you moved in. Check both months."),
    ),
    list_rules=(addresses_cover_history,),
)  # fmt: skip

_BORN = answer_is_not("relationship", "expected")

DEPENDANTS = Section(
    key="dependants",
    title="Children and dependants",
    lead="Anyone who depends on your household for money. Add each person once, for all of you.",
    repeats=True,
    item_noun="person",
    add_label="Add another person",
    nothing_label=NOTHING,
    summary_fields=("name", "relationship"),
    scope=Scope.SHARED,
    fields=(
        Field(key="relationship", label="How are they related to you?", kind=Kind.CARDS, required=True,
              options=options(("child", "Child"), ("expected", "A child we expect"), ("parent", "Parent"),
                              ("other", "Someone else"))),
        Field(key="due", label="When is the child due?", kind=Kind.MONTH, dates=DateLimit.FUTURE, required=True,
              help="Month and year.", when=answer_is("relationship", "expected")),
        Field(key="name", label="Name", required=True, when=_BORN),
        Field(key="date_of_birth", label="Date of birth", kind=Kind.DATE, dates=DateLimit.PAST,
              help="Or tell us their age below.", sensitive=True, when=_BORN),
        Field(key="age", label="Age", kind=Kind.INTEGER, maximum=120,
              when=all_of(_BORN, answer_is("date_of_birth", "")), required=True),
        yes_no("lives_with_us", "Do they live with you?", required=True, when=_BORN),
        Field(key="household", label="In whose household?", kind=Kind.SELECT, options_from="households",
              when=fact("several_households")),
        percent("care_share", "How much of their care is yours?", when=_BORN,
                help="100 if they are always with you, 50 if care is shared equally."),
    ),
)  # fmt: skip
