"""An alias of a table is made once: what SQLAlchemy works out about a new one costs more than most statements."""

import ast

from tests.architecture.source import modules


def made_anew(tree: ast.AST) -> list[int]:
    """The lines in functions that make an alias of a table; one of a subquery belongs to its statement."""
    functions = (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))
    calls = (each for function in functions for each in ast.walk(function) if isinstance(each, ast.Call))
    return [each.lineno for each in calls if ast.unparse(each.func) == "aliased" and len(each.args) == 1]


def test_aliases_of_tables_stand_at_the_top_of_their_module() -> None:
    found = {path: lines for path, tree in modules().items() if (lines := made_anew(tree))}
    assert not found, "made anew whenever the function is called"


def test_it_finds_one_in_a_function_only() -> None:
    assert made_anew(ast.parse("def f():\n    above = aliased(Deal)"))
    assert not made_anew(ast.parse("ABOVE = aliased(Deal)\ndef f():\n    return aliased(Deal, some)"))
