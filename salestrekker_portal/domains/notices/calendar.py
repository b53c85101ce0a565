"""A day of a message for somebody's own calendar (RFC 5545). Pure: the address says all that the file does, signed."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta

from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.tokens import said_in, signed

PURPOSE = "calendar"
# Names of documents in three bytes a letter, as addresses write them.
TOKEN_LIMIT = 3_000
_LINE = 73  # octets, and two more that end a line


@dataclass(frozen=True, kw_only=True)
class CalendarDay:
    """`day` is ISO; `title` what stands in the calendar, `about` a line or two below it. No link that lets in."""

    day: str
    title: str
    about: str = ""


def token_for(day: CalendarDay, secret: str) -> str:
    return signed(json.dumps(asdict(day), ensure_ascii=False).encode(), secret=secret, purpose=PURPOSE)


def day_behind(token: object, secrets: Sequence[str]) -> CalendarDay:
    """What a token says that was signed under any of the secrets. Raises NotFound for anything that we didn't sign."""
    said = said_in(token, secrets=secrets, purpose=PURPOSE, limit=TOKEN_LIMIT)
    if said is None:
        raise NotFound("page")
    return CalendarDay(**json.loads(said))


def calendar_file(day: CalendarDay, *, key: str, now: datetime) -> str:
    """The whole file: one event of a whole day, with a reminder the evening before. `key` keeps it one entry when it
    is opened twice."""
    begin = date.fromisoformat(day.day)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Salestrekker Portal//EN", "METHOD:PUBLISH", "BEGIN:VEVENT",
        f"UID:{key}@salestrekker-portal", f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{begin:%Y%m%d}", f"DTEND;VALUE=DATE:{begin + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(day.title)}", *([f"DESCRIPTION:{_text(day.about)}"] if day.about else []),
        "TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(day.title)}", "TRIGGER:-PT6H",
        "END:VALARM", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _text(raw: str) -> str:
    plain = raw.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(plain.splitlines())


def _folded(line: str) -> list[str]:
    """Lines of at most 75 octets, never cut inside a letter; the next ones begin with a space."""
    folded, now = [], ""
    for letter in line:
        if len((now + letter).encode()) > _LINE:
            folded.append(now)
            now = " "
        now += letter
    return [*folded, now]
