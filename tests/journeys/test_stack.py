"""The main job on the production stack: proxy, two web servers, two workers, PostgreSQL, Redis, S3; some are killed.

Not part of `make test`, because it starts a dozen processes: `make stack-test`.
"""

import json
import re
import signal
import time
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from salestrekker_portal.watching.readiness import FRESH_SECONDS
from tests.journeys.steps import PATIENT_MS, add_deal, answer, come_in, enter_as, invite, link_and_pin, section
from tests.support.stack import PASSWORD

pytestmark = pytest.mark.stack

ROBIN = ("Robin", "Stackhouse", "0491 570 313", "robin.stackhouse@example.com")


def get(url: str, **headers: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer_:
            return answer_.status, answer_.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode(errors="replace")


def until(url: str, wanted: int) -> tuple[int, str]:
    """The answer with this status, or the last one: what is asked often is asked anew every few seconds only."""
    give_up = time.monotonic() + 3 * FRESH_SECONDS
    found = get(url)
    while found[0] != wanted and time.monotonic() < give_up:
        time.sleep(0.5)
        found = get(url)
    return found


def test_a_client_is_invited_answers_and_a_killed_server_is_not_noticed(everybody, stack):
    alice = enter_as(everybody.open(), "Alice")
    deal = add_deal(alice, "Stackhouse purchase", ROBIN)
    invite(alice, deal, "Robin Stackhouse")
    link, pin = link_and_pin(alice, ROBIN[3])
    robin = everybody.open(width=390)
    come_in(robin, link, pin)
    section(robin, "applicant.personal_details")
    answer(robin, "Middle name", "Wren")
    alice.goto(f"{deal}/profile")
    expect(alice.get_by_label("Middle name", exact=True).first).to_have_value("Wren", timeout=PATIENT_MS)

    stack.kill(stack.web[0])
    answer(robin, "Preferred name", "Rob")
    expect(alice.get_by_label("Preferred name", exact=True).first).to_have_value("Rob", timeout=3 * PATIENT_MS)
    stack.start_web(0)
    stack.wait()
    stack.kill(stack.web[1])
    answer(robin, "Last name", "Stackhouse-Ito")
    expect(alice.get_by_label("Last name", exact=True).first).to_have_value("Stackhouse-Ito", timeout=3 * PATIENT_MS)
    stack.start_web(1)
    stack.wait()


def test_a_killed_worker_is_missing_nobody_and_both_gone_is_said(everybody, stack):
    web = f"http://127.0.0.1:{stack.ports[0]}"
    assert get(f"{web}/ready")[0] == 200
    told = get(f"{web}/metrics", authorization=f"Bearer {PASSWORD}")[1]
    assert len(set(re.findall(r'portal_worker_silent_seconds\{worker="([^"]+)"', told))) == 2
    assert get(f"{stack.url}/metrics")[0] in (403, 404) and "secret" not in told
    for number in stack.workers:
        stack.workers[number].send_signal(signal.SIGTERM)
    assert [process.wait(timeout=20) for process in stack.workers.values()] == [0, 0], "they finish and leave"
    status, told = until(f"{web}/ready", 503)
    assert status == 503 and "nothing leaves" in json.loads(told)["parts"]["worker"]
    assert get(f"{web}/ready/here")[0] == get(f"{web}/health")[0] == 200
    for number in list(stack.workers):
        stack.start_worker(number)
    stack.wait()


def test_it_stops_cleanly_and_its_logs_hold_no_token_and_no_answer(stack):
    names = [f"web{n}" for n in stack.web] + [f"worker{n}" for n in stack.workers]
    logs = {name: stack.log(name) for name in names} | {"access": (stack.folder / "access.log").read_text()}
    ended = stack.stop()
    assert {code for name, code in ended.items() if name != "redis"} <= {0, -signal.SIGTERM}, ended
    assert "token=" not in logs["access"] and "GET /_event" in logs["access"]
    for name, log in logs.items():
        assert "Stackhouse-Ito" not in log and "Wren" not in log, name
