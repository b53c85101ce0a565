"""Several pieces of news for one person in one message: the heaviest gives the subject, the others are its list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from salestrekker_portal.domains.notices.catalogue import Event
from salestrekker_portal.domains.notices.rules import Verdict
from salestrekker_portal.domains.notices.words import Words
from salestrekker_portal.domains.notifications.recipients import Recipient
from salestrekker_portal.domains.outbox.content import ITEM, SIGNED
from salestrekker_portal.kernel.sms import sms_size
from salestrekker_portal.kernel.text import shortened
from salestrekker_portal.tables.notifications import Notice

ALSO = "There is more:"
MOST_SEGMENTS, MOST_LINES, MOST_NAMED = 2, 20, 6
LINE_LIMIT = 240


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One piece of news that is about to leave, put into words and decided upon."""

    notice: Notice
    event: Event
    recipient: Recipient
    words: Words
    verdict: Verdict


def heaviest(group: Sequence[Piece]) -> Piece:
    """Whose subject, button and place the message has; of equals the first that happened."""
    return min(group, key=lambda each: (-each.event.weight, each.notice.happened_at, each.notice.id))


def together(group: Sequence[Piece]) -> Words:
    """The words of one message about all of it. One alone keeps its own."""
    first = heaviest(group)
    others = sorted((each for each in group if each is not first), key=lambda each: each.notice.happened_at)
    if not others:
        return first.words
    lines = [f"• {_line(each.words)}" for each in others]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"• And {len(lines) - MOST_LINES + 1} more"]
    own = first.words.paragraphs
    place = next((place for place, each in enumerate(own) if each.startswith(SIGNED)), len(own))
    return replace(
        first.words,
        paragraphs=[*own[:place], ALSO, *lines, *own[place:]],
        sms=with_more(first.words.sms, len(others), first.recipient.firm.credits),
    )


def _line(words: Words) -> str:
    """News in a line: its subject, and what it lists or quotes."""
    listed = [ITEM.sub("", each) for each in words.paragraphs if ITEM.match(each)]
    quoted = [each for each in words.paragraphs if each.startswith("“")]
    more = "; ".join([*listed, *quoted][:MOST_NAMED])
    return shortened(f"{words.subject}: {more}" if more else words.subject, LINE_LIMIT)


def with_more(sms: str, others: int, credits: int) -> str:
    """The text, and that there is more, where that keeps it at the price of two, and the firm has as many credits."""
    said = f"{sms} And {others} more, by e-mail or on your page."
    return said if sms_size(said).segments <= max(min(MOST_SEGMENTS, credits), sms_size(sms).segments) else sms
