"""`python -m tests.architecture.graph`: which domain package imports which, the highest first."""

import ast
import re

from tests.architecture.source import imports_of, modules

DOMAINS = "salestrekker_portal.domains."


def arrows() -> dict[str, set[str]]:
    """Each package with those that it imports."""
    found: dict[str, set[str]] = {}
    for path, tree in modules().items():
        if path.startswith("domains/") and path.count("/") > 1:
            package = path.split("/")[1]
            found.setdefault(package, set()).update(_imported(tree) - {package})
    return found


def _imported(tree: ast.AST) -> set[str]:
    return {name.removeprefix(DOMAINS).split(".")[0] for name in imports_of(tree) if name.startswith(DOMAINS)}


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Packages that reach themselves, those of one circle together."""
    reach = {name: _reached(graph, name) for name in graph}
    in_one = {name: sorted(other for other in reach[name] if name in reach.get(other, set())) for name in graph}
    return sorted({tuple(names): names for name, names in in_one.items() if name in reach[name]}.values())


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    todo = list(graph.get(start, ()))
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += graph.get(name, ())
    return seen


def levels(document: str) -> dict[str, int]:
    """The packages in the drawing of docs/architecture.md, each with its line from the top."""
    block = re.search(r"## The order inside `domains/`.*?```\n(.*?)```", document, re.DOTALL)
    lines = block[1].splitlines() if block else []
    return {name: at for at, line in enumerate(lines) for name in re.findall(r"[a-z_]+", line.split("·")[0])}


def main() -> None:
    """Print the graph, the highest package first."""
    graph = arrows()
    for package in sorted(graph, key=lambda name: (-len(_reached(graph, name)), name)):
        print(f"{package:<16} {', '.join(sorted(graph[package])) or '–'}")
    print(f"\n{len(graph)} packages, {sum(map(len, graph.values()))} arrows, {len(circles(graph))} circles")


if __name__ == "__main__":
    main()
