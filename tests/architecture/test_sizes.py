"""Functions and files stay small enough to hold in one's head. The list of exceptions only shrinks."""

import ast

from tests.architecture.source import PACKAGE, modules

MOST_LINES_IN_A_FUNCTION = 40
USUAL_LINES, NINE_IN_TEN_LINES = 7, 20
MOST_LINES_IN_A_FILE = 250

# file or "file function": the reason
LARGER: dict[str, str] = {
    "portals/routes/passkeys.py adding_routes": "three small routes that are the same for each portal",
    "ui/gallery/broker.py broker_gallery": "a list of every piece, read from top to bottom",
}


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body, without the signature and the docstring."""
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return function.end_lineno - body[0].lineno + 1


def test_functions_stay_short():
    long = [
        f"{path} {node.name} ({body_lines(node)})"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and body_lines(node) > MOST_LINES_IN_A_FUNCTION
        and f"{path} {node.name}" not in LARGER
    ]
    assert not long, f"split these: {long}"


def test_most_functions_are_short():
    """Half of them within `USUAL_LINES`, nine in ten within `NINE_IN_TEN_LINES`."""
    lines = sorted(
        body_lines(node)
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert lines[len(lines) // 2] <= USUAL_LINES
    assert lines[len(lines) * 9 // 10] <= NINE_IN_TEN_LINES


def test_files_stay_short():
    def is_data(path: str) -> bool:
        return "/catalogue" in path or path.startswith(("demo/", "ui/gallery/"))

    long = [
        f"{path} ({len((PACKAGE / path).read_text().splitlines())})"
        for path in modules()
        if not is_data(path)
        and path not in LARGER
        and len((PACKAGE / path).read_text().splitlines()) > MOST_LINES_IN_A_FILE
    ]
    assert not long, f"split these where a reader would want it: {long}"
