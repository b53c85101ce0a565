"""`python -m tests.mutations <package> [--most 60] [--seed 1]`: puts faults into a package, one at a time.

The tests of the package run against each; a fault that no test notices has lived, and is printed with its line. The
tests run in a copy of the repository, so the working tree is never touched. Exit code 1 below 90 %.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from salestrekker_portal.build import ROOT
from tests.mutations.faults import Fault, faults_of

DOMAINS = "salestrekker_portal/domains"
TESTS = {
    f"{DOMAINS}/access": [
        "tests/portals/test_accounts.py",
        "tests/domains/organisations",
        "tests/domains/portal_access",
        "tests/domains/test_intentions.py",
        "tests/refusals",
    ],
    f"{DOMAINS}/signing_in": ["tests/domains/signing_in", "tests/portals/test_accounts.py", "tests/refusals"],
    f"{DOMAINS}/clients": ["tests/domains/portal_access", "tests/domains/contacts", "tests/portals"],
    f"{DOMAINS}/questions": ["tests/domains/fact_find", "tests/oracles"],
    f"{DOMAINS}/portal_access": ["tests/domains/portal_access", "tests/portals"],
    f"{DOMAINS}/billing": ["tests/domains/billing", "tests/domains/portal_access"],
    f"{DOMAINS}/fact_find": ["tests/domains/fact_find", "tests/oracles", "tests/portals/test_profile.py"],
    "salestrekker_portal/portals/gate.py": ["tests/refusals", "tests/portals"],
}
FLOOR = 90
SECONDS = 300


def _sources(package: str) -> list[Path]:
    path = ROOT / package
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def _lives(copy: Path, tests: list[str]) -> bool:
    run = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider",
           "-m", "not browser and not postgres", *[each for each in tests if (copy / each).exists()]]  # fmt: skip
    try:
        done = subprocess.run(run, cwd=copy, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return False
    if done.returncode not in (0, 1, 2):
        raise RuntimeError(done.stdout.decode()[-1000:] + done.stderr.decode()[-1000:])
    return done.returncode == 0


def _chosen(package: str, most: int, seed: int) -> list[tuple[Path, Fault]]:
    every = [(path, fault) for path in _sources(package) for fault in faults_of(path.read_text())]
    return every if len(every) <= most else sorted(random.Random(seed).sample(every, most), key=lambda each: str(each))


def main() -> int:
    """How many per cent of the faults were noticed; 1 when too few."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("package", help=f"one of {', '.join(TESTS)}")
    asked.add_argument("--most", type=int, default=60)
    asked.add_argument("--seed", type=int, default=1)
    chosen = asked.parse_args()
    tests = TESTS[chosen.package]
    lived, faults = [], _chosen(chosen.package, chosen.most, chosen.seed)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", ".web", ".data", "*.db*"))
        if not _lives(copy, tests):
            print("The tests fail without any fault.")
            return 1
        for path, fault in faults:
            source, there = path.read_text(), copy / path.relative_to(ROOT)
            there.write_text(fault.put_into(source))
            if _lives(copy, tests):
                lived.append(f"{path.relative_to(ROOT)}:{fault.line}: {fault.what}: {fault.becomes}")
                print("lived", lived[-1], flush=True)
            there.write_text(source)
    noticed = 100 * (len(faults) - len(lived)) / max(len(faults), 1)
    print(f"{chosen.package}: {len(faults)} faults, {noticed:.0f} % noticed, {len(lived)} lived")
    return int(noticed < FLOOR)


if __name__ == "__main__":
    sys.exit(main())
