"""A name has one owner: whoever reads `FilePlace` somewhere finds the one class that is called so."""

import ast
from collections import defaultdict

from tests.architecture.source import modules

# Names that several may have, and why.
SHARED: dict[str, str] = {}


def owners(trees: dict[str, ast.Module]) -> dict[str, list[str]]:
    """Class name -> the files that declare one of that name."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(path)
    return found


def test_a_class_name_has_one_owner() -> None:
    found = owners(modules())
    assert len(found) > 500, "the walk has lost its way"
    several = {name: paths for name, paths in found.items() if len(paths) > 1}
    assert {name: paths for name, paths in several.items() if name not in SHARED} == {}, "say whose it is in the name"
    assert set(SHARED) <= set(several), "no longer shared"


def test_the_rule_sees_two_of_a_name() -> None:
    two = {"a.py": ast.parse("class Row: ..."), "b.py": ast.parse("class Row: ...\nclass Other: ...")}
    assert owners(two) == {"Row": ["a.py", "b.py"], "Other": ["b.py"]}
