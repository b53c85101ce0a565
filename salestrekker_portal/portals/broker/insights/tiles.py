"""The five figures on top."""

from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.broker.insights.reading import Reports
from salestrekker_portal.portals.broker.insights.shapes import FigureTile
from salestrekker_portal.portals.broker.insights.words import (
    SETTLED,
    growth_words,
    per_cent,
    points_words,
    short_money,
    speed_words,
    tenths_words,
)


def tiles_of(read: Reports) -> list[FigureTile]:
    """In the order in which they stand."""
    return [_pipeline(read), _settled(read), _took(read), _referred(read), _finished(read)]


def _pipeline(read: Reports) -> FigureTile:
    deals, likely = (sum(getattr(each, what) for each in read.pipeline) for what in ("deals", "weighted_cents"))
    cents = sum(each.cents for each in read.pipeline)
    return _tile("open", "Open pipeline", short_money(cents), f"{counted(deals, 'deal')}, {short_money(likely)} likely")


def _settled(read: Reports) -> FigureTile:
    total = read.settled.total
    change = growth_words(total("cents"), total("last_cents"))
    return _noted(read, "settled", SETTLED[read.address.since], short_money(total("cents")),
                  counted(total("deals"), "deal"), change)  # fmt: skip


def _took(read: Reports) -> FigureTile:
    days = read.settled.days
    if days is None:
        return _tile("took", "Enquiry to settled", "–", "Nothing settled yet")
    value = counted(round(days.median), "day")
    return _noted(read, "took", "Enquiry to settled", value, "", speed_words(days, read.settled.last_days))


def _referred(read: Reports) -> FigureTile:
    brought = [each for each in read.sources if each.partner_id is not None]
    now, before = (
        (sum(getattr(each, done) for each in brought), sum(getattr(each, added) for each in brought))
        for done, added in (("settled", "deals"), ("last_settled", "last_deals"))
    )
    if not now[1]:
        return _tile("referred", "Referrals that settle", "–", "Nobody was referred yet")
    said = f"{now[0]:,} of {now[1]:,}"
    return _noted(read, "referred", "Referrals that settle", per_cent(*now), said, points_words(now, before))


def _finished(read: Reports) -> FigureTile:
    days = read.finished.spread
    if days is None:
        return _tile("finished", "Clients finish in", "–", "Nobody handed in yet")
    change = speed_words(days, read.finished.last_spread, tenths=True)
    return _noted(read, "finished", "Clients finish in", tenths_words(days.median), "", change)


def _noted(read: Reports, key: str, name: str, value: str, said: str, change: tuple[str, str]) -> FigureTile:
    """With what changed since last year, where that was asked for."""
    words, tone = change if read.address.against else ("", "")
    note = ", ".join(part for part in (said, words) if part)
    return _tile(key, name, value, note[:1].upper() + note[1:], tone)


def _tile(key: str, name: str, value: str, note: str, tone: str = "") -> FigureTile:
    return {"key": key, "name": name, "value": value, "note": note, "tone": tone}
