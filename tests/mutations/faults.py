"""The faults: each is one small change of one place, as somebody's slip would make it. Pure: source in, sources out."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
}  # fmt: skip
# Said to nobody: a fault in them changes what a person in front of the log reads.
SILENT_CALLS = {"log"}


@dataclass(frozen=True)
class Fault:
    """`start` and `end` are offsets into the source's bytes; `becomes` is written there instead."""

    line: int
    what: str
    start: int
    end: int
    becomes: str

    def put_into(self, source: str) -> str:
        raw = source.encode()
        return (raw[: self.start] + self.becomes.encode() + raw[self.end :]).decode()


def faults_of(source: str) -> list[Fault]:
    """Every fault that can be put into this source, in the order of its lines."""
    starts = [0]
    for line in source.encode().split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)
    found, tree = [], ast.parse(source)
    shapes = {id(each) for node in ast.walk(tree) for each in _shape_of_rows(node)}
    for node in ast.walk(tree):
        if id(node) in shapes:
            continue
        for what, target, becomes in _slips(node):
            start = starts[target.lineno - 1] + target.col_offset
            end = starts[(target.end_lineno or target.lineno) - 1] + (target.end_col_offset or 0)
            found.append(Fault(target.lineno, what, start, end, becomes))
    return sorted(set(found), key=lambda fault: (fault.line, fault.start, fault.what))


def _shape_of_rows(node: ast.AST) -> Iterator[ast.AST]:
    """`@dataclass(frozen=True)`: what keeps programmers from a slip, and does nothing while the program runs."""
    for decorator in getattr(node, "decorator_list", []):
        if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "dataclass":
            yield from (keyword.value for keyword in decorator.keywords)


def _slips(node: ast.AST) -> Iterator[tuple[str, ast.expr | ast.stmt, str]]:
    """What can go wrong at a node: in words, where, and what stands there then."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in SWAPS:
        other = ast.Compare(node.left, [SWAPS[type(node.ops[0])]()], node.comparators)
        yield "compares otherwise", node, _text(other)
    elif isinstance(node, ast.BoolOp):
        yield "and for or", node, _text(ast.BoolOp(SWAPS[type(node.op)](), node.values))
    elif isinstance(node, ast.BinOp) and type(node.op) in SWAPS and not _is_text(node):
        yield "reckons otherwise", node, _text(ast.BinOp(node.left, SWAPS[type(node.op)](), node.right))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "forgets not", node, _text(node.operand)
    elif isinstance(node, ast.If | ast.IfExp) and not isinstance(node.test, ast.Compare | ast.BoolOp | ast.UnaryOp):
        yield "decides otherwise", node.test, f"(not {_text(node.test)})"
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield "the other of two", node, str(not node.value)
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield "one more", node, str(node.value + 1)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Await | ast.Call) and not _is_silent(node.value):
        yield "leaves out a call", node, "pass"
    elif isinstance(node, ast.Raise):
        yield "refuses nothing", node, "pass"


def _text(node: ast.expr) -> str:
    return f"({ast.unparse(ast.fix_missing_locations(node))})"


def _is_text(node: ast.BinOp) -> bool:
    return any(isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
               for side in (node.left, node.right))  # fmt: skip


def _is_silent(value: ast.expr) -> bool:
    call = value.value if isinstance(value, ast.Await) else value
    func = call.func if isinstance(call, ast.Call) else None
    return isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id in SILENT_CALLS
