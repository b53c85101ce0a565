"""The check of an installation opens every sealed text that there is: a new column must not be left out of it."""

from salestrekker_portal.keeping.check import SEALED
from salestrekker_portal.tables.registry import metadata

# Sealed too, under a name of its own.
BY_ANOTHER_NAME = {"lost_links.asked"}


def test_the_check_knows_every_sealed_column():
    looked_at = {f"{column.class_.__tablename__}.{column.key}" for column, _ in SEALED}
    there = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if "sealed" in column.name
    }
    assert len(there) >= 5
    assert looked_at == there | BY_ANOTHER_NAME
    assert len({purpose for _, purpose in SEALED}) == len(SEALED), "each is sealed for one purpose"
