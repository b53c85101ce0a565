"""Nothing on a socket but what a page of ours sends gets as far as the framework, and nothing of it into the log."""

import json
import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reflex.app import AsyncServer
from reflex_base.registry import RegistrationContext

from salestrekker_portal.portals import every_page  # noqa: F401  registers every handler
from salestrekker_portal.portals.events import frames

TYPED = "my salary is 99"
KNOWN = "event"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from([TYPED, "", "x", "event", "hydrate"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([TYPED, "name", "payload", "token"]), inner)
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def known() -> str:
    return next(iter(RegistrationContext.get().event_handlers))


@pytest.fixture
def sio():
    """The server of sockets, behind the guard; `got` is what the framework is handed."""
    server = AsyncServer(async_mode="asgi")
    server.got = []

    async def handed(eio_sid, namespace, id, data):
        server.got.append(data)

    server._handle_event = handed
    frames.guard(server)
    return server


async def said(sio, frame) -> list:
    sio.got.clear()
    await sio.eio.handlers["message"]("a-socket", frame)
    return list(sio.got)


@pytest.mark.parametrize(
    "frame",
    [
        "", "4", "9", "2", "2[", "2[[[", "2[]", "2{}", "2null", '2"event"', '2["event"]', '2["event",null]',
        '2["event",[1,2]]', '2["event",{}]', '2["event",{"name":5}]', '2["connect",{}]', '2["disconnect","x"]',
        '2["event",{"name":"no.such","payload":{"raw":"my salary is 99"}}]', '2[null,{}]', '2[{"a":1},{}]', "3[]",
        "2" + "[" * 50_000, f'2["event",{"9" * 5_000}]', "2" + "9" * 300 + '["event",{}]', "1", "0/evil", "51-",
        "599999999999-[]", "4{}", "\ud800", b"\x04\x00", b"",
    ],
    ids=lambda frame: repr(frame)[:40],
)  # fmt: skip
async def test_what_no_page_sends_is_turned_away_in_a_line(sio, caplog, frame):
    assert await said(sio, frame) == []
    assert TYPED not in caplog.text and not any(record.exc_info for record in caplog.records)


@given(data=JSON)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_only_an_event_of_a_handler_that_there_is_is_ours(known, data):
    for told in (data, ["event", data], ["event", {"name": known, "payload": data}], ["event", {"name": data}]):
        if frames.is_ours(told) and told[0] == "event":
            assert told[1]["name"] in RegistrationContext.get().event_handlers
            assert isinstance(told[1].get("payload", {}), dict)


async def test_what_our_pages_send_is_handed_on(sio, known):
    event = ["event", {"name": known, "payload": {"raw": TYPED}, "router_data": {"pathname": "/board"}}]
    for sent in (event, ["ping"], ["client_error", {"error_type": "x"}]):
        assert await said(sio, "2" + json.dumps(sent)) == [sent]


async def test_a_fault_of_ours_is_still_told(sio):
    async def broken(*_):
        raise ZeroDivisionError

    sio._handle_connect = broken
    with pytest.raises(ZeroDivisionError):
        await sio.eio.handlers["message"]("a-socket", "0/_event,")


def test_the_app_is_guarded(caplog):
    from salestrekker_portal.salestrekker_portal import app

    logging.getLogger(__name__).info("its packets are ours: %s", app.sio.packet_class)
    assert app.sio.packet_class.__module__ == frames.__name__
    assert app.sio._handle_event.__module__ == frames.__name__
