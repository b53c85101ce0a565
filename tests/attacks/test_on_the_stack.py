"""The attackers against the production stack: each comes by both web servers at once, and through the proxy.

What one process keeps to itself (what it has counted, whom it has let in) is what two of them could be played off with.
Not part of `make test`: `make stack-test`.
"""

import re
import socket
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx
import psycopg
import pytest

from salestrekker_portal.demo import cast
from tests.journeys.steps import add_deal, enter_as, invite, link_and_pin

pytestmark = pytest.mark.stack

ALICE = next(person for person in cast.STAFF if person.key == "alice")
ROBIN = ("Robin", "Besieged", "0491 570 314", "robin.besieged@example.com")
MEGABYTE = 1024 * 1024
TAKE_BODIES = (
    "/session/broker", "/session/client", "/session/client/passkey", "/session/forgot", "/files", "/refer/x",
    "/api/v1/deals", "/webhooks/sendgrid", "/webhooks/twilio/x", "/_event/?EIO=4&transport=polling",
)  # fmt: skip


@pytest.fixture
def doors(stack):
    """Both web servers, by themselves: an attacker on the machine's own network, or one whom the proxy spreads."""
    return stack.web_urls


def rows(stack, query: str, *values: object) -> list[tuple]:
    with psycopg.connect(stack.database.replace("+psycopg", "")) as connection:
        return connection.execute(query, values).fetchall()


class Attacker:
    """Posts as a page of the portal would, from ever new addresses if told to."""

    def __init__(self, stack, cookie: str = "") -> None:
        self.own = {"host": stack.url.removeprefix("http://"), "origin": stack.url}
        self.own |= {"cookie": cookie} if cookie else {}

    def post(self, url: str, place: int = 0, **data: str) -> httpx.Response:
        moved = {"x-forwarded-for": f"203.0.113.{place}"} if place else {}
        return httpx.post(url, headers={**self.own, **moved}, data=data, timeout=30)

    def get(self, url: str) -> httpx.Response:
        return httpx.get(url, headers=self.own, timeout=30)


def session_of(stack, person: str) -> str:
    """A cookie of somebody who entered by the proxy."""
    answer = Attacker(stack).post(f"{stack.url}/session/demo", person=person)
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in answer.cookies.jar)


def at_once(does, many: int) -> list:
    with ThreadPoolExecutor(8) as hands:
        return list(hands.map(does, range(many)))


def test_long_bodies_to_where_none_is_taken_close_the_site_for_nobody(stack):
    """Three of them made the proxy put both servers aside, and everybody read 502 for as long as it went on."""
    body, over = b"a" * (2 * MEGABYTE), time.monotonic() + 6

    def attack(_):
        while time.monotonic() < over:
            try:
                httpx.post(f"{stack.url}/board", headers={"origin": stack.url}, content=body, timeout=5)
            except httpx.HTTPError:
                continue

    with ThreadPoolExecutor(3) as hands:
        for each in range(3):
            hands.submit(attack, each)
        said = Counter()
        while time.monotonic() < over:
            said[httpx.get(f"{stack.url}/sign-in", timeout=20).status_code] += 1
            time.sleep(0.1)
    assert set(said) == {200}, said


@pytest.mark.parametrize("path", ["/board", "/no-such-page", "/session/forgot", "/files", "/api/v1/deals"])
def test_a_body_that_is_not_read_is_answered_all_the_same(stack, path):
    """A client that sends everything before it reads, as proxies do."""
    for port in stack.ports:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
            size = MEGABYTE - 1
            line.sendall(f"POST {path} HTTP/1.1\r\nHost: {stack.url[7:]}\r\nContent-Length: {size}\r\n\r\n".encode())
            time.sleep(0.3)
            line.sendall(b"a" * size)
            assert re.match(rb"HTTP/1\.1 4\d\d ", line.recv(100))


def test_who_signed_out_at_one_server_is_out_at_the_other(stack, doors):
    alice = session_of(stack, "alice")
    mine = f"/files/{uuid4()}"
    assert [Attacker(stack, alice).get(door + "/board").headers["cache-control"] for door in doors] == ["no-store"] * 2
    Attacker(stack, alice).post(doors[0] + "/session/end", portal="broker")
    for door in doors:
        answer = Attacker(stack, alice).get(door + "/board")
        assert "kb-name" not in answer.text and answer.headers["cache-control"] != "no-store"
        assert Attacker(stack, alice).get(door + mine).status_code in (401, 404)


def test_guesses_at_both_doors_are_counted_together_and_keep_nobody_out(stack, doors):
    """From thirty addresses at once, by both servers: no more are looked at than at one, and she comes in meanwhile."""
    with httpx.Client(headers=Attacker(stack).own) as desk:
        own = {"email": ALICE.email, "password": ALICE.password}
        assert desk.post(doors[0] + "/session/broker", data=own).headers["location"] == "/board"

        def guess(n: int) -> httpx.Response:
            guessed = {"email": ALICE.email, "password": f"a guess of mine {n}"}
            return Attacker(stack).post(f"{doors[n % 2]}/session/broker", n + 1, **guessed)

        assert {answer.headers["location"] for answer in at_once(guess, 30)} == {"/sign-in"}
        why = rows(stack, "SELECT facts::text FROM security_events WHERE kind = 'sign_in:refused'")
        looked_at = [facts for (facts,) in why if "wait" not in facts.lower()]
        assert 0 < len(looked_at) <= 6 < len(why) <= 30, Counter(why)
        assert desk.post(doors[1] + "/session/broker", data=own).headers["location"] == "/board"


def test_pins_are_guessed_and_sent_no_oftener_by_two_servers(stack, everybody, doors):
    alice = enter_as(everybody.open(), "Alice")
    deal = add_deal(alice, "Besieged purchase", ROBIN)
    invite(alice, deal, "Robin Besieged")
    link, pin = link_and_pin(alice, ROBIN[3])
    token = link.rpartition("/")[2]
    wrong = [f"{n:06}" for n in range(40) if f"{n:06}" != pin]
    at_once(lambda n: Attacker(stack).post(f"{doors[n % 2]}/session/client", n + 1, token=token, pin=wrong[n]), 30)
    answer = Attacker(stack).post(f"{doors[0]}/session/client", 99, token=token, pin=pin)
    assert not [name for name in answer.cookies if "client-session" in name], (
        "thirty guesses, and the PIN is still good"
    )
    texts = "SELECT count(*) FROM outbox WHERE channel = 'sms'"
    before = rows(stack, texts)[0][0]
    at_once(lambda n: Attacker(stack).post(f"{doors[n % 2]}/session/client/pin", n + 1, token=token), 16)
    assert rows(stack, texts)[0][0] - before <= 3


def test_one_press_that_reaches_both_servers_is_one(stack, doors):
    """The same intention at the same moment, as when a proxy asks the next server what it asked the first."""
    sent = "SELECT count(*) FROM outbox WHERE kind = 'account.password_link'"
    before, press = rows(stack, sent)[0][0], {"email": ALICE.email, "_intention": str(uuid4())}
    at_once(lambda n: Attacker(stack).post(f"{doors[n % 2]}/session/forgot", n + 1, **press), 8)
    assert rows(stack, sent)[0][0] - before == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "null"},
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
    ids=str,
)
def test_other_sites_send_no_form_by_any_door(stack, doors, headers):
    alice = session_of(stack, "alice")
    for door in (stack.url, *doors):
        answer = httpx.post(
            f"{door}/session/end", headers=Attacker(stack, alice).own | headers, data={"portal": "broker"}
        )
        assert answer.status_code == 403
    assert Attacker(stack, alice).get(doors[0] + "/board").headers["cache-control"] == "no-store", (
        "and nothing came of it"
    )


@pytest.mark.parametrize(
    "path",
    ["/metrics", "/_upload", "/_upload/x", "/.env", "/portal.db", "/.git/config", "/..%2f..%2fetc/passwd",
     "/assets/..%2f..%2frxconfig.py", "/assets/%2e%2e/%2e%2e/rxconfig.py", "/session/set-up"],
)  # fmt: skip
def test_nothing_lies_about(stack, doors, path):
    for door in (stack.url, *doors):
        answer = Attacker(stack).get(door + path)
        assert answer.status_code in (400, 403, 404, 405), (door, answer.status_code)
        assert "SECRET" not in answer.text


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"[" * 200_000),
        ("multipart/form-data; boundary=" + "b" * 5_000, b"x"),
        ("multipart/form-data", b"x"),
        ("application/x-www-form-urlencoded", b"email=%ED%A0%80&password=%FF%FE%00"),
        ("application/x-www-form-urlencoded", b"&" * 60_000),
        ("application/x-www-form-urlencoded; charset=utf-16", b"\xff\xfee\x00"),
        ("text/plain", b"\x00" * 1000),
    ],
    ids=["deep", "boundary", "no boundary", "surrogates", "fields", "charset", "zeros"],
)
def test_garbage_is_no_fault_of_ours(stack, kind, body):
    for path in TAKE_BODIES:
        headers = Attacker(stack).own | {"content-type": kind}
        assert httpx.post(stack.url + path, headers=headers, content=body, timeout=20).status_code < 500, path
