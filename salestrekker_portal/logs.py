"""How the log is written: to standard output, as text or as JSON, without what people typed, and bounded.

Every process of the portal writes through one handler: `configuration` is what Python's logging and the server are
given. Nothing is cut but repetition: an outage that makes every request fail is told by its first records and then
by a count a minute, not by thousands of the same pages.
"""

import json
import logging
import logging.config
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TextIO

from salestrekker_portal.config import LogAs, settings
from salestrekker_portal.kernel.quiet_log import hide_tokens, without_secrets

WINDOW_SECONDS = 60.0
# Of one kind within a minute: so many in full, so many more as a line, and the rest as a number.
IN_FULL, AS_LINE = 3, 20
# Kinds that are remembered at most; beyond them the oldest are forgotten.
MOST_KINDS = 500


@dataclass(slots=True)
class _Kind:
    """How often one kind of record came since `since` (monotonic seconds)."""

    since: float
    seen: int = 0


class Bounded(logging.Filter):
    """Lets the first records of a kind pass; a kind is where it was written and what was raised there."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now = now
        self._kinds: dict[tuple[object, ...], _Kind] = {}

    def filter(self, record: logging.LogRecord) -> bool | logging.LogRecord:
        """Whether the record is written; late ones lose their traceback, the first of a new minute tells the count."""
        if record.levelno < logging.WARNING:
            return True
        key = _kind_of(record)
        kind = self._kinds.get(key)
        if kind is None or self._now() - kind.since >= WINDOW_SECONDS:
            missed = kind.seen - AS_LINE if kind is not None else 0
            self._kinds.pop(key, None)
            self._kinds[key] = _Kind(since=self._now(), seen=1)
            if len(self._kinds) > MOST_KINDS:
                del self._kinds[next(iter(self._kinds))]
            return _counted(record, missed) if missed > 0 else True
        kind.seen += 1
        if kind.seen <= IN_FULL:
            return True
        return kind.seen <= AS_LINE and _shortened(record)


def _kind_of(record: logging.LogRecord) -> tuple[object, ...]:
    error = record.exc_info[1] if record.exc_info else None
    place: object = None
    if error is not None:
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace is not None else None
    return record.name, record.pathname, record.lineno, type(error).__name__, place


def _shortened(record: logging.LogRecord) -> logging.LogRecord:
    """The same without its traceback: what was raised is named in the line."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        first = (str(error).splitlines() or [""])[0]
        record.msg, record.args = f"{record.getMessage()} ({type(error).__name__}: {first})", ()
        record.exc_info = record.exc_text = None
    return record


def _counted(record: logging.LogRecord, missed: int) -> logging.LogRecord:
    record.msg, record.args = f"{record.getMessage()} (and {missed} more of this kind, not written)", ()
    return record


class AsText(logging.Formatter):
    """A line a record, the traceback below it."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ")
        self.converter = time.gmtime  # type: ignore[assignment]

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record), record.name)


class AsJson(logging.Formatter):
    """One JSON object a line: at (UTC), level, logger, message, and error with its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage(), record.name),
        }
        if record.exc_info:
            told["error"] = without_secrets(self.formatException(record.exc_info), record.name)
        return json.dumps(told, ensure_ascii=False)


def configuration(form: LogAs, to: TextIO | None = None) -> dict[str, Any]:
    """For `logging.config.dictConfig`, and for the server, whose own two loggers are among them."""
    ours: dict[str, Any] = {"level": "INFO", "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"bounded": {"()": Bounded}},
        "formatters": {"portal": {"()": AsJson if form is LogAs.JSON else AsText}},
        "handlers": {
            "portal": {
                "class": "logging.StreamHandler",
                "stream": to or "ext://sys.stdout",
                "formatter": "portal",
                "filters": ["bounded"],
            }
        },
        "root": {"level": "WARNING", "handlers": ["portal"]},
        "loggers": {
            "salestrekker_portal": ours,
            "_granian": {"handlers": [], "level": "WARNING", "propagate": True},
            "granian.access": {"handlers": [], "level": "WARNING", "propagate": False},
        },
    }


def write_logs(to: TextIO | None = None) -> None:
    """From now on this process writes its log as the operator chose. Calling it again is harmless."""
    hide_tokens()
    logging.config.dictConfig(configuration(settings().log, to))
