"""Shows each fault to the tests that pass through it, and says which faults they let live.

The tests are collected once. A fault in a function is put into a fork of that process, which takes a moment; one in
what is made while modules are imported gets a process of its own.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from salestrekker_portal.build import ROOT
from tests.mutations.faults import Fault
from tests.mutations.swapping import swap

PLANTED = "TEST_PLANTED_FAULT"


@dataclass(frozen=True)
class Trial:
    """One fault in one file, and the tests to show it to; `is_imported`: it needs a process of its own."""

    path: Path
    fault: Fault
    tests: tuple[str, ...]
    is_imported: bool
    seconds: float

    @property
    def changed(self) -> str:
        return self.fault.put_into(self.path.read_text())

    @property
    def patience(self) -> float:
        """How long it may take; a fault that never ends is a fault that was noticed."""
        return 60 + 10 * self.seconds


class Trying:
    """A pytest plugin that runs trials instead of the tests; `tell` hears of each, with whether it lived."""

    def __init__(self, trials: list[Trial], tell: Callable[[Trial, bool], None]) -> None:
        self.trials, self.tell, self.count = trials, tell, 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        from sqlalchemy.orm import configure_mappers

        configure_mappers()
        items = {item.nodeid: item for item in session.items}
        for trial in self.trials:
            self.count += 1
            if trial.is_imported:
                self.tell(trial, _lives_from_the_start(trial))
            else:
                chosen = [items[name] for name in trial.tests if name in items]
                self.tell(trial, not chosen or _lives_in_a_fork(session, trial, chosen))
        return True


def _lives_in_a_fork(session: pytest.Session, trial: Trial, items: list[pytest.Item]) -> bool:
    child = os.fork()
    if child == 0:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        noticed = 1
        try:
            swap(str(trial.path), trial.changed)
            noticed = int(_fails(session, items))
        finally:
            os._exit(noticed)
    give_up = time.monotonic() + trial.patience
    while time.monotonic() < give_up:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status == 0
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _fails(session: pytest.Session, items: list[pytest.Item]) -> bool:
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return True
    return False


def _lives_from_the_start(trial: Trial) -> bool:
    fault = trial.fault
    planted = f"{trial.path}|{fault.start}|{fault.end}|{fault.becomes}"
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "tests.mutations.planted"]
    try:
        done = subprocess.run(
            [*command, *trial.tests], cwd=ROOT, env=os.environ | {PLANTED: planted}, capture_output=True,
            timeout=trial.patience, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def try_all(trials: list[Trial], tell: Callable[[Trial, bool], None]) -> None:
    """One process collects the tests of all; `tell` is called as each is known."""
    names: Iterator[str] = (name.partition("::")[0] for trial in trials for name in trial.tests)
    options = ["-s", "-p", "no:cacheprovider", "-p", "no:terminal", "-m", "not browser and not postgres"]
    told = Trying(sorted(trials, key=lambda trial: trial.is_imported), tell)  # what takes a moment first
    pytest.main([*options, *sorted(set(names))], plugins=[told])
    if told.count != len(trials):
        raise RuntimeError(f"{len(trials) - told.count} faults were not tried")
