"""Whoever names a contact asks the contact how: a first name taken by hand greets a company by its accountant's."""

import ast

from tests.architecture.source import modules

# Where names are kept, typed and compared, or handed to a bank as a person's.
MAY = {"tables/contacts.py", "domains/clients/contacts.py", "domains/bank_statements/consenting.py",
       "domains/fact_find/prefill.py", "portals/broker/deal/overview_state.py",
       "portals/api/contacts.py"}  # fmt: skip


def taken_by_hand(tree: ast.Module) -> list[int]:
    """Lines with `x.first_name or x.name`, and with `contact.first_name`."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
            first, *rest = node.values
            if isinstance(first, ast.Attribute) and first.attr == "first_name" and rest:
                lines.append(node.lineno)
        by_hand = isinstance(node, ast.Attribute) and node.attr == "first_name" and isinstance(node.value, ast.Name)
        if by_hand and node.value.id == "contact":
            lines.append(node.lineno)
    return lines


def test_nobody_takes_a_contacts_first_name_by_hand():
    found = {
        path: lines
        for path, tree in modules().items()
        if path not in MAY and not path.startswith("demo/") and (lines := taken_by_hand(tree))
    }
    assert not found, f"use contact.called or contact.greeted: {found}"


def test_every_place_that_may_does():
    assert [path for path in MAY if path not in modules() or not taken_by_hand(modules()[path])] == []


def test_the_check_sees_both():
    assert taken_by_hand(ast.parse("a = each.first_name or each.name\nb = contact.first_name")) == [1, 2]
    assert not taken_by_hand(ast.parse("a = owner.first_name\nb = each.called"))
