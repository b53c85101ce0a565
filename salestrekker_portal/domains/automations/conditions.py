"""For which deals an automation is: what its form must say, the words for it, and what keeps it from a deal. Pure."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from salestrekker_portal.domains.questions.flows import LOAN_NAMES, loan_of
from salestrekker_portal.kernel.money import cents_from, money_words
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.deals import Deal

LABELS = ("label", "unlabel")
AMOUNTS = ("least", "most")
BROUGHT = {"partner": "a partner brought it", "own": "no partner brought it"}
GONE = "a label that is gone"


def checked_conditions(typed: Mapping[str, object], errors: dict[str, str]) -> dict[str, Any]:
    """Those that were set, as they will be kept; refusals land in `errors`. Whose the labels are is for the caller."""
    said = {name: clean(typed.get(name)) for name in ("loan", *LABELS, *AMOUNTS, "brought")}
    wanted: dict[str, Any] = {name: value for name, value in said.items() if value}
    if "loan" in wanted and said["loan"] not in LOAN_NAMES:
        errors["loan"] = "Choose one of the types shown."
    if "brought" in wanted and said["brought"] not in BROUGHT:
        errors["brought"] = "Choose one of those shown."
    for name in LABELS:
        if name in wanted and not _is_id(said[name]):
            errors[name] = "Choose one of the labels shown."
    if "label" in wanted and said["label"] == said["unlabel"]:
        errors["unlabel"] = "Choose another label: no deal has it and hasn’t."
    for name in AMOUNTS:
        if name in wanted and (cents := cents_from(said[name])) is None:
            errors[name] = "Enter an amount like 640,000, or leave this empty."
        elif name in wanted:
            wanted[name] = cents
    if not set(AMOUNTS) & set(errors) and set(AMOUNTS) <= set(wanted) and wanted["most"] < wanted["least"]:
        errors["most"] = "Enter at least as much as in the field before."
    return wanted


def condition_fields(only_if: Mapping[str, Any]) -> dict[str, str]:
    """What the form shows of them, by its fields."""
    fields = {name: str(only_if.get(name, "")) for name in ("loan", *LABELS, "brought")}
    return fields | {name: money_words(only_if.get(name)).lstrip("$") for name in AMOUNTS}


def condition_words(only_if: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """What has to be so of a deal, as a clause; "" for every deal. `labels`: their names by their ids."""
    said = {
        "loan": f"its type is {LOAN_NAMES[loan_of(str(only_if.get('loan')))]}",
        "least": f"its amount is at least {money_words(only_if.get('least'))}",
        "most": f"its amount is at most {money_words(only_if.get('most'))}",
        "label": f"it is labelled {labels.get(str(only_if.get('label')), GONE)}",
        "unlabel": f"it isn’t labelled {labels.get(str(only_if.get('unlabel')), GONE)}",
        "brought": BROUGHT.get(str(only_if.get("brought")), ""),
    }
    return " and ".join(words for name, words in said.items() if name in only_if)


def unmet(only_if: Mapping[str, Any], deal: Deal, on_it: Collection[str], labels: Mapping[str, str]) -> str:
    """Why it isn't for this deal, as a clause; "" when it is. `on_it`: the ids of the deal's labels."""
    loan, brought = loan_of(deal.loan_kind), "partner" if deal.partner_id else "own"
    label, unlabel, cents = str(only_if.get("label", "")), str(only_if.get("unlabel", "")), deal.value_cents
    reasons = {
        f"its type is {LOAN_NAMES[loan]}": only_if.get("loan", loan) != loan,
        f"its amount is {money_words(cents)}" if cents else "it has no amount yet":
            not only_if.get("least", cents) <= cents <= only_if.get("most", cents),
        f"it isn’t labelled {labels.get(label, GONE)}": label != "" and label not in on_it,
        f"it is labelled {labels.get(unlabel, GONE)}": unlabel in on_it,
        BROUGHT[brought]: only_if.get("brought", brought) != brought,
    }  # fmt: skip
    return " and ".join(words for words, so in reasons.items() if so)


def _is_id(raw: str) -> bool:
    try:
        return str(UUID(raw)) == raw
    except ValueError:
        return False
