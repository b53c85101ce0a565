"""Which tests reach a line: measured by `reach.py` in a run of its own, kept, and measured again for what changed."""

import hashlib
import json
import os
import subprocess
import sys
from itertools import zip_longest
from pathlib import Path

from salestrekker_portal.build import ROOT
from tests.mutations.places import Place

KEPT = ROOT / ".mutations" / "reach.json"
# Measured one after the other, each kept: what tries the packages of `PACKAGES`, and what goes through the gate.
FOLDERS = (
    *(f"tests/domains/{each}" for each in (
        "access", "signing_in", "billing", "clients", "portal_access", "questions", "fact_find", "contacts", "firm",
    )),
    "tests/portals",
    "tests/refusals/test_tabs.py",
    "tests/refusals/test_previews.py",
)  # fmt: skip
MOST_TESTS, MOST_SECONDS = 60, 40.0
MOST_TESTS_FROM_THE_START = 25


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _of_many_files(tests: list[str]) -> list[str]:
    """The first test of each file, then the second of each: what many pass through is seen from many sides."""
    by_file: dict[str, list[str]] = {}
    for test in tests:
        by_file.setdefault(test.partition("::")[0], []).append(test)
    return [test for turn in zip_longest(*by_file.values()) for test in turn if test]


class Reached:
    """What is known of tests and lines."""

    def __init__(self) -> None:
        known = json.loads(KEPT.read_text()) if KEPT.exists() else {}
        product = _digest(list((ROOT / "salestrekker_portal").rglob("*.py")))
        if known.get("product") != product:
            known = {"product": product, "files": {}, "tests": {}, "lines": {}}
        self.known = known
        for each in FOLDERS:
            self._bring_up_to_date(each)

    def _bring_up_to_date(self, folder: str) -> None:
        place, known = ROOT / folder, self.known["files"]
        now = {str(path.relative_to(ROOT)): _digest([path]) for path in place.rglob("test_*.py")}
        if place.is_file():
            now = {folder: _digest([place])}
        changed = sorted(path for path, digest in now.items() if known.get(path) != digest)
        gone = {path for path in known if path.startswith(f"{folder}/") and path not in now}
        self._forget({*changed, *gone})
        if changed:
            self._learn(changed)
        self.known["files"] = {path: digest for path, digest in known.items() if path not in gone} | now
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps(self.known))

    def _forget(self, files: set[str]) -> None:
        def stays(test: str) -> bool:
            return test.partition("::")[0] not in files

        self.known["tests"] = {test: seconds for test, seconds in self.known["tests"].items() if stays(test)}
        for lines in self.known["lines"].values():
            for line in lines:
                lines[line] = [test for test in lines[line] if stays(test)]

    def _learn(self, files: list[str]) -> None:
        print(f"Measuring which lines the tests of {len(files)} files reach: {files[0]} ...", flush=True)
        KEPT.parent.mkdir(exist_ok=True)
        fresh = KEPT.with_name("fresh.json")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.mutations.reach"]
        environment = os.environ | {"TEST_REACH": str(fresh)}
        subprocess.run([*command, "-m", "not browser and not postgres", *files], cwd=ROOT, env=environment, check=False)
        learned = json.loads(fresh.read_text())
        fresh.unlink()
        self.known["tests"] |= learned["tests"]
        for path, lines in learned["lines"].items():
            there = self.known["lines"].setdefault(path, {})
            for line, tests in lines.items():
                there[line] = sorted({*there.get(line, []), *tests})

    def tests_of(self, path: str, place: Place) -> list[str]:
        """The tests to show a fault at this place to: quick ones first, and no more than can be waited for."""
        lines = self.known["lines"].get(path, {})
        tests = {test for line in place.lines for test in lines.get(str(line), []) if test in self.known["tests"]}
        return self._affordable(tests)

    def tests_of_file(self, path: str) -> list[str]:
        """The same for what an import makes: every test that passes through the file."""
        lines = self.known["lines"].get(path, {})
        every = {test for tests in lines.values() for test in tests if test in self.known["tests"]}
        return self._affordable(every, most=MOST_TESTS_FROM_THE_START)

    def _affordable(self, tests: set[str], most: int = MOST_TESTS) -> list[str]:
        chosen, seconds, known = [], 0.0, self.known["tests"]
        for test in _of_many_files(sorted(tests, key=lambda test: (known[test], test))):
            seconds += known[test]
            if len(chosen) == most or (seconds > MOST_SECONDS and chosen):
                break
            chosen.append(test)
        return chosen

    def is_imported(self, path: str, place: Place) -> bool:
        """Whether the line ran while a module was imported."""
        lines = self.known["lines"].get(path, {})
        return not place.is_in_function or any("" in lines.get(str(line), []) for line in place.lines)

    def seconds_of(self, tests: list[str]) -> float:
        return sum(self.known["tests"][test] for test in tests)
