"""Layers point inwards; Reflex stays at the edge; one place commits. Each rule is tried on a good and a bad sample."""

import ast

import pytest

from tests.architecture.source import imports_of, layer_of, modules

# What each layer may import of the package.
MAY_IMPORT = {
    "kernel": {"kernel"},
    "database": {"kernel", "database"},
    "tables": {"kernel", "database", "tables"},
    "domains": {"kernel", "database", "tables", "domains", "config"},
    "adapters": {"tables", "kernel", "database", "domains", "adapters", "config"},
    "ui": {"ui", "kernel"},
    "portals": {
        *("tables", "kernel", "database", "domains", "ui", "portals", "config", "wiring", "demo", "watching"),
        *("build", "served"),
    },
    "watching": {"tables", "kernel", "database", "domains", "config", "wiring", "watching"},
    "demo": {"tables", "adapters", "kernel", "database", "domains", "demo", "config", "wiring", "build"},
}
REFLEX_LAYERS = {"ui", "portals", "salestrekker_portal"}


def wrong_layers(path: str, tree: ast.AST) -> list[str]:
    """Imports of the package that point outwards."""
    allowed = MAY_IMPORT.get(layer_of(path))
    if allowed is None:
        return []
    ours = (name.split(".") for name in imports_of(tree) if name.startswith("salestrekker_portal."))
    return [".".join(parts) for parts in ours if parts[1] not in allowed]


def imports_reflex(tree: ast.AST) -> bool:
    return any(name == "reflex" or name.startswith(("reflex.", "reflex_")) for name in imports_of(tree))


def commits(tree: ast.AST) -> bool:
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(isinstance(called, ast.Attribute) and called.attr == "commit" for called in calls)


@pytest.mark.parametrize("path", sorted(modules()))
def test_layers_point_inwards(path):
    found = wrong_layers(path, modules()[path])
    assert not found, f"{path} imports {found}: {layer_of(path)} may import only {sorted(MAY_IMPORT[layer_of(path)])}"


@pytest.mark.parametrize("path", sorted(modules()))
def test_reflex_stays_at_the_edge(path):
    if layer_of(path) not in REFLEX_LAYERS:
        assert not imports_reflex(modules()[path]), f"{path} imports reflex: move what needs it into portals/ or ui/"


@pytest.mark.parametrize("path", sorted(modules()))
def test_only_the_session_module_commits(path):
    if path != "database/session.py":
        assert not commits(modules()[path]), f"{path} commits: use `async with transaction()`"


def test_the_rules_see_what_they_forbid():
    outward = ast.parse("from salestrekker_portal.portals.events.gate import allow")
    assert wrong_layers("domains/pipeline/settling.py", outward) == ["salestrekker_portal.portals.events.gate"]
    assert wrong_layers("domains/pipeline/settling.py", ast.parse("from salestrekker_portal.kernel import clock")) == []
    assert imports_reflex(ast.parse("import reflex as rx")) and not imports_reflex(ast.parse("import re"))
    assert commits(ast.parse("session.commit()")) and not commits(ast.parse("session.flush()"))
