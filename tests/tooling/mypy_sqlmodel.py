"""Tells mypy what SQLModel can't say: on the class of a table, an attribute is a column, not a value.

`Deal.name == "x"` is a condition for `where()`, `deal.name == "x"` is a bool. Used by pyproject.toml, [tool.mypy].
"""

from collections.abc import Callable

from mypy.nodes import Var
from mypy.plugin import AttributeContext, Plugin
from mypy.types import Instance, Type

TABLES = "sqlmodel.main.SQLModel"
COLUMN = "sqlalchemy.orm.attributes.InstrumentedAttribute"


class Columns(Plugin):
    def get_class_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        owner, _, name = fullname.rpartition(".")
        found = self.lookup_fully_qualified(owner)
        node = getattr(found, "node", None)
        if node is None or not hasattr(node, "has_base") or not node.has_base(TABLES):
            return None
        symbol = node.get(name)
        if symbol is None or not isinstance(symbol.node, Var) or symbol.node.is_classvar:
            return None
        return self._column

    def _column(self, context: AttributeContext) -> Type:
        symbol = self.lookup_fully_qualified(COLUMN)
        if symbol is None or symbol.node is None:
            return context.default_attr_type
        return Instance(symbol.node, [context.default_attr_type])


def plugin(version: str) -> type[Plugin]:
    """mypy's way in."""
    return Columns
