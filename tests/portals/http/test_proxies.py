"""Whose address counts: forwarded ones are believed from named proxies only, and IPv6 is counted by its /64."""

import pytest
from starlette.requests import Request

from salestrekker_portal import config
from salestrekker_portal.config import BadSettings, read_settings
from salestrekker_portal.domains.access.throttles import neighbourhood
from salestrekker_portal.portals.http import requests as http


def _from(monkeypatch, peer: str, forwarded: str, trusted: str) -> str:
    chosen = read_settings({"PORTAL_TRUSTED_PROXIES": trusted})
    monkeypatch.setattr(http, "settings", lambda: chosen)
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    return http.client_address(Request({"type": "http", "client": (peer, 1), "headers": headers}))


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "expected"),
    [
        ("203.0.113.5", "198.51.100.1", "", "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", "127.0.0.1", "203.0.113.5"),
        ("127.0.0.1", "198.51.100.1", "127.0.0.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "127.0.0.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.1.2.3", "127.0.0.1, 10.0.0.0/8", "198.51.100.1"),
        ("::ffff:127.0.0.1", "2001:db8::7", "127.0.0.1", "2001:db8::7"),
        ("127.0.0.1", "no address at all", "127.0.0.1", ""),
        ("127.0.0.1", "", "127.0.0.1", "127.0.0.1"),
    ],
)
def test_the_last_hop_that_is_no_named_proxy(monkeypatch, peer, forwarded, trusted, expected):
    assert _from(monkeypatch, peer, forwarded, trusted) == expected


def test_a_number_of_proxies_is_refused_in_words():
    for raw in ("1", "0", "nonsense"):
        with pytest.raises(BadSettings, match="PORTAL_TRUSTED_PROXIES"):
            read_settings({"PORTAL_TRUSTED_PROXIES": raw})


def test_production_listens_on_this_machine_unless_told():
    assert config.Settings(mode=config.Mode.PRODUCTION).host == "127.0.0.1"
    assert read_settings({"PORTAL_HOST": "0.0.0.0"}).host == "0.0.0.0"


def test_one_ipv6_line_is_one_sender():
    assert neighbourhood("2001:db8:1:2:3::4") == neighbourhood("2001:db8:1:2::9") != neighbourhood("2001:db8:1:3::9")
    assert neighbourhood("::ffff:203.0.113.5") == neighbourhood("203.0.113.5") == "203.0.113.5"
