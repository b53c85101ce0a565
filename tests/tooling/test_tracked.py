"""What git keeps: no link to a place on somebody's machine, no stray picture, nothing large, one version number."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from salestrekker_portal.build import ROOT

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".avif")
PICTURES_LIVE_IN = ("docs/pictures/", "assets/", "tests/journeys/files/", "tests/ui/")
LARGEST = 1_500_000


def tracked() -> list[str]:
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.fail(f"git can't say what it keeps: {found.stderr}")
    return [name for name in found.stdout.split("\0") if name]


def is_stray(name: str) -> bool:
    return name.endswith(PICTURES) and not name.startswith(PICTURES_LIVE_IN)


def test_no_link_leads_out_of_the_repository() -> None:
    links = [ROOT / name for name in tracked() if (ROOT / name).is_symlink()]
    assert [str(link) for link in links if os.path.isabs(os.readlink(link))] == []
    assert [str(link) for link in links if not link.resolve().is_relative_to(ROOT)] == []


def test_every_picture_is_where_pictures_are() -> None:
    assert is_stray("dbg.png") and not is_stray("docs/pictures/board.png")
    assert [name for name in tracked() if is_stray(name)] == []


def test_nothing_is_large() -> None:
    sizes = {name: (ROOT / name).stat().st_size for name in tracked() if (ROOT / name).is_file()}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}


def test_there_is_one_version_number() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    newest = re.search(r"^## ([0-9]+\.[0-9]+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest and version.startswith(f"{newest[1]}.")
    others = [path for path in Path(ROOT / "salestrekker_portal").rglob("*.py") if "__version__ =" in path.read_text()]
    assert others == []
