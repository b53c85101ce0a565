"""No tab token reaches the log, however the framework puts it."""

import logging

import pytest

from salestrekker_portal.kernel.quiet_log import hide_tokens

SECRET = "3f1c8a52-77aa-4d7a-9a53-8a5f0c1f2e11"


@pytest.fixture(autouse=True)
def _quiet():
    before = logging.getLogRecordFactory()
    hide_tokens()
    yield
    logging.setLogRecordFactory(before)


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        (f"Lock for token {SECRET}_root was held too long time_taken=3.1s", ()),
        ("GET /_event/?token=%s&EIO=4", (SECRET,)),
        ("unknown token: %s", (SECRET,)),
        (f"Attempting to send delta to disconnected client '{SECRET}'", ()),
        ("{'token': '%s'}", (SECRET,)),
        ("GET /portal/%s 500", (SECRET.replace("-", ""),)),
        ("no page for /calendar/YWJj.%s.ics", (SECRET,)),
    ],
)
def test_tokens_stay_out(caplog, text, arguments):
    logging.getLogger("reflex.istate.manager.redis").warning(text, *arguments)
    assert SECRET not in caplog.text and "•••" in caplog.text


def test_what_was_typed_stays_out(caplog):
    typed = "my tax file number\nis 123 456 782"
    logging.getLogger("reflex_base.event.processor").warning(
        f"Error transforming event payload for handler Deal.save: argument 'version' with value {typed!r} is no int"
    )
    assert "123 456 782" not in caplog.text and "Deal.save" in caplog.text


@pytest.mark.parametrize(
    "text",
    [
        "Error processing event queue entry for Event(name='deal.gone', router_data={'headers': {'cookie': "
        "'broker-session=HELD'}, 'token': 'HELD'}, payload={'raw': 'HELD\\nHELD', 'more': \"it's HELD\"}) [txid=1f]:",
        "Failed to deserialize event data: {'name': 'x', 'payload': {'raw': 'HELD'}}.",
        "Received event from session 7 with no associated token. This may indicate a bug. Event data: {'raw': 'HELD'}",
        "Event data must be a dictionary, but received ['HELD'] of type <class 'list'>.",
        "headers [(b'cookie', b'broker-session=HELD'), (b'host', b'x')]",
        "Cookie: broker-session=HELD; partner-session=HELD",
    ],
)
@pytest.mark.parametrize("logger", ["reflex_base.event.processor.event_processor", "asyncio", "salestrekker_portal"])
def test_neither_cookies_nor_what_came_with_an_event(caplog, text, logger):
    logging.getLogger(logger).error(text)
    assert "HELD" not in caplog.text and "•••" in caplog.text


def test_which_event_it_was_is_said(caplog):
    text = "Error processing event queue entry for Event(name='deal.gone', router_data={}, payload={}) [txid=1f]:"
    logging.getLogger("reflex_base").error(text)
    assert "Event(name='deal.gone', •••) [txid=1f]:" in caplog.text


def test_everything_else_is_written_as_it_was(caplog):
    logging.getLogger("salestrekker_portal").warning("the queue %s waits %d s", "sms", 5)
    assert "the queue sms waits 5 s" in caplog.text
