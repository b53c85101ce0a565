"""A short mark of what came in, to tell later whether somebody changed it."""

import hashlib

from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal

# What people change in a contact.
_OF_CONTACT = (
    *("kind", "first_name", "last_name", "company_name", "email", "mobile", "time_zone"),
    *("sms_opted_out_at", "archived_at"),
)


def contact_print(contact: Contact) -> str:
    return _print(*(getattr(contact, name) for name in _OF_CONTACT))


def deal_print(deal: Deal) -> str:
    """Of what people change in a deal; its figures follow from the rest."""
    return _print(
        deal.name, deal.value_cents, deal.stage_id, deal.owner_id, deal.partner_id, deal.loan_kind, deal.summary,
        deal.finance_due_on, deal.expected_settlement_on, deal.lodged_on, deal.approved_on, deal.locked_at,
        deal.archived_at, deal.labels_line, deal.lender_line,
    )  # fmt: skip


def _print(*values: object) -> str:
    return hashlib.sha256("\x1f".join(str(each) for each in values).encode()).hexdigest()
