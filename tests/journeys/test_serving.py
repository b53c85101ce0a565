"""Starting, stopping, killing and restarting the product, as a person with a terminal sees it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from salestrekker_portal.build import ROOT, build
from tests.support.server import clean_environment

pytestmark = pytest.mark.browser  # needs the production bundle


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code


def wait_until_free(port: int) -> None:
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return
        time.sleep(0.1)
    pytest.fail(f"port {port} is still in use")


def test_pages_and_unknown_addresses(server) -> None:
    assert status(server.url + "/") == 200
    assert status(server.url + "/health") == 200
    assert status(server.url + "/portal/an-unknown-link") == 200  # a helpful page, not a 404
    assert status(server.url + "/no/such/page") == 404


def test_addresses_stay_as_they_were_typed(people) -> None:
    for path in ("/sign-in", "/partner/sign-in", "/portal/an-unknown-link"):
        page = people.open(path)
        assert page.url == people.base_url + path


def test_nothing_is_built_twice(bundle) -> None:
    assert build() is False


def test_stops_when_asked(own_server) -> None:
    started = time.monotonic()
    assert own_server.stop() in (0, -signal.SIGTERM)
    assert time.monotonic() - started < 10
    assert "Traceback" not in own_server.log
    wait_until_free(own_server.port)


def test_comes_back_after_a_kill(own_server) -> None:
    own_server.kill()
    wait_until_free(own_server.port)
    own_server.restart()
    assert status(own_server.url + "/health") == 200


def test_frees_the_port_when_only_the_supervisor_is_killed(own_server) -> None:
    os.kill(own_server.process.pid, signal.SIGKILL)
    own_server.process.wait(timeout=5)
    wait_until_free(own_server.port)


def test_a_taken_port_is_one_sentence(server, tmp_path) -> None:
    refused = start("--demo", PORT=str(server.port), PORTAL_DATA=str(tmp_path))
    assert refused.returncode == 1
    assert refused.stderr.strip() == (
        f"Port {server.port} is in use. Stop what uses it, or choose another: PORT={server.port + 1}"
    )


def test_production_refuses_the_demo_secret(bundle, tmp_path) -> None:
    refused = start("--no-build", PORTAL_MODE="production", PORTAL_DATA=str(tmp_path))
    assert refused.returncode == 1
    assert "PORTAL_SECRET" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def start(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "salestrekker_portal.serve", *arguments],
        cwd=ROOT,
        env=clean_environment(**settings),
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_first_page_in_three_engines(server, people, firefox_people, webkit) -> None:
    for them in (people, firefox_people):
        assert them.open("/").get_by_role("heading", level=1).inner_text()
    webkit.get(server.url + "/")
    assert webkit.find_element("css selector", "h1").text


def test_the_committed_lock_is_what_the_build_uses(bundle) -> None:
    if not (ROOT / ".git").exists():
        pytest.fail("git can say only in a checkout whether the lock is the one that was committed")
    changed = subprocess.run(
        ["git", "status", "--porcelain", "reflex.lock", "requirements.txt", ".gitignore"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert changed.stdout == "", "commit what the build wrote"
