"""The page about one applicant: who they are, where they live, what they do."""

from salestrekker_portal.domains.questions.catalogue.build import (
    NOTHING,
    STATES,
    address,
    country,
    money_each,
    options,
    percent,
    yes_no,
)
from salestrekker_portal.domains.questions.catalogue.employment import EMPLOYMENT
from salestrekker_portal.domains.questions.conditions import (
    all_of,
    answer_is,
    answer_is_not,
    fact,
    fact_under,
    includes,
    months_under,
)
from salestrekker_portal.domains.questions.rules import (
    HISTORY_MONTHS,
    addresses_cover_history,
    local_postcode,
    moved_after_previous,
    none_stands_alone,
    not_po_box,
)
from salestrekker_portal.domains.questions.vocabulary import DateLimit, Field, Kind, Page, Party, Scope, Section

_ON_A_VISA = answer_is("residency_status", "temporary_visa", "student_visa")
_PARTNERED = answer_is("marital_status", "married", "de_facto")

PERSONAL_DETAILS = Section(
    key="personal_details",
    title="Personal details",
    lead="Use your names as they are on your driver licence or passport.",
    minutes=4,
    fields=(
        Field(key="title", label="Title", kind=Kind.SELECT,
              options=options(("mr", "Mr"), ("mrs", "Mrs"), ("ms", "Ms"), ("miss", "Miss"), ("mx", "Mx"),
                              ("dr", "Dr"), ("prof", "Prof"), ("rev", "Rev"), ("other", "Other"))),
        Field(key="first_name", label="First name", required=True),
        Field(key="middle_name", label="Middle name"),
        Field(key="last_name", label="Last name", required=True),
        Field(key="preferred_name", label="Preferred name"),
        yes_no("has_previous_name", "Have you ever used another name?",
               help="For example, a name before marriage or a name on an old passport."),
        Field(key="previous_name", label="Previous name", required=True,
              when=answer_is("has_previous_name", "yes")),
        Field(key="previous_name_changed", label="When did it change?", kind=Kind.MONTH,
              dates=DateLimit.PAST, help="A rough date is fine.",
              when=answer_is("has_previous_name", "yes")),
        Field(key="previous_name_reason", label="Why did it change?",
              when=answer_is("has_previous_name", "yes")),
        Field(key="date_of_birth", label="Date of birth", kind=Kind.DATE, required=True,
              dates=DateLimit.ADULT, help="For example, 27 3 1986.", sensitive=True),
        Field(key="gender", label="Gender", kind=Kind.SELECT,
              options=options(("female", "Female"), ("male", "Male"), ("non_binary", "Non-binary"),
                              ("not_said", "Prefer not to say"))),
        Field(key="marital_status", label="Are you married or in a relationship?", kind=Kind.CARDS,
              required=True,
              options=options(("single", "Single"), ("married", "Married"), ("de_facto", "De facto"),
                              ("separated", "Separated"), ("divorced", "Divorced"),
                              ("widowed", "Widowed"))),
        yes_no("spouse_is_applicant", "Is your partner applying with you?", required=True,
               when=_PARTNERED),
        Field(key="spouse", label="Which applicant is your partner?", kind=Kind.SELECT,
              options_from="other_applicants", required=True,
              when=all_of(answer_is("spouse_is_applicant", "yes"), fact("several_other_applicants"))),
        Field(key="spouse_name", label="Your partner’s name", required=True,
              help="They will not be part of the loan. Lenders ask about shared costs.",
              when=answer_is("spouse_is_applicant", "no")),
        Field(key="mothers_maiden_name", label="Mother’s maiden name", sensitive=True,
              help="Some lenders use it as a security question."),
        Field(key="city_of_birth", label="City or town of birth"),
        country("country_of_birth", "Country of birth", default=""),
        country("citizenship", "Citizenship", default=""),
        country("country_of_residency", "Country you live in"),
        country("country_of_tax_residence", "Country you pay tax in"),
        Field(key="residency_status", label="What is your status in Australia?", kind=Kind.CARDS,
              required=True, help="This changes which lenders can help.",
              options=options(("australian_citizen", "Australian citizen"),
                              ("permanent_resident", "Permanent resident"),
                              ("nz_citizen", "New Zealand citizen"),
                              ("temporary_visa", "Temporary or work visa"),
                              ("student_visa", "Student visa"), ("non_resident", "I live overseas"))),
        Field(key="visa_subclass", label="Visa subclass", max_length=20, required=True, when=_ON_A_VISA,
              help="Three digits on your visa grant letter, for example 482."),
        Field(key="visa_expires_on", label="When does your visa end?", kind=Kind.DATE, required=True,
              dates=DateLimit.FUTURE, when=_ON_A_VISA),
        Field(key="summary_notes", label="Summary notes", kind=Kind.LONG_TEXT, broker_only=True),
    ),
)  # fmt: skip

CONTACT_DETAILS = Section(
    key="contact_details",
    title="Contact details",
    lead="How your broker and the lender can reach you.",
    minutes=1,
    fields=(
        Field(key="mobile", label="Mobile", kind=Kind.MOBILE, required=True,
              help="We send your sign-in code to this number."),
        Field(key="home_phone", label="Home phone", kind=Kind.PHONE),
        Field(key="work_phone", label="Work phone", kind=Kind.PHONE),
        Field(key="email", label="Email", kind=Kind.EMAIL, required=True),
        Field(key="work_email", label="Work email", kind=Kind.EMAIL),
        Field(key="preferred_contact", label="How do you like to be contacted?", kind=Kind.CARDS,
              options=options(("email", "Email"), ("mobile", "Mobile"), ("sms", "Text message"),
                              ("post", "Post"))),
        Field(key="marketing_consent", label="Send me news and offers", kind=Kind.TICK,
              help="Not needed for your loan. You can change your mind at any time."),
    ),
)  # fmt: skip

RECENTLY_MOVED = months_under("moved_in", HISTORY_MONTHS)
RECENT_MOVE = "Asked because you moved in less than 3 years ago"
LIVING = options(
    ("renting", "Renting"), ("own_mortgage", "Own, with a mortgage"), ("own_outright", "Own, no mortgage"),
    ("boarding", "Boarding"), ("with_family", "With family"), ("employer_housing", "Employer housing"),
    ("other", "Other"),
)  # fmt: skip
ELSEWHERE = answer_is_not("mailing_same", "yes")

ADDRESSES = Section(
    key="addresses",
    title="Addresses",
    lead="Lenders need the last 3 years.",
    minutes=3,
    fields=(
        *address("current", "Where do you live now?", help="Not a PO box."),
        Field(key="living_arrangement", label="How do you live there?", kind=Kind.CARDS, required=True,
              options=LIVING),
        *money_each("rent", "How much do you pay?", required=True,
                    help="Rent or board. We will copy this to Living expenses.",
                    when=answer_is("living_arrangement", "renting", "boarding")),
        Field(key="moved_in", label="When did you move in?", kind=Kind.MONTH, required=True,
              dates=DateLimit.PAST, help="Month and year, for example 08 2024."),
        *address("previous", "Where did you live before that?", when=RECENTLY_MOVED,
                 asked_because=RECENT_MOVE),
        Field(key="previous_living_arrangement", label="How did you live there?", kind=Kind.SELECT,
              options=LIVING, when=RECENTLY_MOVED),
        Field(key="previous_moved_in", label="When did you move in there?", kind=Kind.MONTH,
              required=True, dates=DateLimit.PAST, when=RECENTLY_MOVED),
        Field(key="mailing_same", label="Send my mail to the address where I live", kind=Kind.TICK,
              default="yes"),
        *address("mailing", "Where should mail go?", po_box=True, when=ELSEWHERE),
    ),
    rules=(
        local_postcode("current"), local_postcode("previous"), local_postcode("mailing"),
        not_po_box("current"), not_po_box("previous"), moved_after_previous,
    ),
)  # fmt: skip

EARLIER_ADDRESSES = Section(
    key="earlier_addresses",
    title="Earlier addresses",
    lead="Keep going back until we have the last 3 years.",
    minutes=1,
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
    ),
    rules=(local_postcode("address"), not_po_box("address")),
    list_rules=(addresses_cover_history,),
)  # fmt: skip

DEPENDANTS = Section(
    key="dependants",
    title="Children and dependants",
    lead="Anyone who depends on your household for money. Add each person once, for all of you.",
    minutes=2,
    repeats=True,
    item_noun="person",
    add_label="Add another person",
    nothing_label=NOTHING,
    summary_fields=("name",),
    scope=Scope.SHARED,
    fields=(
        Field(key="name", label="Name", required=True),
        Field(key="date_of_birth", label="Date of birth", kind=Kind.DATE, dates=DateLimit.PAST,
              help="Or tell us their age below.", sensitive=True),
        Field(key="age", label="Age", kind=Kind.INTEGER, maximum=120,
              when=answer_is("date_of_birth", ""), required=True),
        Field(key="relationship", label="How are they related to you?", kind=Kind.CARDS, required=True,
              options=options(("child", "Child"), ("parent", "Parent"), ("other", "Someone else"))),
        yes_no("lives_with_us", "Do they live with you?", required=True),
        percent("care_share", "How much of their care is yours?",
                help="100 if they are always with you, 50 if care is shared equally."),
    ),
)  # fmt: skip

IDENTIFICATION = Section(
    key="identification",
    title="Identification",
    lead="Lenders check who you are with a points system. A passport and a driver licence are enough.",
    minutes=2,
    sensitive=True,
    fields=(
        Field(key="documents", label="Which of these do you have?", kind=Kind.TICKS, required=True,
              options=options(("driver_licence", "Driver licence"), ("passport", "Passport"),
                              ("medicare", "Medicare card"), ("proof_of_age", "Proof of age card"),
                              ("other", "Something else"), ("none", "None of these"))),
        Field(key="licence_number", label="Licence number", max_length=40, required=True, sensitive=True,
              group="Driver licence", when=includes("documents", "driver_licence")),
        Field(key="licence_card_number", label="Card number", max_length=40, sensitive=True,
              group="Driver licence", help="On the front or back of the card, apart from the number above.",
              when=includes("documents", "driver_licence")),
        Field(key="licence_state", label="State that issued it", kind=Kind.SELECT, options=STATES,
              required=True, group="Driver licence", when=includes("documents", "driver_licence")),
        Field(key="licence_expires_on", label="Licence expiry date", kind=Kind.DATE, required=True,
              dates=DateLimit.FUTURE, group="Driver licence",
              when=includes("documents", "driver_licence")),
        Field(key="passport_number", label="Passport number", max_length=40, required=True,
              sensitive=True, group="Passport", when=includes("documents", "passport")),
        country("passport_country", "Country that issued it", required=True, group="Passport",
                when=includes("documents", "passport")),
        Field(key="passport_expires_on", label="Passport expiry date", kind=Kind.DATE, required=True,
              # Australian identity checks accept a passport that expired up to two years ago.
              group="Passport", when=includes("documents", "passport")),
        Field(key="medicare_number", label="Medicare number", max_length=20, sensitive=True,
              group="Medicare card", when=includes("documents", "medicare")),
        Field(key="proof_of_age_number", label="Card number of your proof of age", max_length=40,
              sensitive=True, group="Proof of age card", when=includes("documents", "proof_of_age")),
        Field(key="other_document", label="What is it?", required=True, group="Something else",
              when=includes("documents", "other")),
    ),
    rules=(none_stands_alone("documents"),),
)  # fmt: skip

NEXT_OF_KIN = Section(
    key="next_of_kin",
    title="Next of kin",
    lead="Your nearest relative who does not live with you. They are only contacted if you can’t be reached.",
    minutes=1,
    fields=(
        Field(key="name", label="Their name", required=True),
        Field(key="relationship", label="How are they related to you?", kind=Kind.SELECT,
              options=options(("parent", "Parent"), ("sibling", "Brother or sister"), ("child", "Child"),
                              ("grandparent", "Grandparent"), ("other_relative", "Other relative"),
                              ("friend", "Friend"))),
        Field(key="phone", label="Their phone", kind=Kind.PHONE),
        Field(key="address", label="Their address", kind=Kind.ADDRESS,
              help="Number, street, suburb, state and postcode."),
    ),
)  # fmt: skip

PAGE = Page(
    key="applicant",
    title="About you",  # screens put the applicant's own name here
    broker_title="Applicant",
    scope=Scope.PER_APPLICANT,
    party=Party.PERSON,
    named_by_subject=True,
    sections=(
        PERSONAL_DETAILS, CONTACT_DETAILS, ADDRESSES, EARLIER_ADDRESSES, DEPENDANTS, IDENTIFICATION,
        NEXT_OF_KIN, EMPLOYMENT,
    ),
)  # fmt: skip
