"""The lists of documents that ship with the product, per country (factfind 2.15), so that nobody starts empty (L22).

An item is one request: what it is, why it is asked for in words for the client, what may be sent in its place, and
whether each applicant sends their own or one is enough for everybody. A card has two sides and two requests.
Organisations add lists of their own as rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from salestrekker_portal.domains.documents import listed_au, listed_nz
from salestrekker_portal.domains.documents.listing import Group, ListedDocument, Whole
from salestrekker_portal.tables.organisations import Country

__all__ = ["STANDARD_LISTS", "ListedDocument", "StandardList"]


@dataclass(frozen=True, kw_only=True)
class StandardList:
    """A list to choose from. The key is for ever."""

    key: str
    name: str
    items: tuple[ListedDocument, ...]


def _lists(country: Country, rows: Sequence[Group], made_of: Whole) -> tuple[StandardList, ...]:
    groups = {key: StandardList(key=f"{country}:{key}", name=name, items=items) for key, name, items in rows}
    whole = [
        StandardList(key=f"{country}:{key}", name=name, items=sum((groups[part].items for part in parts), ()))
        for key, (name, parts) in made_of.items()
    ]
    return (*whole, *groups.values())


STANDARD_LISTS: dict[Country, tuple[StandardList, ...]] = {
    Country.AU: _lists(Country.AU, listed_au.GROUPS, listed_au.WHOLE),
    Country.NZ: _lists(Country.NZ, listed_nz.GROUPS, listed_nz.WHOLE),
}
