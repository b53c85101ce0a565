"""A stranger's guess by file name is right: "where is a stage locked", "who may see a file", "when is a text sent".

docs/architecture.md says how to guess. What answers each question is in the file that it leads to, and nowhere else.
"""

import ast
import re

import pytest

from salestrekker_portal.build import ROOT
from tests.architecture.source import PACKAGE, modules

PAGE = " ".join((ROOT / "docs" / "architecture.md").read_text().split())
GUESS = PAGE[PAGE.index("**How to guess a file.**") : PAGE.index("## One action")]

# The question, the file that the rule leads to, and the function that answers it.
ASKED = (
    ("where is a stage locked", "domains/fact_find/locking.py", "lock_reason"),
    ("who may see a file", "domains/documents/queries.py", "visible_documents"),
    ("when is a text sent", "domains/notifications/sending.py", "send"),
    ("share a deal with a client", "domains/clients/sharing.py", "share_deal"),
    ("how is a stage removed", "domains/pipeline/removing_stages.py", "delete_stage"),
)


def functions_of(path: str) -> set[str]:
    return {
        node.name for node in modules()[path].body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }  # fmt: skip


@pytest.mark.parametrize(("question", "path", "answer"), ASKED)
def test_the_guess_is_right(question: str, path: str, answer: str) -> None:
    named = re.search(rf'"{question}"[^"]*?`({re.escape(path)})`', GUESS)
    assert named, f"the page leads nobody from {question!r} to {path}"
    assert answer in functions_of(path)
    package = path.rsplit("/", 1)[0]
    others = [each for each in modules() if each.startswith(f"{package}/") and each != path]
    assert [each for each in others if answer in functions_of(each)] == []


def test_what_a_stage_locks_is_decided_in_one_place() -> None:
    """The sentence for whoever meets a lock is written once, and so is who may see which document."""
    sources = {path: (PACKAGE / path).read_text() for path in modules()}
    assert [path for path, text in sources.items() if "so your answers are locked" in text] == [
        "domains/fact_find/locking.py"
    ]
    assert [path for path, text in sources.items() if "def visible_documents" in text] == [
        "domains/documents/queries.py"
    ]


def test_the_page_names_no_other_guess() -> None:
    asked = re.findall(r'"([a-z][a-z ]+)"', GUESS)
    assert sorted(asked) == sorted(question for question, _, _ in ASKED)
