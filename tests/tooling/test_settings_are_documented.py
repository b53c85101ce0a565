"""An operator finds every setting in the example file and in the manual, and none that does not exist."""

import re
from dataclasses import fields

import pytest

from salestrekker_portal.build import ROOT
from salestrekker_portal.config import Settings, environment_name, read_settings

KNOWN = {environment_name(field.name) for field in fields(Settings)}
EXAMPLE = (ROOT / "deploy/env.example").read_text()
MANUAL = (ROOT / "docs/operations.md").read_text()


def test_the_example_file_has_every_setting_and_no_other() -> None:
    assert set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE)) == KNOWN


def test_the_manual_has_every_setting_and_no_other() -> None:
    assert set(re.findall(r"^\| `([A-Z_]+)`", MANUAL, re.MULTILINE)) == KNOWN


def test_the_example_needs_only_a_secret() -> None:
    given = dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))
    with pytest.raises(Exception, match="PORTAL_SECRET"):
        read_settings(given)
    assert read_settings(given | {"PORTAL_SECRET": "x" * 48}).mode == "production"
