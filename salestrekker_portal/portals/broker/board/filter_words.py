"""What filters the board, in words: chips that can be taken off, and the form's answers."""

from collections.abc import Mapping
from dataclasses import replace

from salestrekker_portal.domains.insights.choices import Called
from salestrekker_portal.domains.insights.chosen import MOST_DAYS, Settles
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.money import cents_from
from salestrekker_portal.kernel.text import clean, counted
from salestrekker_portal.portals.broker.board.address import MOST_DOLLARS, BoardAddress, read_address
from salestrekker_portal.portals.broker.words import MOVES
from salestrekker_portal.portals.incoming.parse import bool_from

SETTLES = {
    Settles.OVERDUE: "Settlement overdue",
    Settles.THIS_MONTH: "Settles this month",
    Settles.NEXT_MONTH: "Settles next month",
    Settles.NOT_SET: "No settlement day",
}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
GONE = "not there any more"


def chips_of(address: BoardAddress, called: Called) -> list[tuple[str, BoardAddress]]:
    """(words, the address without it) of each filter that has no chip of its own."""
    said = {
        "owner": f"Owner: {called.owner or GONE}" if address.owner and not address.mine else "",
        "stage": f"Stage: {called.stage or GONE}" if address.stage else "",
        "label": f"Label: {called.label or GONE}" if address.label else "",
        "partner": f"Partner: {called.partner or GONE}" if address.partner else "",
        "lender": f"Lender: {address.lender}" if address.lender else "",
        "settles": settles_words(address.settles),
        "days": f"{counted(address.days or 0, 'day')} or more in its stage" if address.days else "",
        "news": "New for me" if address.news else "",
    }
    chips = [(words, address.but(**{name: BoardAddress.__dataclass_fields__[name].default}))
             for name, words in said.items() if words]  # fmt: skip
    amount = amount_words(address)
    if amount:
        chips.append((amount, address.but(least=None, most=None)))
    if address.move and address.move not in ("us", "client"):
        chips.append((MOVES[address.move], address.but(move=None)))
    return chips


def amount_words(address: BoardAddress) -> str:
    """$400,000 to $800,000, or one end of it."""
    least, most = (None if each is None else f"${each:,}" for each in (address.least, address.most))
    if least and most:
        return f"{least} to {most}"
    return f"{least} or more" if least else f"Up to {most}" if most else ""


def settles_words(settles: str) -> str:
    """Settles in December 2026, or the like."""
    if settles in set(Settles):
        return SETTLES[Settles(settles)]
    return f"Settles in {MONTHS[int(settles[5:]) - 1]} {settles[:4]}" if settles else ""


def filter_form(address: BoardAddress) -> dict[str, str]:
    """What the form shows of an address, by its fields."""
    return {
        "owner": address.owner, "move": address.move.value if address.move else "", "stage": address.stage,
        "label": address.label, "partner": address.partner, "lender": address.lender,
        "from": "" if address.least is None else f"{address.least:,}",
        "to": "" if address.most is None else f"{address.most:,}",
        "settles": address.settles, "days": "" if address.days is None else str(address.days),
        "stale": "on" if address.stale else "", "news": "on" if address.news else "",
    }  # fmt: skip


def from_form(address: BoardAddress, typed: Mapping[str, object]) -> BoardAddress:
    """The address with what the form says. Raises Invalid (`from`, `to`, `days`)."""
    said = {name: clean(value) for name, value in typed.items()}
    errors: dict[str, str] = {}
    least, most = (_dollars(said.get(name, ""), name, errors) for name in ("from", "to"))
    if least is not None and most is not None and least > most:
        errors["to"] = "Enter an amount that is not below the first one."
    days = said.get("days", "")
    if days and not (days.isdecimal() and days.isascii() and len(days) < 6 and 0 < int(days) <= MOST_DAYS):
        errors["days"] = f"Enter a number of days from 1 to {MOST_DAYS:,}."
    if errors:
        raise Invalid(errors)
    ticks = {name: "1" if bool_from(typed.get(name)) else "" for name in ("stale", "news")}
    read = read_address(lambda name: ({**said, **ticks} | {"from": "", "to": ""}).get(name, ""))
    return address.filtered_as(replace(read, least=least, most=most))


def _dollars(raw: str, name: str, errors: dict[str, str]) -> int | None:
    if not raw:
        return None
    cents = cents_from(raw)
    if cents is None or cents // 100 > MOST_DOLLARS:
        errors[name] = "Enter an amount like 640,000, or leave this empty."
        return None
    return cents // 100
