"""A rented property and a business are one record, however many owners tell of them. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction

from salestrekker_portal.domains.questions.answers import Filled
from salestrekker_portal.domains.questions.facts import applicants_of, party_of
from salestrekker_portal.domains.questions.ownership import Shares, read_ownership
from salestrekker_portal.domains.questions.vocabulary import ITEM_ID, OWNERSHIP, Answers, Facts, Party
from salestrekker_portal.kernel.names import folded
from salestrekker_portal.kernel.numbers import read_percent

StoredAnswers = Mapping[tuple[str, str], Filled]
_RENTALS, _PROPERTY = ("income.rental", ""), ("assets.property", "")
_LET = ("investment", "holiday_home")
_NOTHING = Fraction(0)
_ALL = Fraction(1)
# What an applying business says that it is, as its owner's income page would call it.
_SET_UP = {"trust": "trust", "smsf": "trust", "partnership": "partnership", "limited_partnership": "partnership",
           "sole_trader": "sole_trader"}  # fmt: skip
_SUFFIXES = (" pty ltd", " pty limited", " limited", " ltd", " pty")


def rents(stored: StoredAnswers) -> dict[str, str]:
    """Of each line of the income page, and each property (`rented`), the line whose rent counts."""
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for item in _with_rent(stored):
        place = item.get("property") or folded(item.get("description", ""))
        if not place:
            continue
        found[item[ITEM_ID]] = first.setdefault(place, item[ITEM_ID])
        if item.get("property"):
            found[rented(item["property"])] = first[place]
    return found


def rented(property_id: str) -> str:
    """The key of a property whose rent a line of the income page tells."""
    return f"property {property_id}"


def rent_shares(stored: StoredAnswers, found: Mapping[str, str]) -> dict[str, Shares]:
    """Who receives the rent of a line of the income page, where that is told in other entries too."""
    homes = {item.get(ITEM_ID, ""): item for item in stored.get(_PROPERTY, Filled()).items}
    told: dict[str, list[Shares]] = defaultdict(list)
    for item in _with_rent(stored):
        answered = shares_in(item) or shares_in(homes.get(item.get("property", ""), {}))
        if answered and item[ITEM_ID] in found:
            told[found[item[ITEM_ID]]].append(answered)
    return {item: _mean(each) for item, each in told.items()}


def rent_untold(stored: StoredAnswers) -> bool:
    """Whether somebody owns a property to let, and did not tell its rent with it."""
    homes = stored.get(_PROPERTY, Filled()).items
    return any(each.get("use") in _LET and not each.get("rental_income", "").strip() for each in homes)


def _with_rent(stored: StoredAnswers) -> Iterator[Answers]:
    for item in stored.get(_RENTALS, Filled()).items:
        if item.get("amount", "").strip() and item.get(ITEM_ID):
            yield item


def shares_in(item: Answers) -> Shares | None:
    typed = item.get(OWNERSHIP, "")
    return read_ownership(typed)[0] if typed else None


def _mean(told: list[Shares]) -> Shares:
    """Each owner who told it for themselves has an equal part."""
    if len(told) == 1:
        return told[0]
    summed: Counter[str] = Counter()
    for shares in told:
        for owner, share in shares.items():
            summed[owner] += share  # type: ignore[assignment]
    return {owner: share / len(told) for owner, share in summed.items()}


def businesses(stored: StoredAnswers, facts: Facts) -> dict[str, tuple[str, Fraction]]:
    """Of each business on somebody's income page, by entry: how it is set up, and their part of its profit.

    A business that applies itself tells its profit on its own pages. One that two people tell without their shares is
    divided evenly.
    """
    applying = _applying(stored, facts)
    entries = list(_entries(stored, facts))
    known = {name: [share for other, _, _, share in entries if other == name] for name, *_ in entries}
    found = {}
    for name, item, structure, share in entries:
        if name and name in applying:
            # Its profit is told on its own pages; what it pays its owner is told here alone.
            structure, part = structure or applying[name], _NOTHING
        elif share is not None:
            part = share
        else:
            told = [each for each in known[name] if each is not None] if name else []
            untold = known[name].count(None) if name else 1
            part = max(_ALL - sum(told, _NOTHING), _NOTHING) / untold if told or untold > 1 else _ALL
        found[item] = (structure, part)
    return found


def _applying(stored: StoredAnswers, facts: Facts) -> dict[str, str]:
    """Every name of a business that applies itself, with how it is set up: a company, where it does not say."""
    names = {}
    for contact, name in applicants_of(facts):
        if party_of(facts, contact) is Party.COMPANY:
            details = stored.get(("entity.details", contact), Filled()).answers
            structure = _SET_UP.get(details.get("entity_type", ""), "company")
            for each in (name, details.get("legal_name", ""), details.get("trading_name", "")):
                names[_bare(each)] = structure
    names.pop("", None)
    return names


def businesses_at_work(stored: StoredAnswers, contact: str) -> list[Answers]:
    """What somebody does for themselves now, as told with their work."""
    return [
        item for item in stored.get(("applicant.employment", contact), Filled()).items
        if item.get("type") == "self_employed" and item.get("current") != "previous"
    ]  # fmt: skip


def _entries(stored: StoredAnswers, facts: Facts) -> Iterator[tuple[str, str, str, Fraction | None]]:
    for contact, _ in applicants_of(facts):
        work, items = businesses_at_work(stored, contact), stored.get(("income.self_employed", contact), Filled()).items
        for item in items:
            name = _bare(item.get("business_name", ""))
            same = [each for each in work if _bare(each.get("business_name", "")) == name]
            # One business at work and one with a profit are the same, however each is spelt.
            only = work[0] if len(work) == len(items) == 1 else {}
            job = same[0] if same else only
            structure = job.get("structure") or item.get("structure", "")
            typed = job.get("business_share") or item.get("business_share", "")
            share = read_percent(typed, None, None)[0] if typed and structure != "sole_trader" else None
            yield name, item.get(ITEM_ID, ""), structure, None if share is None else Fraction(str(share)) / 100


def _bare(name: str) -> str:
    bare = folded(name).replace(".", "").strip()
    for suffix in _SUFFIXES:
        bare = bare.removesuffix(suffix)
    return bare.strip()
