"""What the tests of the bank data adapters share."""

from salestrekker_portal.domains.bank_statements.ports import AskedOfProvider
from salestrekker_portal.domains.bank_statements.rules import new_reference

RETURN = "https://portal.example.com/bank/return"


def asked(**facts) -> AskedOfProvider:
    """A request of Kim's for six months."""
    return AskedOfProvider(
        **{
            "reference": new_reference(),
            "months": 6,
            "first_name": "Kim",
            "last_name": "Nguyen",
            "email": "kim@example.com",
            "mobile": "+61491570156",
            "return_address": RETURN,
            "state": "a-secret-state",
            "referral_code": "ABCD",
            **facts,
        }
    )
