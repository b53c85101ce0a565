"""What a person typed is kept whole or refused in words: no field and no handler cuts it."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.source import modules

# A slice up to fewer characters takes initials or a line's first things.
FEWEST = 20
# What is cut here was typed by nobody: (part of the path, the text that is cut, why).
CUT: tuple[tuple[str, str, str], ...] = (
    ("", r"^(token|address|from_address|browser)$|hexdigest\(\)$", "a machine's words"),
    ("", r"problem$|found$|receipt\.ref$", "a provider's words"),
    ("", r"_id\b|raw_item|raw_number|raw_type|query_parameters|requests|sections", "an id, or a list of them"),
    ("", r"^rows|^lines|^\[|^sorted|^head$|^body$", "things or bytes, not words"),
    ("tables/deals", r"folded_whole", "an index for searching"),
    ("domains/documents/", r"file\.name|group_name|uploader_name", "names of files and lists, shown as they fit"),
    ("domains/bank_statements/papers", r"", "what we print ourselves"),
    ("domains/bank_statements/summary", r"words\[:3\]", "a bank's own description"),
    ("domains/notifications/", r"firm_name|sentence", "a line made of kept words"),
    ("domains/notices/", r"_folded\(typed\)", "a line made of kept words"),
    ("portals/routes/first_run", r"", "a code of a few letters, compared and kept nowhere"),
    ("portals/routes/sign_in", r"^email$", "a refused sign-in, which a cookie carries back"),
    ("portals/routes/account", r"form\.get\(name\)|^typed$", "a refused form, which a cookie carries back"),
    ("portals/routes/passkeys", r"^name$", "a refused form, which a cookie carries back"),
    ("contacts/", r"'q'|^clean\(words\)$", "what is searched for, kept nowhere"),
    ("partner/board/", r"'q'|^clean\(words\)$", "what is searched for, kept nowhere"),
    ("domains/contacts/", r"folded|words", "what is searched for, kept nowhere"),
    ("domains/search/", r"^clean\(typed\)$", "what is searched for, kept nowhere"),
)


def cuts(tree: ast.AST) -> Iterator[str]:
    """What is sliced from its start up to a fixed length."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) and node.slice.lower is None:
            upper = node.slice.upper
            long = isinstance(upper, ast.Constant) and isinstance(upper.value, int) and upper.value >= FEWEST
            if long or (isinstance(upper, ast.Name) and upper.id.isupper()):
                yield ast.unparse(node.value)


def is_excused(path: str, what: str) -> bool:
    return any(part in path and re.search(pattern, what) for part, pattern, _ in CUT)


def bare_limits(tree: ast.AST) -> list[int]:
    """The lines where a control is given the browser's own limit."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and any(each.arg == "max_length" for each in node.keywords)
    ]


def test_no_handler_and_no_use_case_cuts_what_was_typed():
    found = [
        f"{path}: {what}"
        for path, tree in modules().items()
        if path.startswith(("portals/", "domains/", "tables/"))
        for what in cuts(tree)
        if not is_excused(path, what)
    ]
    assert not found, f"refuse what is too long, or say why this is nobody's typing: {found}"


def test_no_field_has_a_limit_that_cuts_a_paste():
    found = [
        f"{path}:{line}"
        for path, tree in modules().items()
        # A program isn't typing: the API refuses what is longer, with all of it still the program's.
        if path.startswith(("portals/", "ui/")) and path != "ui/forms/pin.py" and not path.startswith("portals/api/")
        for line in bare_limits(tree)
    ]
    assert not found, f"use limit=, which says what is left: {found}"


def test_every_excuse_excuses_something():
    """An excuse for a file that moved, or for a cut that is gone, would excuse the next one unseen."""
    found = [(path, what) for path, tree in modules().items() for what in cuts(tree)]
    idle = [
        (part, pattern)
        for part, pattern, _ in CUT
        if not any(part in path and re.search(pattern, what) for path, what in found)
    ]
    assert not idle


def test_the_rules_see_what_they_forbid():
    assert list(cuts(ast.parse("note.text = typed[:400]"))) == ["typed"]
    assert not is_excused("domains/notes/service.py", "typed")
    assert list(cuts(ast.parse("first = name[:1]"))) == []
    assert bare_limits(ast.parse("text_area(id='note', max_length=4000)")) == [1]
