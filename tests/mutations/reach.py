"""Which tests run which lines, measured once: a fault is shown only to the tests that pass through its place.

A pytest plugin (`-p tests.mutations.reach`). What it learns is kept in the file that TEST_REACH names, as JSON:
`{"tests": {test: seconds}, "lines": {file: {line: [tests]}}}`. Lines that ran while modules were imported have the
test "". Only tests that passed are kept.
"""

import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

from salestrekker_portal.build import ROOT

MEASURED = ("salestrekker_portal/domains/*", "salestrekker_portal/portals/events/gate.py")


class Reach:
    """Switches the context of the measurement for each test."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.seconds: dict[str, float] = {}
        self.coverage = coverage.Coverage(
            data_file=None, config_file=False, include=[str(ROOT / each) for each in MEASURED],
            concurrency=["thread", "greenlet"],
        )  # fmt: skip
        self.coverage.start()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.coverage.switch_context(item.nodeid)
        began = time.monotonic()
        yield
        passed = getattr(getattr(item, "report_call", None), "passed", False)
        if passed:
            self.seconds[item.nodeid] = round(time.monotonic() - began, 2)
        self.coverage.switch_context("")

    def pytest_sessionfinish(self) -> None:
        self.coverage.stop()
        data = self.coverage.get_data()
        lines: dict[str, dict[int, list[str]]] = {}
        for path in data.measured_files():
            by_line = defaultdict(list)
            for line, tests in data.contexts_by_lineno(path).items():
                by_line[line] = sorted(each for each in tests if not each or each in self.seconds)
            lines[str(Path(path).relative_to(ROOT))] = by_line
        self.target.write_text(json.dumps({"tests": self.seconds, "lines": lines}))


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Reach(Path(os.environ["TEST_REACH"])), "reach")
