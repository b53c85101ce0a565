"""The papers that show who an Australian applicant is."""

from salestrekker_portal.domains.questions.catalogue.build import STATES, country, options
from salestrekker_portal.domains.questions.conditions import all_of, answer_is, answer_is_not, includes, worth_under
from salestrekker_portal.domains.questions.identity import (
    ENOUGH_POINTS,
    POINTS,
    enough_identity,
    licence_numbers,
    medicare_number,
    passport_is_good,
)
from salestrekker_portal.domains.questions.rules import none_stands_alone
from salestrekker_portal.domains.questions.vocabulary import DateLimit, Field, Kind, Option, Section

_LICENCE = includes("documents", "driver_licence")
_PASSPORT = includes("documents", "passport")
_LOCAL = all_of(_LICENCE, answer_is_not("licence_state", "overseas"))
TOO_FEW = "Asked because these papers are too few for most lenders"

DOCUMENTS = options(
    ("driver_licence", "Driver licence"), ("passport", "Passport"), ("medicare", "Medicare card"),
    ("proof_of_age", "Proof of age card"), ("birth_certificate", "Birth certificate"),
    ("citizenship", "Citizenship certificate"), ("concession_card", "Pension or health care card"),
    ("bank_card", "Bank card"), ("bill", "Rates notice or bill at your address"), ("other", "Something else"),
    ("none", "None of these"),
)  # fmt: skip

IDENTIFICATION = Section(
    key="identification",
    title="Identification",
    lead="Lenders check who you are with a points system. A passport and a driver licence are enough.",
    sensitive=True,
    fields=(
        Field(key="documents", label="Which of these do you have?", kind=Kind.TICKS, required=True,
              options=DOCUMENTS),
        Field(key="no_more_documents", label="If that is all you have, tell us why",
              when=worth_under("documents", ENOUGH_POINTS, POINTS), asked_because=TOO_FEW,
              help="Your broker then finds another way with the lender."),
        Field(key="licence_state", label="State that issued it", kind=Kind.SELECT,
              options=(*STATES, Option("overseas", "Another country")), required=True, group="Driver licence",
              when=_LICENCE),
        country("licence_country", "Country that issued it", default="", required=True, group="Driver licence",
                when=all_of(_LICENCE, answer_is("licence_state", "overseas"))),
        Field(key="licence_number", label="Licence number", max_length=40, required=True, sensitive=True,
              group="Driver licence", when=_LICENCE),
        Field(key="licence_card_number", label="Card number", max_length=40, sensitive=True, required=True,
              group="Driver licence", help="On the front or back of the card, apart from the number above.",
              when=_LOCAL),
        Field(key="licence_expires_on", label="Licence expiry date", kind=Kind.DATE, required=True,
              dates=DateLimit.FUTURE, group="Driver licence", when=_LICENCE),
        country("passport_country", "Country that issued it", required=True, group="Passport", when=_PASSPORT),
        Field(key="passport_number", label="Passport number", max_length=40, required=True,
              sensitive=True, group="Passport", when=_PASSPORT),
        Field(key="passport_expires_on", label="Passport expiry date", kind=Kind.DATE, required=True,
              group="Passport", when=_PASSPORT),
        Field(key="medicare_number", label="Medicare number", max_length=20, sensitive=True,
              group="Medicare card", when=includes("documents", "medicare")),
        Field(key="proof_of_age_number", label="Card number of your proof of age", max_length=40,
              sensitive=True, group="Proof of age card", when=includes("documents", "proof_of_age")),
        Field(key="other_document", label="What is it?", required=True, group="Something else",
              when=includes("documents", "other")),
    ),
    rules=(
        none_stands_alone("documents"), enough_identity, licence_numbers, passport_is_good, medicare_number,
    ),
)  # fmt: skip
