"""A deal's kept figures are written by their projector alone; use cases say that a deal was touched."""

import ast

from tests.architecture.source import modules

FIGURES = {
    "portal_state", "profile_pct", "documents_asked", "documents_in", "move", "clients_line", "labels_line",
    "told_figures", "written_lvr",
}  # fmt: skip
PROJECTOR = "domains/deals/figures.py"
# The mark that a profile has to be counted, and those who make it and take it away.
MARK, MARKERS = "profile_due_at", {"domains/deals/holding.py", "domains/fact_find/figures.py"}


def written(tree: ast.AST) -> set[str]:
    """Columns of a deal that a module writes: `deal.move = …`, `Deal(move=…)`, `.values(move=…)`."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            each_alone = [one for each in targets for one in getattr(each, "elts", [each])]
            found |= {each.attr for each in each_alone if isinstance(each, ast.Attribute) and not _own(each)}
        if isinstance(node, ast.Call) and _makes_or_updates(node.func):
            found |= {keyword.arg for keyword in node.keywords if keyword.arg}
    return found & (FIGURES | {MARK})


def _own(target: ast.Attribute) -> bool:
    return isinstance(target.value, ast.Name) and target.value.id == "self"


def _makes_or_updates(called: ast.AST) -> bool:
    makes = isinstance(called, ast.Name) and called.id == "Deal"
    return makes or (isinstance(called, ast.Attribute) and called.attr == "values")


def test_the_check_tells_good_from_bad():
    assert written(ast.parse("deal.move = Move.US")) == {"move"}
    assert written(ast.parse("deal.name, deal.documents_in = name, 2")) == {"documents_in"}
    assert written(ast.parse("Deal(name=name, clients_line=line)")) == {"clients_line"}
    assert written(ast.parse("update(Deal).values(profile_due_at=None)")) == {MARK}
    assert written(ast.parse("deal.name = name; self.profile_pct = deal.profile_pct")) == set()


def test_figures_are_written_by_their_projector_alone():
    elsewhere = {
        path: names
        for path, tree in modules().items()
        if path != PROJECTOR and (names := written(tree) - ({MARK} if path in MARKERS else set()))
    }
    assert not elsewhere, f"say deal_touched or lines_touched instead: {elsewhere}"


def test_every_figure_of_the_list_is_one_that_is_reconciled():
    from salestrekker_portal.domains.fact_find.reconciling import KEPT

    assert set(KEPT) == FIGURES
