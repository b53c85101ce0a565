"""Whom to tell of a weakness stands where RFC 9116 wants it, once the operator has said who that is."""

from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette

from salestrekker_portal.config import BadSettings, read_settings, settings
from salestrekker_portal.portals.routes import security_txt


async def asked() -> httpx.Response:
    transport = httpx.ASGITransport(Starlette(routes=security_txt.SECURITY_TXT_ROUTES))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as browser:
        return await browser.get("/.well-known/security.txt")


async def test_it_says_whom_to_write_to_and_until_when(monkeypatch, frozen_clock):
    assert (await asked()).status_code == 404
    read = read_settings({"PORTAL_SECURITY_CONTACT": "a@example.com"})
    chosen = replace(settings(), security_contact=read.security_contact)
    monkeypatch.setattr(security_txt, "settings", lambda: chosen)
    told = dict(line.split(": ", 1) for line in (await asked()).text.splitlines())
    assert told["Contact"] == "mailto:a@example.com" and told["Expires"] == "2026-09-04T22:41:00Z"
    assert told["Canonical"] == "http://localhost:8000/.well-known/security.txt"


def test_what_is_no_address_stops_the_start():
    assert read_settings({"PORTAL_SECURITY_CONTACT": "https://example.com/weak"}).security_contact.startswith("https://")
    with pytest.raises(BadSettings, match="PORTAL_SECURITY_CONTACT"):
        read_settings({"PORTAL_SECURITY_CONTACT": "call us"})
