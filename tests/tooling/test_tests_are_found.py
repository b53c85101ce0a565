"""A test is where its reader looks: `tests/domains/<package>/` tries `domains/<package>/`, for every package."""

from pathlib import Path

from salestrekker_portal.build import ROOT

PACKAGES = {path.parent.name for path in (ROOT / "salestrekker_portal" / "domains").glob("*/__init__.py")}
# Not about one package: every use case that holds a deal, as something to do to one.
OF_ALL = {"writers"}


def faults(folders: dict[str, dict[str, str]], packages: set[str]) -> list[str]:
    """What a reader would not find, in words. `folders`: the sources of the tests by file, by folder."""
    found = [f"{package} has no tests" for package in sorted(packages) if not folders.get(package)]
    found += [f"{folder} is no package" for folder in sorted(set(folders) - packages - OF_ALL)]
    for folder in sorted(set(folders) & packages):
        for name, source in folders[folder].items():
            if not any(f"{layer}.{folder}" in source for layer in ("domains", "tables")):
                found.append(f"{folder}/{name} tries nothing of {folder}")
    return found


def sources(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.glob("test_*.py")}


def test_every_package_of_the_domains_has_its_tests_in_a_folder_of_its_name():
    places = [path.parent for path in (ROOT / "tests" / "domains").glob("*/__init__.py")]
    folders = {path.name: sources(path) for path in places}
    assert len(PACKAGES) > 20
    assert faults(folders, PACKAGES) == []


def test_what_nobody_would_find_is_named():
    deals = {"test_moving.py": "from salestrekker_portal.domains.deals import rules"}
    assert faults({"deals": deals}, {"deals"}) == []
    assert faults({"deals": {}}, {"deals"}) == ["deals has no tests"]
    assert faults({"deals": deals, "stages": {}}, {"deals"}) == ["stages is no package"]
    lost = {"deals": deals, "notes": deals}
    assert faults(lost, {"deals", "notes"}) == ["notes/test_moving.py tries nothing of notes"]
