"""`python -m tests.mutations <package> ... [--most 100] [--seed 1] [--keep]`: puts faults into packages, one at a time.

The tests that pass through the place of a fault run against it, in one process; a fault that none of them notices has
lived, and is printed with its line. The working tree is never touched. `all` stands for every package of `PACKAGES`.
Faults that change nothing are named, with the reason, in `equivalents.txt`; `--keep` writes the numbers into
`results.md`. Exit code 1 below 90 % of any package.

The first run measures which test reaches which line (ten minutes); later ones measure what changed.
"""

import argparse
import random
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from salestrekker_portal.build import ROOT
from tests.mutations.equivalents import EQUIVALENT, name_of
from tests.mutations.faults import Fault, faults_of
from tests.mutations.measuring import Reached
from tests.mutations.places import place_of
from tests.mutations.results import Result, keep
from tests.mutations.trying import Trial, try_all

DOMAINS = "salestrekker_portal/domains"
PACKAGES = (
    *(f"{DOMAINS}/{each}" for each in (
        "access", "signing_in", "portal_access", "clients", "billing", "fact_find", "questions",
    )),
    "salestrekker_portal/portals/events/gate.py",
)  # fmt: skip
FLOOR = 90


def sources_of(package: str) -> list[Path]:
    path = ROOT / package
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def faults_in(package: str) -> list[tuple[Path, Fault]]:
    """Every fault of a package that changes something."""
    every = [(path, fault) for path in sources_of(package) for fault in faults_of(path.read_text())]
    return [(path, fault) for path, fault in every if name_of(path, fault) not in EQUIVALENT]


def chosen_of(package: str, most: int, seed: int) -> list[tuple[Path, Fault]]:
    every = faults_in(package)
    if len(every) <= most:
        return every
    drawn = random.Random(seed).sample(range(len(every)), most)
    return [every[nth] for nth in sorted(drawn)]


def trial_of(path: Path, fault: Fault, reached: Reached) -> Trial:
    name, place = str(path.relative_to(ROOT)), place_of(path.read_text(), fault)
    is_imported = reached.is_imported(name, place)
    tests = reached.tests_of_file(name) if is_imported else reached.tests_of(name, place)
    return Trial(path, fault, tuple(tests), is_imported, reached.seconds_of(tests))


def main() -> int:
    """1 when too few faults of a package were noticed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("packages", nargs="+", metavar="package", help=f"all, or some of {', '.join(PACKAGES)}")
    asked.add_argument("--most", type=int, default=100, help="faults of a package, drawn when there are more")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--keep", action="store_true", help="write the numbers into results.md")
    chosen = asked.parse_args()
    packages = PACKAGES if chosen.packages == ["all"] else tuple(each.rstrip("/") for each in chosen.packages)
    reached = Reached()
    drawn = {package: chosen_of(package, chosen.most, chosen.seed) for package in packages}
    trials = [trial_of(path, fault, reached) for faults in drawn.values() for path, fault in faults]
    lived: Counter[str] = Counter()

    def tell(trial: Trial, does_live: bool) -> None:
        if does_live:
            path, fault = trial.path.relative_to(ROOT), trial.fault
            lived[next(package for package in packages if str(path).startswith(package))] += 1
            print(f"lived {path}:{fault.line}: {fault.what}: {fault.becomes} ({len(trial.tests)} tests)", flush=True)

    try_all(trials, tell)
    results = [Result(package, len(drawn[package]), lived[package], date.today()) for package in packages]
    for result in results:
        print(result)
    if chosen.keep:
        keep(results)
    return int(any(result.noticed < FLOOR for result in results))


if __name__ == "__main__":
    sys.exit(main())
