"""Short ways to declare questions that come again and again."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from salestrekker_portal.domains.questions.catalogue.countries import COUNTRIES
from salestrekker_portal.domains.questions.conditions import Condition, all_of, answer_is, answer_is_not, fact, filled
from salestrekker_portal.domains.questions.vocabulary import (
    OWNERSHIP,
    TYPE,
    Field,
    Frequency,
    Kind,
    Loan,
    Option,
    Section,
    Tally,
)

NOTHING = "Nothing to add here"

# What is asked for some loans only: for a home, or for real estate of a business.
PROPERTY_LOANS = (Loan.HOME, Loan.COMMERCIAL)
ASSET_LOANS = (Loan.ASSET_CONSUMER, Loan.ASSET_COMMERCIAL)
BUSINESS_LOANS = (Loan.ASSET_COMMERCIAL, Loan.COMMERCIAL)

FREQUENCIES = (
    Option(Frequency.WEEKLY, "a week"),
    Option(Frequency.FORTNIGHTLY, "a fortnight"),
    Option(Frequency.FOUR_WEEKLY, "every 4 weeks"),
    Option(Frequency.MONTHLY, "a month"),
    Option(Frequency.QUARTERLY, "a quarter"),
    Option(Frequency.HALF_YEARLY, "half a year"),
    Option(Frequency.YEARLY, "a year"),
)

STATES = (
    Option("nsw", "NSW"),
    Option("vic", "VIC"),
    Option("qld", "QLD"),
    Option("wa", "WA"),
    Option("sa", "SA"),
    Option("tas", "TAS"),
    Option("act", "ACT"),
    Option("nt", "NT"),
)

NZ_REGIONS = tuple(
    Option(name.lower().replace(" ", "_").replace("-", "_").replace("’", "").replace("ū", "u"), name)
    for name in (
        "Northland", "Auckland", "Waikato", "Bay of Plenty", "Gisborne", "Hawke’s Bay", "Taranaki",
        "Manawatū-Whanganui", "Wellington", "Tasman", "Nelson", "Marlborough", "West Coast", "Canterbury", "Otago",
        "Southland", "Chatham Islands",
    )
)  # fmt: skip

STREET_TYPES = tuple(
    Option(name.lower(), name)
    for name in (
        "Street", "Road", "Avenue", "Court", "Drive", "Place", "Crescent", "Close", "Lane", "Way", "Parade",
        "Terrace", "Boulevard", "Circuit", "Grove", "Highway", "Esplanade", "Square", "Rise", "Mews", "Quay",
        "Track", "Walk", "Loop",
    )
)  # fmt: skip
# Suburbs end in these too, as Box Hill does: to choose, and not to tell by where a street ends.
RARER_STREET_TYPES = tuple(
    Option(name.lower(), name)
    for name in (
        "Alley", "Approach", "Arcade", "Bay", "Beach", "Bend", "Boardwalk", "Brae", "Broadway", "Bypass", "Causeway",
        "Centre", "Chase", "Circle", "Common", "Concourse", "Corner", "Cove", "Crest", "Cross", "Crossing", "Dale",
        "Dell", "Edge", "Elbow", "End", "Entrance", "Freeway", "Gardens", "Gate", "Glade", "Glen", "Green", "Heights",
        "Hill", "Island", "Junction", "Key", "Landing", "Line", "Link", "Mall", "Nook", "Outlook", "Parkway", "Pass",
        "Path", "Plaza", "Pocket", "Point", "Promenade", "Ramble", "Reach", "Reserve", "Retreat", "Ridge", "Round",
        "Row", "Run", "Spur", "Strand", "Trail", "Turn", "Vale", "Valley", "View", "Vista", "Waters", "Wharf", "Wynd",
    )
)  # fmt: skip


def options(*pairs: tuple[str, str]) -> tuple[Option, ...]:
    """Options from (value, label) pairs."""
    return tuple(Option(value, label) for value, label in pairs)


def country(key: str, label: str, default: str = "au", **more: Any) -> Field:
    """A country to choose; Australia until somebody says otherwise."""
    return Field(key=key, label=label, kind=Kind.SELECT, options=COUNTRIES, default=default, **more)


def money(key: str, label: str, **more: Any) -> Field:
    """An amount in dollars; limits in cents."""
    return Field(key=key, label=label, kind=Kind.MONEY, prefix="$", **more)


def money_each(key: str, label: str, default: str = "", begins: str = "", **more: Any) -> tuple[Field, Field]:
    """An amount and, beside it, how often: `key` and `key`_frequency."""
    often = Field(
        key=f"{key}_frequency",
        label=f"{label}: how often",
        kind=Kind.FREQUENCY,
        options=FREQUENCIES,
        default=default,
        begins=begins,
        beside=key,
        when=more.get("when"),
        required_when=filled(key),
        group=str(more.get("group", "")),
        broker_only=bool(more.get("broker_only")),
    )
    return money(key, label, **more), often


def yes_no(key: str, label: str, **more: Any) -> Field:
    """A question answered by yes or no."""
    return Field(key=key, label=label, kind=Kind.YES_NO, **more)


def percent(key: str, label: str, **more: Any) -> Field:
    """A percentage."""
    return Field(key=key, label=label, kind=Kind.PERCENT, suffix="%", **more)


def item_type(label: str, kinds: tuple[Option, ...]) -> Field:
    """Which kind of item this is; chosen from the section's menu when the item is added."""
    return Field(key=TYPE, label=label, kind=Kind.SELECT, options=kinds, required=True)


def ownership(label: str = "Whose is it?", *, personal: bool = False, help: str = "") -> Field:
    """Who owns what part. Even parts until somebody says otherwise, so never missing.

    What is `personal` can't be owned with somebody outside the deal, so somebody alone is not asked.
    """
    when = fact("has_other_applicants") if personal else None
    return Field(key=OWNERSHIP, label=label, kind=Kind.OWNERSHIP, when=when, help=help)


def of_type(*kinds: str) -> Condition:
    """Asked only of these kinds of item."""
    return answer_is(TYPE, *kinds)


def address(
    prefix: str,
    group: str,
    *,
    required: bool = True,
    po_box: bool = False,
    no_fixed: bool = False,
    home: str = "au",
    when: Condition | None = None,
    asked_because: str = "",
    help: str = "",
    fills: bool = False,
) -> tuple[Field, ...]:
    """The parts of an address, each a field `prefix`_part, under one legend.

    "Non-standard" is for places without a street number: it asks for a description instead; `no_fixed` is for
    somebody without an address, who says where they can be reached. `home` is the country until somebody says
    otherwise. `fills`: whether a browser may fill it in with what it knows of the person.
    """
    kind = f"{prefix}_address_type"
    settled = _joined(when, answer_is_not(kind, "no_fixed")) if no_fixed else when
    standard, box = (_joined(when, answer_is(kind, value)) for value in ("standard", "po_box"))
    described = _joined(when, answer_is(kind, "non_standard", *(["no_fixed"] if no_fixed else [])))
    parts = (
        Field(key="address_type", label="Kind of address", kind=Kind.CARDS, default="standard", help=help,
              options=_kinds_of_address(po_box, no_fixed), asked_because=asked_because),
        *_street(required, standard, described, _token(fills, "address-line1"), no_fixed),
        *((Field(key="po_box", label="PO box", max_length=40, required=required, when=box),) if po_box else ()),
        Field(key="suburb", label="Suburb or town", required=required, when=settled,
              autocomplete=_token(fills, "address-level2")),
        country("country", "Country", default=home, required=required, autocomplete=_token(fills, "country")),
        *_regions(required, settled, f"{prefix}_country", home, _token(fills, "address-level1")),
        # Hong Kong and the Emirates have none; Ireland's are rarely used.
        Field(key="postcode", label="Postcode", max_length=12, when=settled,
              autocomplete=_token(fills, "postal-code"),
              required_when=answer_is(f"{prefix}_country", "au", "nz") if required else None),
    )  # fmt: skip
    return tuple(replace(p, key=f"{prefix}_{p.key}", group=group, when=p.when or when) for p in parts)


def _regions(required: bool, settled: Condition | None, land: str, home: str, token: str) -> tuple[Field, ...]:
    """The state or region: from a list where it is Australia's, or New Zealand's asked at home; typed elsewhere."""
    listed = ("au", "nz") if home == "nz" else ("au",)
    of_nz = Field(key="nz_region", label="Region", kind=Kind.SELECT, options=NZ_REGIONS, required=required,
                  when=_joined(settled, answer_is(land, "nz")))  # fmt: skip
    return (
        Field(key="state", label="State", kind=Kind.SELECT, options=STATES, required=required,
              when=_joined(settled, answer_is(land, "au"))),
        *((of_nz,) if home == "nz" else ()),
        Field(key="region", label="State, province or region", autocomplete=token,
              when=_joined(settled, answer_is_not(land, *listed))),
    )  # fmt: skip


def _street(required: bool, standard: Condition, described: Condition, token: str, no_fixed: bool) -> tuple[Field, ...]:
    reached = " Without an address: where and how you can be reached." if no_fixed else ""
    return (
        Field(key="unit", label="Unit or flat", max_length=20, when=standard),
        Field(key="level", label="Level", max_length=20, when=standard),
        Field(key="street_number", label="Street number", max_length=20, required=required, when=standard),
        Field(key="street_name", label="Street name", required=required, when=standard, autocomplete=token),
        Field(key="street_type", label="Street type", kind=Kind.SELECT, when=standard,
              options=(*STREET_TYPES, *RARER_STREET_TYPES)),
        Field(key="description", label="Where it is", required=required, when=described,
              help=f"For example, a property name, lot number or the nearest crossroads.{reached}"),
    )  # fmt: skip


def _kinds_of_address(po_box: bool, no_fixed: bool) -> tuple[Option, ...]:
    kinds = [("standard", "Street address"), ("non_standard", "No street number")]
    kinds += [("po_box", "PO box")] if po_box else []
    return options(*kinds, *([("no_fixed", "No fixed address")] if no_fixed else []))


def _token(fills: bool, name: str) -> str:
    # Without "home" before it: that goes with phones and e-mail alone, and a browser takes no notice of a wrong token.
    return name if fills else ""


def _joined(outer: Condition | None, inner: Condition) -> Condition:
    """Both, where there is an outer one."""
    return all_of(outer, inner) if outer else inner


def varied(
    section: Section,
    *,
    drop: Iterable[str] = (),
    swap: Mapping[str, Field] | None = None,
    after: Mapping[str, tuple[Field, ...]] | None = None,
    **facts: Any,
) -> Section:
    """A section of another country or loan: without some fields, with others in their place or after them.

    Swapped fields keep their keys, so that an answer means the same. KeyError for a field that isn't there.
    """
    gone, swap, after = set(drop), dict(swap or {}), dict(after or {})
    for key in (*gone, *swap, *after):
        section.field(key)
    fields: list[Field] = []
    for each in section.fields:
        if each.key not in gone:
            fields.append(swap.get(each.key, each))
        fields += after.get(each.key, ())
    return replace(section, fields=tuple(fields), **facts)


def reworded(section: Section, **labels: str) -> dict[str, Field]:
    """Fields of a section with other labels, for `varied`."""
    return {key: replace(section.field(key), label=label) for key, label in labels.items()}


def amount_owed(**more: Any) -> Field:
    """What is owed today, counted among debts."""
    return money("balance", "Owed today", tally=Tally.DEBT, **more)
