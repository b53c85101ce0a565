"""What a transaction is about: the fact find's expense rows, from the provider's category or the bank's text."""

import re

from salestrekker_portal.domains.bank_statements.ports import Transaction

# Our expense row -> words of a category or of a merchant. The first row that fits wins.
_WORDS: tuple[tuple[str, str], ...] = (
    ("childcare", r"child ?care|day ?care|kindergarten|early learning|nanny"),
    ("private_education", r"private school|college fee|grammar school"),
    ("public_education", r"school|uniform|canteen"),
    ("adult_education", r"universit|tafe|tuition|course fee|professional fee|union fee|polytech"),
    ("pets", r"\bpets?\b|\bvet\b|veterinar"),
    ("health_insurance", r"health insurance|medibank|\bbupa\b|\bhcf\b|\bnib\b|southern cross|ambulance cover"),
    ("life_insurance", r"life insurance|income protection|\btal life\b|partners life"),
    ("other_insurance", r"pet insurance|travel insurance|caravan insurance"),
    ("medical", r"medical|doctor|dentist|dental|pharmac|chemist|optometr|hospital|physio|health\b"),
    ("primary_residence", r"electricity|\bgas\b|\bwater\b|council rate|\brates\b|utilit|home insurance|\bagl\b|"
     r"origin energy|meridian energy|energyaustralia|home improvement|hardware|bunnings|mitre 10"),
    ("strata", r"strata|body corporate|land tax"),
    ("rent", r"\brent\b|rental payment|tenancy"),
    ("board", r"\bboard\b"),
    ("maintenance", r"child support|spousal"),
    ("groceries", r"grocer|supermarket|woolworths|\bcoles\b|\baldi\b|\biga\b|countdown|pak.?n.?save|new world"),
    ("clothing", r"cloth|apparel|shoes|hairdress|barber|cosmetic|personal care|kmart|\btarget\b"),
    ("transport", r"fuel|petrol|transport|vehicle|\bcar\b|toll|parking|\bbp\b|caltex|ampol|z energy|opal|myki|"
     r"uber trip|registration"),
    ("telephone", r"telephone|mobile|internet|telco|telecom|telstra|optus|vodafone|spark nz|netflix|spotify|"
     r"subscription|streaming|pay tv|foxtel"),
    ("recreation", r"restaurant|cafe|coffee|dining|eating out|takeaway|fast food|entertainment|recreation|alcohol|"
     r"bottle|\bgym\b|fitness|hobby|holiday|travel|cinema|tobacco|sport"),
)  # fmt: skip
_PATTERNS = tuple((key, re.compile(words, re.I)) for key, words in _WORDS)
_BETWEEN_OWN = re.compile(r"\btransfer|\binternal\b|credit card payment|between accounts", re.I)
_REPAYMENT = re.compile(r"\bloan\b|mortgage|repayment|afterpay|zip ?pay|\bfinance co", re.I)
_PAY = re.compile(r"salary|wages?|payroll|\bpay\b", re.I)
_SUPPORT = re.compile(r"centrelink|services australia|family tax|\bwinz\b|work and income|pension|benefit", re.I)
_RENT_IN = re.compile(r"\brent(al)?\b", re.I)

SECTIONS = {
    **dict.fromkeys(
        ("groceries", "clothing", "medical", "transport", "telephone", "recreation", "pets", "other"), "general"
    ),
    **dict.fromkeys(("childcare", "public_education", "private_education"), "children"),
    "adult_education": "education",
    **dict.fromkeys(("health_insurance", "life_insurance", "other_insurance"), "insurance"),
    **dict.fromkeys(("primary_residence", "strata", "secondary_residence", "investment_property"), "property"),
    **dict.fromkeys(("rent", "board"), "housing"),
    "maintenance": "commitments",
}
"""Expense row -> the section of the page that it is in."""


def is_between_own_accounts(moved: Transaction) -> bool:
    """Money that only changed pockets is neither income nor expense."""
    return bool(_BETWEEN_OWN.search(moved.category) or (not moved.category and _BETWEEN_OWN.search(moved.text)))


def is_repayment(moved: Transaction) -> bool:
    return bool(_REPAYMENT.search(moved.category) or _REPAYMENT.search(moved.text))


def expense_row(moved: Transaction) -> str:
    """The expense row of money that left; "other" when nothing fits. The provider's category counts first."""
    for words in (moved.category, moved.text):
        for key, pattern in _PATTERNS:
            if words and pattern.search(words):
                return key
    return "other"


def income_kind(moved: Transaction) -> str:
    """What money that came in is, in words for the summary."""
    words = f"{moved.category} {moved.text}"
    for kind, pattern in (("Government support", _SUPPORT), ("Pay", _PAY), ("Rent received", _RENT_IN)):
        if pattern.search(words):
            return kind
    return "Other money in"
