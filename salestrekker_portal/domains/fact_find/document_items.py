"""One entry of a fact find as other programs want it: amounts as told, how often, and whose. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from salestrekker_portal.domains.fact_find.lines import amounts
from salestrekker_portal.domains.fact_find.owning import Owning, owning
from salestrekker_portal.domains.fact_find.stored import Stored, StoredCopy
from salestrekker_portal.domains.questions.answers import check
from salestrekker_portal.domains.questions.facts import applicants_of, country_of
from salestrekker_portal.domains.questions.ownership import outside_name
from salestrekker_portal.domains.questions.vocabulary import ITEM_ID, TYPE, Answers, Facts, Field, Frequency, Tally
from salestrekker_portal.domains.questions.words import item_title, label_of, say

Entry = dict[str, Any]


def owners_of(owned: Owning, facts: Facts) -> list[Entry]:
    """Each owner with their part: a party of the deal, or somebody outside by name."""
    names = dict(applicants_of(facts))
    return [
        {"party_id": owner if owner in names else None, "name": names.get(owner) or outside_name(owner) or "",
         "percent": share}
        for owner, share in owned.shares.items()
    ]  # fmt: skip


def real_estate_of(copy: StoredCopy, answers: Answers, stored: Stored) -> Entry:
    values = _values(copy, answers)
    return _about(copy, answers, stored) | {
        "address": _address(copy, answers, values),
        "use": values.get("use"),
        "property_type": values.get("property_type"),
        "value_cents": values.get("value"),
        "value_basis": values.get("value_basis"),
        "to_be_sold": values.get("to_be_sold"),
        "rent": _counted(copy, answers, values, "rental_income"),
        "running_costs": _told(values, copy.section.field("running_costs")),
        "debt_ids": values.get("secured_loans", []),
    }


def asset_of(copy: StoredCopy, answers: Answers, stored: Stored) -> Entry:
    found = amounts(copy.section, answers, copy.facts)
    return _about(copy, answers, stored) | {
        "value_cents": next((each.cents for each in found if each.tally is Tally.ASSET), None),
        "repayable_cents": next((each.cents for each in found if each.tally is Tally.DEBT), None),
    }


def debt_of(copy: StoredCopy, answers: Answers, stored: Stored) -> Entry:
    values = _values(copy, answers)
    found = amounts(copy.section, answers, copy.facts)
    limit = next((each.cents for each in found if each.tally is Tally.LIMIT), None)
    return _about(copy, answers, stored) | {
        "lender": values.get("lender", ""),
        "balance_cents": values.get("balance"),
        "limit_cents": limit,
        "original_cents": values.get("limit") if limit is None else None,
        "repayment": _repayment(copy, values),
        "rate_percent": values.get("rate"),
        "after_settlement": values.get("after_settlement"),
        "reduced_limit_cents": values.get("reduced_limit"),
        "guaranteed_cents": values.get("guaranteed"),
        "secured_on": values.get("secured_property"),
    }


def income_of(copy: StoredCopy, answers: Answers, stored: Stored) -> Entry:
    values = _values(copy, answers)
    counted = {each.field.key: each.cents for each in amounts(copy.section, answers, copy.facts)}
    parts = [
        {"key": field.key, "label": label_of(field), **told, "counted_monthly_cents": counted.get(field.key, 0)}
        for field in copy.section.fields
        if field.tally is Tally.INCOME and (told := _told(values, field)) is not None
    ]
    entry = _about(copy, answers, stored) | {
        "amounts": parts, "foreign": None, "currency": _currency(values), "structure": None, "share_percent": None,
        "property_id": values.get("property"),
    }  # fmt: skip
    if values.get("foreign_amount") is not None:
        told = _told(values, copy.section.field("foreign_amount")) or {}
        entry["foreign"] = told | {"currency": values.get("currency"), "country": values.get("country")}
    business = copy.facts.get("businesses", {}).get(entry["id"])
    if copy.section.key == "self_employed" and business is not None:
        entry["structure"], entry["share_percent"] = business[0] or None, float(business[1] * 100)
    return entry


def _currency(values: Mapping[str, Any]) -> str | None:
    """Of a salary that is not paid in dollars of here, by its letters; "OTHER" for one that is not listed."""
    paid_in = values.get("paid_in")
    return None if paid_in in (None, "local") else str(paid_in).upper()


def purpose_of(copy: StoredCopy, answers: Answers, stored: Stored) -> Entry:
    values = _values(copy, answers)
    return {
        "id": answers.get(ITEM_ID, ""),
        "kind": values.get(TYPE),
        "name": item_title(copy.section, answers, copy.facts),
        "amount_cents": values.get("amount"),
        "comments": values.get("comments", ""),
    }


# What only some loans ask: its noun, and each answer by the name under which it is published.
_SPECIAL = {
    "needs.selling": ("sale", ("timing", "stage", "price", "settles_on", "meanwhile", "property")),
    "needs.construction": ("construction", ("contract", "builder", "contract_price", "budget", "outside", "payments",
                                            "approved", "months")),
    "needs.reverse_mortgage": ("reverse_mortgage", ("youngest_age", "others_live_there", "paid_as", "projection_seen",
                                                    "pension_considered")),
}  # fmt: skip
_PUBLISHED = {"price": "price_cents", "contract_price": "contract_price_cents", "budget": "budget_cents",
              "outside": "outside_cents", "property": "property_id"}  # fmt: skip


def special_of(read: Iterable[StoredCopy]) -> dict[str, Entry | None]:
    """The sale, the building and the reverse mortgage; None where there is none."""
    found: dict[str, Entry | None] = {noun: None for noun, _ in _SPECIAL.values()}
    for copy in read:
        if copy.section_id in _SPECIAL and copy.filled.started:
            noun, keys = _SPECIAL[copy.section_id]
            values = _values(copy, copy.filled.answers)
            found[noun] = {_PUBLISHED.get(key, key): values.get(key) for key in keys}
    return found


def _about(copy: StoredCopy, answers: Answers, stored: Stored) -> Entry:
    repeats = copy.section.repeats
    return {
        "id": answers.get(ITEM_ID, "") if repeats else f"{copy.section_id}:{copy.subject}",
        "section": copy.section_id,
        "kind": answers.get(TYPE) or None,
        "name": item_title(copy.section, answers, copy.facts) if repeats else copy.section.title,
        "owners": owners_of(owning(copy, answers, stored), copy.facts),
    }


def _values(copy: StoredCopy, answers: Answers) -> Mapping[str, Any]:
    return check(copy.section, answers, dict(copy.facts) | {"audience": "broker"}).values


def _told(values: Mapping[str, Any], field: Field) -> Entry | None:
    """An amount that flows, as it was told; None for none."""
    if values.get(field.key) is None:
        return None
    every = field.every or values.get(f"{field.key}_frequency")
    return {"amount_cents": values[field.key], "frequency": Frequency(every).value if every else None}


def _counted(copy: StoredCopy, answers: Answers, values: Mapping[str, Any], key: str) -> Entry | None:
    told = _told(values, copy.section.field(key))
    if told is None:
        return None
    found = (each.cents for each in amounts(copy.section, answers, copy.facts) if each.field.key == key)
    return told | {"counted_monthly_cents": next(found, 0)}


def _repayment(copy: StoredCopy, values: Mapping[str, Any]) -> Entry | None:
    fields = (each for each in copy.section.fields if each.tally is Tally.REPAYMENT)
    field = next(fields, None)
    return None if field is None else _told(values, field)


def _address(copy: StoredCopy, answers: Answers, values: Mapping[str, Any]) -> str:
    """Its parts in the order in which they are asked, as they read; the country only where it isn't here."""
    here = country_of(copy.facts).lower()
    parts = [
        field for field in copy.section.fields
        if field.key.startswith("address_") and field.key != "address_address_type" and values.get(field.key)
        and not (field.key == "address_country" and values[field.key] == here)
    ]  # fmt: skip
    return " ".join(say(field, answers.get(field.key, ""), copy.facts) for field in parts)
