"""An operator finds every setting in the example file and in the manual, and none that does not exist."""

import re
from dataclasses import fields

import pytest

from salestrekker_portal.build import ROOT
from salestrekker_portal.config import BadSettings, Settings, environment_name, read_settings

KNOWN = {environment_name(field.name) for field in fields(Settings)}
EXAMPLE = (ROOT / "deploy/env.example").read_text()
MANUAL = (ROOT / "docs/operations.md").read_text()


def test_the_example_file_has_every_setting_and_no_other() -> None:
    assert set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE)) == KNOWN


def test_the_manual_has_every_setting_and_no_other() -> None:
    assert set(re.findall(r"^\| `([A-Z_]+)`", MANUAL, re.MULTILINE)) == KNOWN


CARRIERS = {
    "PORTAL_TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "PORTAL_TWILIO_AUTH_TOKEN": "t",
    "PORTAL_TWILIO_SENDER": "MG" + "0" * 32,
    "PORTAL_EMAIL_FROM": "portal@example.com",
    "PORTAL_SENDGRID_API_KEY": "k",
    "PORTAL_SENDGRID_WEBHOOK_KEY": "w",
}


def test_the_example_needs_only_secrets_and_carriers() -> None:
    given = dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))
    with pytest.raises(BadSettings, match="PORTAL_SECRET"):
        read_settings(given)
    given["PORTAL_SECRET"] = "x" * 48
    for name in CARRIERS:
        with pytest.raises(BadSettings, match=name):
            read_settings(given | CARRIERS | {name: ""})
    assert read_settings(given | CARRIERS).mode == "production"


@pytest.mark.parametrize("name", ["PORTAL_SMS", "PORTAL_EMAIL"])
def test_production_does_not_start_with_messages_on_screen(name: str) -> None:
    given = dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE)) | CARRIERS | {"PORTAL_SECRET": "x" * 48}
    with pytest.raises(BadSettings, match=f"{name}: in production messages have to leave"):
        read_settings(given | {name: "screen"})
    with pytest.raises(BadSettings, match="pigeon"):
        read_settings(given | {name: "pigeon"})


def test_production_does_not_start_without_a_virus_scanner() -> None:
    given = dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE)) | CARRIERS | {"PORTAL_SECRET": "x" * 48}
    with pytest.raises(BadSettings, match="PORTAL_SCANNER to clamav"):
        read_settings(given | {"PORTAL_SCANNER": "none"})
    with pytest.raises(BadSettings, match="PORTAL_CLAMAV_ADDRESS"):
        read_settings(given | {"PORTAL_CLAMAV_ADDRESS": ""})


def test_the_demo_sends_nothing_to_real_people() -> None:
    with pytest.raises(BadSettings, match="invented"):
        read_settings(CARRIERS | {"PORTAL_MODE": "demo", "PORTAL_SMS": "twilio"})
