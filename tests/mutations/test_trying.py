"""A fault is really there while its tests run, and nothing else is: the tool has to be believed."""

import importlib.util
import sys
from datetime import date

import pytest

from salestrekker_portal.build import ROOT
from tests.mutations.equivalents import EQUIVALENT, KEPT, name_of, read
from tests.mutations.faults import faults_of
from tests.mutations.places import place_of
from tests.mutations.results import Result, merged
from tests.mutations.swapping import swap

SOURCE = """LIMIT = 3


def is_full(number):
    def over(least):
        return number > least

    return over(LIMIT)


class Box:
    @property
    def is_open(self):
        return True
"""


@pytest.fixture
def living(tmp_path):
    path = tmp_path / "living.py"
    path.write_text(SOURCE)
    spec = importlib.util.spec_from_file_location("living", path)
    module = sys.modules["living"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    del sys.modules["living"]


def _says(module) -> tuple:
    kept = module.is_full
    return kept(3), kept(4), module.Box().is_open


def test_what_runs_has_the_fault_and_the_same_source_changes_nothing(living):
    swap(living.__file__, SOURCE)
    assert _says(living) == (False, True, True)
    for what, becomes, then in (
        ("compares", "(number >= least)", (True, True, True)),
        ("the other", "False", (False, True, False)),
    ):
        fault = next(each for each in faults_of(SOURCE) if each.what.startswith(what) and each.becomes == becomes)
        swap(living.__file__, fault.put_into(SOURCE))
        assert _says(living) == then
        swap(living.__file__, SOURCE)
    assert _says(living) == (False, True, True)


def test_a_fault_is_known_by_its_statement_and_by_who_runs_it():
    places = {fault.becomes: place_of(SOURCE, fault) for fault in faults_of(SOURCE)}
    assert not places["4"].is_in_function and places["4"].lines == range(1, 2)
    inner = places["(number >= least)"]
    assert inner.is_in_function and inner.lines == range(6, 7) and inner.text == "return number > least"


def test_what_changes_nothing_is_named_with_its_reason_and_still_there():
    """Each line of `equivalents.txt` is a fault of today's code."""
    assert read("a.py | x = 1 | 2 | nobody reads it") == {("a.py", "x = 1", "2"): "nobody reads it"}
    for (path, _, _), reason in EQUIVALENT.items():
        assert len(reason.split()) > 3
        assert (ROOT / path).is_file()
    known = {name_of(ROOT / path, fault) for path, _, _ in EQUIVALENT for fault in faults_of((ROOT / path).read_text())}
    assert set(EQUIVALENT) <= known, f"{KEPT.name} names what is gone: {set(EQUIVALENT) - known}"


def test_numbers_of_a_later_run_stand_instead_of_the_earlier_ones():
    first = merged(
        "",
        [
            Result("salestrekker_portal/a", 10, 2, date(2026, 3, 8)),
            Result("salestrekker_portal/b", 4, 0, date(2026, 3, 8)),
        ],
    )
    later = merged(first, [Result("salestrekker_portal/a", 10, 1, date(2026, 3, 9))])
    assert "| salestrekker_portal/a | 10 | 90 % | 1 | 2026-03-09 |" in later and "2026-03-08" in later
    assert later.count("| salestrekker_portal/") == 2
