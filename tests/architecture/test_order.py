"""import-linter's contracts (pyproject.toml): the order of layers and of domain packages, and no circle."""

import subprocess
import sys
from pathlib import Path

from salestrekker_portal.build import ROOT
from tests.architecture.graph import arrows, circles, levels


def test_the_contracts_are_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run([str(linter), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0 and "0 broken" in found.stdout, found.stdout[-4_000:] + found.stderr[-1_000:]


def test_domain_packages_make_no_circle() -> None:
    assert circles(arrows()) == []
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


def test_the_drawing_is_the_code() -> None:
    """docs/architecture.md draws every package, each above all that it imports."""
    drawn = levels((ROOT / "docs" / "architecture.md").read_text())
    known = arrows()
    assert set(drawn) == set(known)
    wrong = [f"{upper} imports {lower}" for upper, lowers in known.items() for lower in lowers
             if drawn[lower] <= drawn[upper]]  # fmt: skip
    assert wrong == []
