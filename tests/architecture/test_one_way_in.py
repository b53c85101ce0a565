"""A file has one way in and one way out: one place makes its row, and one place decides that nobody needs it."""

import ast

from tests.architecture.source import modules

MAKES = "domains/documents/arriving.py"
# The sweep gives a file up in a transaction first, and deletes it then.
DELETES = {"domains/documents/orphans.py", "domains/documents/sweeping.py"}
SHAPES = {"InStore": "domains/documents/ports.py", "NewFile": MAKES, "StoredFile": "tables/documents.py"}


def makes_rows(tree: ast.AST) -> bool:
    """Whether a module makes the row of a file: `StoredFile(...)`."""
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "StoredFile"
        for node in ast.walk(tree)
    )


def deletes_files(tree: ast.AST) -> bool:
    """Whether a module deletes from a file store: `await store.files.delete(key)`, `files().delete(key)`."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "delete"
        and ast.unparse(node.func.value).rstrip("()").rsplit(".")[-1].lstrip("_") in ("files", "file_store", "store")
        for node in ast.walk(tree)
    )


def test_the_checks_tell_good_from_bad():
    assert makes_rows(ast.parse("row = StoredFile(organisation_id=firm, storage_key=key)"))
    assert not makes_rows(ast.parse("row = await session.get(StoredFile, file_id)"))
    for bad in ("await files().delete(key)", "await self._files.delete(key)", "await store.files.delete(paper.key)"):
        assert deletes_files(ast.parse(f"async def f():\n    {bad}"))
    assert not deletes_files(ast.parse("async def f():\n    await session.delete(row)"))


def test_one_place_makes_the_row_of_a_file():
    assert {path for path, tree in modules().items() if makes_rows(tree)} == {MAKES}


def test_nobody_deletes_a_file_without_asking_the_database():
    assert {path for path, tree in modules().items() if deletes_files(tree)} == DELETES


def test_each_shape_of_a_file_has_one_name_and_one_home():
    homes = {
        (node.name, path)
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name in SHAPES
    }
    assert homes == set(SHAPES.items())
