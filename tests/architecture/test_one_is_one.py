"""One of something is not "1 things": wherever a number stands before a plural, one has words of its own."""

import ast
import re

from tests.architecture.source import modules

PLURAL = re.compile(r"^ (?:more |other |new |open |SMS |answers? )?([a-z]{3,}s)\b")
# Ends in s and is no plural, or is one that no number is meant to stand before.
NO_PLURAL = {"was", "has", "this", "does", "needs", "stands", "goes", "works", "always", "ends", "keeps", "invites",
             "checks", "fetches", "shares", "asks", "sees", "gets", "says", "less", "locks", "tells",
             "settles"}  # fmt: skip
# What is counted is never one: a limit, or a period that a provider offers.
NEVER_ONE = re.compile(
    r"[A-Z][A-Z_0-9.]+|.*(LIMIT|MOST|months|wanted|room|readings|limit|length|height|wait|provider|claimed|shown).*"
)


def unguarded(tree: ast.Module) -> list[tuple[int, str]]:
    """(line, words) of each f-string that would say "1 things"."""
    inside = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for text in (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)):
        for number, words in zip(text.values, text.values[1:], strict=False):
            if not isinstance(number, ast.FormattedValue) or not isinstance(words, ast.Constant):
                continue
            plural = PLURAL.match(str(words.value))
            if plural is None or plural[1] in NO_PLURAL or NEVER_ONE.fullmatch(ast.unparse(number.value)):
                continue
            if not _one_is_told_apart(text, inside):
                found.append((text.lineno, ast.unparse(text)))
    return found


def _one_is_told_apart(node: ast.AST, inside: dict[ast.AST, ast.AST]) -> bool:
    """Whether the statement, the choice or the table of words around it knows one."""
    while node in inside and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Module):
        node = inside[node]
        source = ast.unparse(node)
        if isinstance(node, ast.IfExp | ast.If | ast.Dict | ast.Call) and _knows_one(source):
            return True
    return False


def _knows_one(source: str) -> bool:
    return bool(re.search(r"[!=]= 1\b|\{1:|< 2\b|[!=]= '1'", source))


def test_one_of_something_has_words_of_its_own():
    wrong = [f"{path}:{line} {words}" for path, tree in modules().items() for line, words in unguarded(tree)]
    assert not wrong, "use kernel.text.counted(number, 'thing'):\n" + "\n".join(wrong)


def test_the_rule_tells_good_from_bad():
    assert unguarded(ast.parse("def f(n):\n    return f'{n} credits left'"))
    assert not unguarded(ast.parse("def f(n):\n    return '1 credit' if n == 1 else f'{n} credits left'"))
    assert not unguarded(ast.parse("f'Use at most {NAME_LIMIT} characters.'"))
