"""The check of an installation opens every sealed text that there is: a new column must not be left out of it."""

import re
from dataclasses import replace

import pytest
import sqlalchemy as sa

from salestrekker_portal.build import ROOT
from salestrekker_portal.config import settings
from salestrekker_portal.domains.notices.calendar import CalendarDay, day_behind, token_for
from salestrekker_portal.domains.signing_in import devices
from salestrekker_portal.domains.signing_in.devices import is_ours, new_device
from salestrekker_portal.keeping.check import SEALED
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.registry import metadata

# Sealed too, under a name of its own.
BY_ANOTHER_NAME = {"lost_links.asked"}


def test_the_check_knows_every_sealed_column():
    looked_at = {f"{column.class_.__tablename__}.{column.key}" for column, _ in SEALED}
    there = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        # Not when a row of a log was sealed, nor whether: those seals hide nothing.
        if "sealed" in column.name and isinstance(column.type, sa.String)
    }
    assert len(there) >= 5
    assert looked_at == there | BY_ANOTHER_NAME
    assert len({purpose for _, purpose in SEALED}) == len(SEALED), "each is sealed for one purpose"


def test_what_the_secret_before_sealed_or_signed_is_asked_of_both():
    """Whoever opens or compares with one secret only would lose all of it when the secret is changed."""
    alone = [f"{path.relative_to(ROOT)}: {call}" for path in (ROOT / "salestrekker_portal").rglob("*.py")
             for call in re.findall(r"unseal\([^\n]*secret=settings\(\)\.secret,", path.read_text())]  # fmt: skip
    assert not alone, "say settings().secrets"


def test_devices_and_calendar_days_outlive_the_secret(monkeypatch):
    device = new_device()
    day = CalendarDay(day="2026-03-09", title="Settlement")
    address = token_for(day, settings().secret)
    changed = replace(settings(), secret="another secret, of at least 32 letters", former_secret=settings().secret)
    monkeypatch.setattr(devices, "settings", lambda: changed)
    assert is_ours(device) and day_behind(address, changed.secrets) == day
    forgotten = replace(changed, former_secret="")
    monkeypatch.setattr(devices, "settings", lambda: forgotten)
    assert not is_ours(device)
    with pytest.raises(NotFound):
        day_behind(address, forgotten.secrets)
