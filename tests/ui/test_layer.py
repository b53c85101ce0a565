"""What the look may not lean on: no State, no session, no Radix, no toast library."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "salestrekker_portal"
BELOW = ("salestrekker_portal.database", "salestrekker_portal.portals", "salestrekker_portal.adapters")
HEAVY = ("reflex_components_radix", "reflex_components_sonner", "reflex_enterprise", "reflex.components.radix")
# Names on `rx` that are Radix Themes or the toast library in disguise.
DISGUISED = {
    "accordion", "alert_dialog", "avatar", "badge", "box", "button", "callout", "card", "center", "checkbox",
    "code", "color_mode_switch", "container", "context_menu", "data_list", "dialog", "divider", "drawer",
    "dropdown_menu", "flex", "form_field", "grid", "heading", "hover_card", "hstack", "icon_button", "input",
    "link", "list", "menu", "popover", "progress", "radio", "radio_cards", "radio_group", "scroll_area",
    "section", "segmented_control", "select", "separator", "skeleton", "slider", "spacer", "spinner", "stack",
    "switch", "table", "tabs", "text", "text_area", "theme", "theme_panel", "toast", "tooltip", "vstack",
}  # fmt: skip


def imports(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def radix_uses(source: str) -> list[str]:
    """Where a source leans on Radix or on toasts: imports, and names such as `rx.button`."""
    tree = ast.parse(source)
    found = [name for name in imports(tree) if name.startswith(HEAVY)]
    for node in ast.walk(tree):
        on_rx = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "rx"
        if on_rx and node.attr in DISGUISED:
            found.append(f"rx.{node.attr}")
    return found


def leans_on_state(source: str) -> list[str]:
    """Where a source of the look reaches for a State or for a layer it must not know."""
    tree = ast.parse(source)
    found = [name for name in imports(tree) if name.startswith(BELOW)]
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            bases = [ast.unparse(base) for base in node.bases]
            found += [base for base in bases if base.endswith("State")]
    return found


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((PACKAGE / folder).rglob("*.py"))]


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", sources("ui", "portals"), ids=name_of)
def test_no_radix(path: Path) -> None:
    assert radix_uses(path.read_text()) == []


@pytest.mark.parametrize("path", sources("ui"), ids=name_of)
def test_the_look_knows_no_state(path: Path) -> None:
    assert leans_on_state(path.read_text()) == []


def test_the_rule_sees_radix() -> None:
    assert radix_uses("import reflex as rx\nrx.button('Save')") == ["rx.button"]
    assert radix_uses("from reflex_components_sonner.toast import toast")
    assert radix_uses("import reflex as rx\nrx.el.button('Save')\nrx.icon('plus')") == []


def test_the_rule_sees_a_state() -> None:
    assert leans_on_state("class Mine(rx.State):\n    n = 0") == ["rx.State"]
    assert leans_on_state("from salestrekker_portal.portals.events.session import PortalState")
    assert leans_on_state("class Box(rx.Component):\n    n = 0") == []


def test_components_are_short() -> None:
    long = [
        f"{name_of(path)}:{node.name}"
        for path in sources("ui")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert long == []
