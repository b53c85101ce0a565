"""How merges of contacts read on the page of either."""

from collections.abc import Sequence
from typing import TypedDict
from uuid import UUID

from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.merges import ContactMerge


class MergeLine(TypedDict):
    """A merge of the last 30 days, in words. `path` leads to the one that stayed, from the one that went."""

    id: str
    words: str
    path: str


def merge_lines(found: Sequence[tuple[ContactMerge, Contact, Contact]], contact_id: UUID, zone: str) -> list[MergeLine]:
    """Each merge with (kept, gone), as the page of `contact_id` says it."""
    return [
        MergeLine(
            id=str(merge.id),
            words=f"{gone.name} was merged into {kept.name} by {merge.by_name}, "
            f"{instant_words(merge.created_at, zone)}.",
            path=f"/contacts/{kept.id}" if kept.id != contact_id else "",
        )
        for merge, kept, gone in found
    ]
