"""What the framework may write into the log: neither a tab's token, which is a key to its state, nor what was typed."""

import logging
import re

# "Lock for token <a tab's token>_<a State's path> was held too long", "?token=…", "disconnected client '…'"
_TOKEN = re.compile(r"(token['\"]?[\s:=]+|\bclient['\"]?[\s:=]+(?=['\"]?[0-9a-f]{8}-))[^\s,&)]+", re.IGNORECASE)
# A link in an address: a client's, a calendar's, one that ends an e-mail.
_LINK = re.compile(r"(/(?:portal|calendar|stop|demo-bank)/)[A-Za-z0-9_.-]{32,}")
# "Error transforming event argument 'version' with value '<what somebody typed>' into type <class 'int'>"
_TYPED = re.compile(r"\bwith value .*", re.DOTALL)
# "Error processing event queue entry for Event(name='…', router_data={… 'cookie': '…' …}, payload={…}) [txid=…]:"
_EVENT = re.compile(r"(\bEvent\(name=[^,\n]*,).*?(?=\)? \[txid=|\Z)", re.DOTALL)
# "Failed to deserialize event data: {…}", "Received event from session … Event data: {…}"
_DATA = re.compile(r"(\bevent data: |must be a dictionary, but received ).*", re.DOTALL | re.IGNORECASE)
_COOKIE = re.compile(
    r"(['\"](?:set-)?cookie['\"]\s*[:=,]\s*|\bcookie: )(b?'[^'\n]*'|b?\"[^\"\n]*\"|[^\n]+)", re.IGNORECASE
)
FRAMEWORK = ("reflex", "socketio", "engineio")
HIDDEN = "•••"


def hide_tokens() -> None:
    """From now on every record of this process is written without the tokens in it, and without
    the values that the framework quotes. Calling it again is harmless."""
    make = logging.getLogRecordFactory()
    if getattr(make, "hides_tokens", False):
        return

    def without_tokens(*args, **more) -> logging.LogRecord:
        record = make(*args, **more)
        text = record.getMessage() if _formats(record) else str(record.msg)
        quiet = without_secrets(text, record.name)
        if quiet != text:
            record.msg, record.args = quiet, ()
        return record

    without_tokens.hides_tokens = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(without_tokens)


def without_secrets(text: str, logger: str = "") -> str:
    """The text of a record or a traceback without tokens, and the framework's without the values that it quotes."""
    quiet = _LINK.sub(rf"\1{HIDDEN}", _TOKEN.sub(rf"\1{HIDDEN}", text))
    # Wherever one is written, it lets whoever reads it in.
    quiet = _COOKIE.sub(rf"\1{HIDDEN}", quiet)
    quiet = _DATA.sub(rf"\1{HIDDEN}", _EVENT.sub(rf"\1 {HIDDEN}", quiet))
    return _TYPED.sub(f"with value {HIDDEN}", quiet) if logger.startswith(FRAMEWORK) else quiet


def _formats(record: logging.LogRecord) -> bool:
    """A record with the wrong number of arguments is the logging module's to complain about."""
    try:
        record.getMessage()
    except (TypeError, ValueError):
        return False
    return True
