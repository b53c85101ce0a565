"""The page about one applicant in New Zealand."""

from dataclasses import replace

from salestrekker_portal.domains.questions.catalogue import applicant as au
from salestrekker_portal.domains.questions.catalogue import living
from salestrekker_portal.domains.questions.catalogue.build import address, country, money_each, options, varied
from salestrekker_portal.domains.questions.catalogue.employment import EMPLOYMENT
from salestrekker_portal.domains.questions.catalogue.first_home import NZ_FIRST_HOME
from salestrekker_portal.domains.questions.catalogue.identification import TOO_FEW
from salestrekker_portal.domains.questions.conditions import all_of, answer_is, fact, includes, worth_under
from salestrekker_portal.domains.questions.identity import (
    NZ_ENOUGH,
    NZ_POINTS,
    enough_nz_identity,
    nz_licence_numbers,
    passport_is_good,
)
from salestrekker_portal.domains.questions.rules import none_stands_alone
from salestrekker_portal.domains.questions.vocabulary import DateLimit, Field, Kind, Section

_ON_A_VISA = answer_is("residency_status", "work_visa", "student_visa")
_AU_MARITAL = au.PERSONAL_DETAILS.field("marital_status")

PERSONAL_DETAILS = varied(
    au.PERSONAL_DETAILS,
    drop=("mothers_maiden_name",),
    swap={
        "marital_status": replace(_AU_MARITAL, options=(
            *_AU_MARITAL.options[:2], *options(("civil_union", "Civil union")), *_AU_MARITAL.options[2:])),
        "spouse_is_applicant": replace(au.PERSONAL_DETAILS.field("spouse_is_applicant"),
                                       when=answer_is("marital_status", "married", "civil_union", "de_facto")),
        "country_of_residency": country("country_of_residency", "Country you live in", default="nz"),
        "country_of_tax_residence": country("country_of_tax_residence", "Country you pay tax in", default="nz"),
        "residency_status": Field(
            key="residency_status", label="What is your status in New Zealand?", kind=Kind.CARDS, required=True,
            help="This changes which lenders can help.",
            options=options(("nz_citizen", "New Zealand citizen"), ("permanent_resident", "Permanent resident"),
                            ("resident_visa", "Resident visa"), ("work_visa", "Work visa"),
                            ("student_visa", "Student visa"), ("australian_citizen", "Australian citizen"),
                            ("non_resident", "I live overseas"))),
        "visa_subclass": Field(key="visa_subclass", label="Kind of visa", max_length=80, required=True,
                               when=_ON_A_VISA, help="As it is called in your visa letter."),
        "visa_no_end": replace(au.PERSONAL_DETAILS.field("visa_no_end"), when=_ON_A_VISA),
        "visa_expires_on": replace(au.PERSONAL_DETAILS.field("visa_expires_on"), when=_ON_A_VISA),
    },
    after={
        "country_of_tax_residence": (
            Field(key="ird_number", label="IRD number", kind=Kind.IRD, sensitive=True,
                  help="Only if you want to: the lender may ask for it."),
        ),
    },
)  # fmt: skip

ADDRESSES = replace(
    living.ADDRESSES,
    fields=(
        *address("current", "Where do you live now?", help="Not a PO box.", home="nz", no_fixed=True, fills=True),
        Field(key="living_arrangement", label="How do you live there?", kind=Kind.CARDS, required=True,
              options=living.LIVING),
        *money_each("rent", "How much do you pay?", required=True, begins="weekly",
                    help="Rent or board. You are not asked for it again under Living expenses.",
                    when=all_of(answer_is("living_arrangement", "renting", "boarding"), fact("asks_rent"))),
        Field(key="moved_in", label="When did you move in?", kind=Kind.MONTH, required=True,
              dates=DateLimit.PAST, help="Month and year, for example 08 2024."),
        *address("previous", "Where did you live before that?", when=living.RECENTLY_MOVED,
                 asked_because=living.RECENT_MOVE, home="nz"),
        Field(key="previous_living_arrangement", label="How did you live there?", kind=Kind.SELECT,
              options=living.LIVING, when=living.RECENTLY_MOVED),
        Field(key="previous_moved_in", label="When did you move in there?", kind=Kind.MONTH,
              required=True, dates=DateLimit.PAST, when=living.RECENTLY_MOVED),
        *living.BETWEEN_HOMES,
        Field(key="mailing_same", label="Send my mail to the address where I live", kind=Kind.TICK,
              default="yes"),
        *address("mailing", "Where should mail go?", po_box=True, when=living.ELSEWHERE, home="nz"),
    ),
)  # fmt: skip

EARLIER_ADDRESSES = replace(
    living.EARLIER_ADDRESSES,
    fields=(
        *address("address", "Where did you live?", home="nz"),
        *(each for each in living.EARLIER_ADDRESSES.fields if not each.key.startswith("address_")),
    ),
)

DEPENDANTS = varied(
    living.DEPENDANTS,
    lead="Children under 18 who live with you, and anyone else who depends on your household for money. Add each "
         "person once, for all of you.",
)  # fmt: skip

_LICENCE, _PASSPORT = includes("documents", "driver_licence"), includes("documents", "passport")

IDENTIFICATION = Section(
    key="identification",
    title="Identification",
    lead="Lenders check who you are and where you live. A passport, or a driver licence with its version number, is "
    "enough.",
    sensitive=True,
    fields=(
        Field(key="documents", label="Which of these do you have?", kind=Kind.TICKS, required=True,
              options=options(("passport", "Passport"), ("driver_licence", "Driver licence"),
                              ("realme", "RealMe verified identity"), ("proof_of_age", "Kiwi Access card"),
                              ("other", "Something else"), ("none", "None of these"))),
        Field(key="no_more_documents", label="If that is all you have, tell us why",
              when=worth_under("documents", NZ_ENOUGH, NZ_POINTS), asked_because=TOO_FEW,
              help="Your broker then finds another way with the lender."),
        country("licence_country", "Country that issued it", group="Driver licence", when=_LICENCE, default="nz"),
        Field(key="licence_number", label="Licence number", max_length=40, required=True, sensitive=True,
              group="Driver licence", when=_LICENCE, help="Two letters and six digits, at 5a."),
        Field(key="licence_version", label="Version number", max_length=3, required=True, sensitive=True,
              group="Driver licence", when=all_of(_LICENCE, answer_is("licence_country", "nz")),
              help="Three digits, at 5b."),
        Field(key="licence_expires_on", label="Licence expiry date", kind=Kind.DATE, required=True,
              dates=DateLimit.FUTURE, group="Driver licence", when=_LICENCE),
        country("passport_country", "Country that issued it", required=True, group="Passport", when=_PASSPORT,
                default="nz"),
        Field(key="passport_number", label="Passport number", max_length=40, required=True, sensitive=True,
              group="Passport", when=_PASSPORT),
        Field(key="passport_expires_on", label="Passport expiry date", kind=Kind.DATE, required=True,
              group="Passport", when=_PASSPORT),
        Field(key="proof_of_age_number", label="Card number", max_length=40, sensitive=True,
              group="Kiwi Access card", when=includes("documents", "proof_of_age")),
        Field(key="other_document", label="What is it?", required=True, group="Something else",
              when=includes("documents", "other")),
        Field(key="proof_of_address", label="What can show where you live?", kind=Kind.SELECT,
              options=options(("bank_statement", "Bank statement"), ("utility_bill", "Power, water or phone bill"),
                              ("rates", "Rates notice"), ("government_letter", "Letter from a ministry"),
                              ("tenancy", "Tenancy agreement"), ("none", "Nothing yet"))),
    ),
    rules=(none_stands_alone("documents"), enough_nz_identity, nz_licence_numbers, passport_is_good),
)  # fmt: skip

NEXT_OF_KIN = varied(
    au.NEXT_OF_KIN,
    swap={"address": Field(key="address", label="Their address", kind=Kind.ADDRESS,
                           help="Number, street, suburb, town and postcode.")},
)  # fmt: skip

_OWN = answer_is("type", "self_employed")

WORK = varied(
    EMPLOYMENT,
    drop=("employer_abn", "employer_acn", "business_abn", "business_acn", "abn_registered"),
    swap={
        "employer_address": replace(EMPLOYMENT.field("employer_address"), help="Number, street, suburb and town."),
        "retirement_income": Field(
            key="retirement_income", label="What do you live on?", kind=Kind.SELECT, when=answer_is("type", "retired"),
            options=options(("nz_super", "NZ Super"), ("kiwisaver", "KiwiSaver or savings"),
                            ("both", "NZ Super and savings"), ("other", "Something else"))),
        "benefit": Field(
            key="benefit", label="Do you receive a benefit?", kind=Kind.SELECT, when=answer_is("type", "unemployed"),
            options=options(("none", "No"), ("jobseeker", "Jobseeker Support"),
                            ("sole_parent", "Sole Parent Support"), ("supported_living", "Supported Living Payment"),
                            ("acc", "ACC"), ("other", "Something else"))),
    },
    after={
        "employer_acn": (Field(key="employer_nzbn", label="Employer’s NZBN", kind=Kind.NZBN,
                               when=answer_is("type", "salaried")),),
        "abn_registered": (
            Field(key="business_nzbn", label="NZBN", kind=Kind.NZBN, when=_OWN,
                  help="13 digits. A sole trader may have none."),
            Field(key="business_company_number", label="Company number", max_length=12,
                  when=all_of(_OWN, answer_is("structure", "company"))),
            Field(key="trading_since", label="In business since", kind=Kind.MONTH, dates=DateLimit.PAST, when=_OWN),
        ),
    },
)  # fmt: skip

PAGE = replace(
    au.PAGE,
    sections=(
        PERSONAL_DETAILS,
        au.CONTACT_DETAILS,
        ADDRESSES,
        EARLIER_ADDRESSES,
        DEPENDANTS,
        IDENTIFICATION,
        WORK,
        NZ_FIRST_HOME,
        NEXT_OF_KIN,
    ),
)
