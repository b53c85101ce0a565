"""What comes with a lead beside names: purpose, price, an auction, the best time to call, and the client's consent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.kernel.dates import read_day
from salestrekker_portal.kernel.days import instant_words, weekday_words
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.money import money_words, read_money
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.partners import Lead

PURPOSES = {
    "live": "Buy to live in",
    "rent_out": "Buy to rent out",
    "refinance": "Refinance",
    "build": "Build",
    "other": "Something else",
}
BEST_TIME_LIMIT = 120
# An amount or a day, however it is written.
WISH_LIMIT = 100


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """As they will be kept."""

    purpose: str = ""
    price_cents: int | None = None
    auction_on: date | None = None
    best_time: str = ""
    agreed: bool = False


def checked_wishes(typed: Mapping[str, object], today: date) -> Wishes:
    """Raises Invalid (`purpose`, `price`, `auction`, `best_time`). All of it may be left out."""
    errors: dict[str, str] = {}
    purpose = clean(typed.get("purpose"))
    if purpose and purpose not in PURPOSES:
        errors["purpose"] = "Choose one of the purposes shown."
    price, auction = clean(typed.get("price")), clean(typed.get("auction"))
    cents, wrong = read_money(price) if price else (None, None)
    errors |= {"price": wrong} if wrong else {}
    day, wrong = read_day(auction, today) if auction else (None, None)
    if len(auction) > WISH_LIMIT:
        wrong = f"Use at most {WISH_LIMIT} characters. This has {len(auction):,}."
    errors |= {"auction": wrong} if wrong else {}
    if day is not None and day < today:
        errors["auction"] = "This day has gone by. Enter the day of the auction, or leave it out."
    best_time = clean(typed.get("best_time"))
    if len(best_time) > BEST_TIME_LIMIT:
        errors["best_time"] = f"Use at most {BEST_TIME_LIMIT} characters. This has {len(best_time):,}."
    if errors:
        raise Invalid(errors)
    agreed = typed.get("agreed") in (True, "on", "1", "true")
    return Wishes(purpose=purpose, price_cents=cents, auction_on=day, best_time=best_time, agreed=agreed)


async def lead_of(session: ReadSession, deal_id: UUID) -> Lead | None:
    """What came with the referral of a deal that has been accessed already; None where nothing was kept."""
    return (await session.scalars(select(Lead).where(Lead.deal_id == deal_id))).one_or_none()


def wishes_in_words(lead: Lead, today: date, zone: str, who: str) -> list[tuple[str, str]]:
    """Names and values for the broker, in the order of a call; `who` is the partner's first name. What is not known
    is left out."""
    agreed = f"Yes, {'they' if lead.by_link else who or 'the partner'} ticked it {_at(lead.agreed_at, zone)}"
    pairs = [
        ("Best time", lead.best_time),
        ("Wants to", PURPOSES.get(lead.purpose, "")),
        ("Price", f"about {money_words(lead.price_cents)}" if lead.price_cents else ""),
        ("Auction", weekday_words(lead.auction_on, today) if lead.auction_on else ""),
        ("Agreed", agreed if lead.agreed_at else "Not said: ask before you write anything down"),
    ]
    return [(name, value) for name, value in pairs if value]


def _at(instant: datetime | None, zone: str) -> str:
    return instant_words(instant, zone)
