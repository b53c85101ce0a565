"""How the timeline of a contact reads, day by day."""

from typing import TypedDict

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.sentences import sentence_of, who_did
from salestrekker_portal.domains.insights.contact_timeline import Happened
from salestrekker_portal.domains.notifications.log import kind_words
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import instant_words, local, time_words, weekday_words
from salestrekker_portal.kernel.text import shortened

QUOTED = 400
# What a line is about, by how its kind begins; the first that fits.
_MARKS = (
    ("task:", "task"), ("request:", "file"), ("document:", "file"), ("chase:", "mail"), ("bank_statements:", "file"),
    ("portal_access:consented", "agreed"), ("portal_access:", "portal"), ("deal:moved", "moved"),
    ("lead:called", "call"), ("note:", "note"),
)  # fmt: skip


class TimelineLine(TypedDict):
    """One line; `head` is the day above it where a day begins. `mark` names its sign, `quote` is what was written,
    `how` the delivery of what was sent."""

    id: str
    head: str
    mark: str
    words: str
    deal: str
    deal_path: str
    quote: str
    how: str
    time: str
    exact: str


def timeline_lines(rows: list[Happened], actor: Actor, *, above: str = "") -> list[TimelineLine]:
    """Each with its day where one begins; `above` is the day that the list before ended with."""
    today = local(utc_now(), actor.time_zone).date()
    lines = []
    for each in rows:
        day = local(each.at, actor.time_zone).date()
        head = "Today" if day == today else weekday_words(day, today)
        lines.append(_line(each, actor, "" if head == above else head))
        above = head
    return lines


def day_of(row: Happened, actor: Actor) -> str:
    """The heading under which a row stands."""
    return timeline_lines([row], actor)[0]["head"]


def _line(each: Happened, actor: Actor, head: str) -> TimelineLine:
    return TimelineLine(
        id=str(each.id),
        head=head,
        mark=_mark(each),
        words=_words(each, actor),
        deal=each.deal,
        deal_path=f"/deals/{each.deal_id}" + {"note": "/notes", "message": "/notes"}.get(each.source, ""),
        quote=shortened(each.text, QUOTED),
        how=each.how,
        time=time_words(each.at, actor.time_zone),
        exact=instant_words(each.at, actor.time_zone),
    )


def _words(each: Happened, actor: Actor) -> str:
    deed = each.activity
    if each.source == "sent":
        way = "Text" if each.channel == "sms" else "E-mail"
        return f"{way} to {deed.actor_name or 'them'}: {kind_words(deed.kind)}"
    if each.source == "message":
        return f"{who_did(deed, you=actor.id)} wrote"
    return f"{who_did(deed, you=actor.id)} {sentence_of(deed)}"


def _mark(each: Happened) -> str:
    if each.source == "sent":
        return "text" if each.channel == "sms" else "mail"
    if each.source in ("note", "message"):
        return each.source
    return next((mark for begins, mark in _MARKS if each.activity.kind.startswith(begins)), "changed")
