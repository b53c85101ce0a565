"""The faults are faults: valid code that differs in one place."""

import ast

import pytest

from tests.mutations.faults import faults_of


@pytest.mark.parametrize(
    ("source", "becomes"),
    [
        ("a = b < 1", {"(b <= 1)", "2"}),
        ("a = b and c", {"(b or c)"}),
        ("if not a:\n    raise E", {"(a)", "pass"}),
        ("if a:\n    save()", {"(not (a))", "pass"}),
        ("a = True", {"False"}),
        ("log.info('x')", set()),
        ("@dataclass(frozen=True)\nclass A:\n    is_new: bool = True", {"False"}),
        ("é = 'ā' + b\nc = 2", {"3"}),
    ],
)
def test_each_slip_is_made(source, becomes):
    assert {fault.becomes for fault in faults_of(source)} == becomes


def test_a_fault_changes_its_place_only():
    source = 'async def pay(é):\n    if é > 1:  # ā\n        await save(é)\n    return "ō"\n'
    for fault in faults_of(source):
        changed = fault.put_into(source)
        ast.parse(changed)
        assert changed != source and changed.count("\n") == source.count("\n")
        assert [a == b for a, b in zip(source.splitlines(), changed.splitlines(), strict=True)].count(False) == 1
