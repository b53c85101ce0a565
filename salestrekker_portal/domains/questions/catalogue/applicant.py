"""The page about one applicant: who they are, where they live, what they do."""

from salestrekker_portal.domains.questions.catalogue.build import country, options, yes_no
from salestrekker_portal.domains.questions.catalogue.employment import EMPLOYMENT
from salestrekker_portal.domains.questions.catalogue.first_home import FIRST_HOME
from salestrekker_portal.domains.questions.catalogue.identification import IDENTIFICATION
from salestrekker_portal.domains.questions.catalogue.living import ADDRESSES, DEPENDANTS, EARLIER_ADDRESSES
from salestrekker_portal.domains.questions.conditions import all_of, answer_is, answer_is_not, any_of, fact
from salestrekker_portal.domains.questions.vocabulary import DateLimit, Field, Kind, Page, Party, Scope, Section

_ON_A_VISA = answer_is("residency_status", "temporary_visa", "student_visa")
# Who may be taxed in a second country too: somebody who is a citizen of another, or here on a visa.
_FROM_ABROAD = any_of(
    answer_is_not("residency_status", "", "australian_citizen", "nz_citizen"),
    answer_is_not("citizenship", "", "au", "nz"),
)
_PARTNERED = answer_is("marital_status", "married", "de_facto")

PERSONAL_DETAILS = Section(
    key="personal_details",
    title="Personal details",
    lead="Use your names as they are on your driver licence or passport.",
    fields=(
        Field(key="title", label="Title", kind=Kind.SELECT,
              options=options(("mr", "Mr"), ("mrs", "Mrs"), ("ms", "Ms"), ("miss", "Miss"), ("mx", "Mx"),
                              ("dr", "Dr"), ("prof", "Prof"), ("rev", "Rev"), ("other", "Other"))),
        Field(key="first_name", label="First name", required=True, autocomplete="given-name"),
        Field(key="middle_name", label="Middle name", autocomplete="additional-name"),
        Field(key="last_name", label="Last name", required_when=answer_is_not("one_name", "yes"),
              autocomplete="family-name"),
        Field(key="one_name", label="I have only one name", kind=Kind.TICK),
        Field(key="preferred_name", label="Preferred name", autocomplete="nickname"),
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
              dates=DateLimit.ADULT, help="For example, 27 3 1986.", sensitive=True, autocomplete="bday"),
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
        Field(key="visa_expires_on", label="When does your visa end?", kind=Kind.DATE,
              required_when=answer_is_not("visa_no_end", "yes"), dates=DateLimit.FUTURE, when=_ON_A_VISA),
        Field(key="visa_no_end", label="It has no end date, like a bridging visa", kind=Kind.TICK, when=_ON_A_VISA),
        country("second_tax_country", "Another country you pay tax in", default="", when=_FROM_ABROAD,
                help="Only if there is one. Banks have to ask."),
        Field(key="summary_notes", label="Summary notes", kind=Kind.LONG_TEXT, broker_only=True),
    ),
)  # fmt: skip

CONTACT_DETAILS = Section(
    key="contact_details",
    title="Contact details",
    lead="How your broker and the lender can reach you.",
    fields=(
        Field(key="mobile", label="Mobile", kind=Kind.MOBILE, required=True, autocomplete="tel",
              help="We send your sign-in code to this number."),
        Field(key="home_phone", label="Home phone", kind=Kind.PHONE, autocomplete="home tel"),
        Field(key="work_phone", label="Work phone", kind=Kind.PHONE, autocomplete="work tel"),
        Field(key="email", label="Email", kind=Kind.EMAIL, required=True, autocomplete="email"),
        Field(key="work_email", label="Work email", kind=Kind.EMAIL, autocomplete="work email"),
        Field(key="preferred_contact", label="How do you like to be contacted?", kind=Kind.CARDS,
              options=options(("email", "Email"), ("mobile", "Mobile"), ("sms", "Text message"),
                              ("post", "Post"))),
        Field(key="marketing_consent", label="Send me news and offers", kind=Kind.TICK,
              help="Not needed for your loan. You can change your mind at any time."),
    ),
)  # fmt: skip

NEXT_OF_KIN = Section(
    key="next_of_kin",
    title="Next of kin",
    lead="Your nearest relative who does not live with you. They are only contacted if you can’t be reached.",
    optional=True,
    fields=(
        Field(key="name", label="Their name"),
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
        EMPLOYMENT, FIRST_HOME, NEXT_OF_KIN,
    ),
)  # fmt: skip
