"""What the columns of somebody's spreadsheet mean: guessed from their headings, or as the firm said last time."""

from collections.abc import Mapping, Sequence

from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.names import folded_whole

# What a column may be: its name on the screen, and headings that other systems give it.
FIELDS: dict[str, tuple[str, str]] = {
    "first_name": ("First name", "first, given name, given names, forename, christian name, applicant first name"),
    "last_name": ("Last name", "last, surname, family name, applicant last name, applicant surname"),
    "name": (
        "Full name",
        "name, client, client name, contact, contact name, applicant, applicant name, borrower, borrower name, "
        "customer, customer name, lead name, primary applicant",
    ),
    "company_name": (
        # In many systems "Company" is whom somebody works for: the choice says what it means here.
        "Company that borrows",
        "company, company name, organisation, organization, business, business name, entity, entity name, "
        "trading name, trust",
    ),
    "email": ("E-mail", "email, mail, e-mail address, email address, email 1, primary email, personal email"),
    "mobile": (
        "Phone",
        "mobile, mobile phone, mobile number, cell, cell phone, phone number, telephone, contact number, phone 1, "
        "primary phone",
    ),
    "deal_name": (
        "Deal",
        "deal name, opportunity, opportunity name, loan name, application, application name, deal title, title",
    ),
    "deal_number": (
        "Deal number",
        "deal id, deal no, deal reference, opportunity id, opportunity number, application id, application number, "
        "application no, loan application id, file number",
    ),
    "value": ("Amount", "loan amount, value, deal value, loan value, amount requested, loan size, deal amount, loan"),
    "stage": ("Stage", "deal stage, status, pipeline stage, opportunity stage, loan status"),
    "owner": ("Owner", "broker, broker name, adviser, advisor, assigned to, deal owner, loan writer, broker email"),
    "finance_due_on": ("Finance due", "finance date, finance due date, finance clause, finance clause date"),
    "expected_settlement_on": (
        "Settlement expected",
        "settlement, settlement date, expected settlement, estimated settlement date, expected settlement date, "
        "estimated settlement, close date",
    ),
    "summary": ("Summary", "notes, note, comments, description, summary notes, background"),
}
CHOICES = [("", "Leave out"), *((field, label) for field, (label, _) in FIELDS.items())]
_HEADINGS = {
    folded_whole(heading): field
    for field, (label, more) in FIELDS.items()
    for heading in (label, *more.split(","))
}  # fmt: skip
NO_NAME = "Say which column has the name: First name, Last name, Full name or Company."


def guessed(columns: Sequence[str], remembered: Mapping[str, str]) -> list[str]:
    """The field of each column. What the firm said of a heading before comes first; a field is given once."""
    fields: list[str] = []
    for heading in columns:
        key = folded_whole(heading)
        field = remembered.get(key, _HEADINGS.get(key, ""))
        fields.append(field if field in FIELDS and field not in fields else "")
    return fields


def said(columns: Sequence[str], mapping: Sequence[str]) -> dict[str, str]:
    """A mapping by headings, as the next file of the firm is read. What has no heading says nothing of other files."""
    fields: dict[str, str] = {}
    for heading, field in zip(columns, mapping, strict=True):
        key = folded_whole(heading)
        if key:
            # Where a heading stands twice, the one that was chosen says what it means.
            fields[key] = fields.get(key) or field
    return fields


def checked_mapping(columns: Sequence[str], typed: Mapping[str, object]) -> list[str]:
    """The field of each column as chosen, keyed "column-0", …. Raises Invalid, keyed the same; `columns` for all."""
    errors: dict[str, str] = {}
    fields: list[str] = []
    for place in range(len(columns)):
        field = str(typed.get(f"column-{place}", "") or "")
        if field and field not in FIELDS:
            errors[f"column-{place}"] = "Choose one of the options shown."
        elif field and field in fields:
            before = columns[fields.index(field)]
            errors[f"column-{place}"] = f"“{before}” is the {FIELDS[field][0].lower()} already. Leave one of them out."
        fields.append(field)
    if not errors and not {"first_name", "last_name", "name", "company_name"} & set(fields):
        errors["columns"] = NO_NAME
    if errors:
        raise Invalid(errors)
    return fields
