"""What a household in New Zealand spends: the categories that lenders ask about under the credit contracts act."""

from dataclasses import replace

from salestrekker_portal.domains.questions.catalogue import expenses as au
from salestrekker_portal.domains.questions.catalogue.expenses import INVESTMENT, OWN_HOME, SECOND_HOME, group
from salestrekker_portal.domains.questions.conditions import fact

GENERAL = group(
    "general",
    "General living",
    "Your bank statements of the last 3 months are a good guide.",
    ("groceries", "Food and groceries", "Supermarket food, toiletries and cleaning products."),
    ("clothing", "Clothing and personal care", "Clothes, shoes, hair and cosmetics."),
    ("medical", "Health", "Doctors, dentist, optical and pharmacy. Not insurance."),
    ("transport", "Transport", "Fuel, WOF, registration, road user charges, servicing and public transport."),
    ("telephone", "Phone and internet", ""),
    ("memberships", "Subscriptions and memberships", "Streaming, gym, clubs and apps."),
    ("recreation", "Discretionary", "Eating out, alcohol, tobacco, hobbies, gifts and holidays."),
    ("pets", "Pets", "Food, vet and grooming. Not insurance."),
    ("donations", "Donations and tithes", ""),
    ("other", "Other", "Anything that fits nowhere else, such as running a boat."),
)

CHILDREN = group(
    "children",
    "Children",
    "",
    ("childcare", "Childcare", "Day care, kindergarten, before and after school care."),
    ("public_education", "State or integrated school", "Donations, uniforms, stationery and trips."),
    ("private_education", "Private school", "Fees, uniforms, books and trips."),
    when=fact("has_dependants"),
)

EDUCATION = group(
    "education",
    "Adult education",
    "",
    ("adult_education", "Study and professional fees", "Courses, union fees and an accountant. Not the student loan."),
)

INSURANCE = group(
    "insurance",
    "Insurance",
    "",
    ("health_insurance", "Health insurance", ""),
    ("life_insurance", "Life, income and accident insurance", ""),
    ("vehicle_insurance", "Vehicle insurance", ""),
    ("other_insurance", "Other insurance", "Such as pets. Leave out home and contents."),
)

PROPERTY = group(
    "property",
    "Your home and other property",
    "",
    ("rates", "Rates", "Council and regional.", OWN_HOME),
    ("water", "Water", "Where it is charged apart from rates."),
    ("utilities", "Power and gas", ""),
    ("home_insurance", "Home and contents insurance", ""),
    ("body_corporate", "Body corporate", "", OWN_HOME),
    ("home_repairs", "Repairs and maintenance", "", OWN_HOME),
    ("secondary_residence", "Running a second home", "A bach or crib, for example.", SECOND_HOME),
    (
        "investment_property",
        "Running investment property or land",
        "Rates, insurance, repairs and property manager.",
        INVESTMENT,
    ),
)

COMMITMENTS = group(
    "commitments",
    "Commitments",
    "",
    ("maintenance", "Child support", "What you pay, through Inland Revenue or by agreement."),
)

PAGE = replace(
    au.PAGE,
    lead="What you really spend: lenders must check that you can afford the loan. If you spend nothing, type 0 or "
    "tick None.",
    sections=(au.HOUSEHOLD, GENERAL, CHILDREN, EDUCATION, INSURANCE, PROPERTY, au.HOUSING, COMMITMENTS),
)
