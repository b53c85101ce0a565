"""What a board's address says: which workflow, which view, which deals, in which order."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.insights.board import BoardFilter
from salestrekker_portal.domains.insights.deal_list import Show, Sort
from salestrekker_portal.tables.deals import Move


@dataclass(frozen=True, kw_only=True)
class BoardAddress:
    """Everything after /board?, parsed; nonsense reads as nothing."""

    workflow: str = ""
    view: str = "board"
    mine: bool = False
    move: Move | None = None
    stale: bool = False
    show: Show = Show.OPEN
    sort: Sort = Sort.DAYS
    descending: bool = False
    page: int = 1

    @property
    def is_list(self) -> bool:
        return self.view == "list"

    @property
    def path(self) -> str:
        said = {
            "workflow": self.workflow,
            "view": "list" if self.is_list else "",
            "owner": "me" if self.mine else "",
            "move": self.move.value if self.move else "",
            "stale": "1" if self.stale else "",
        }
        if self.is_list:
            said |= {
                "show": self.show.value if self.show is not Show.OPEN else "",
                "sort": self.sort.value if self.sort is not Sort.DAYS else "",
                "dir": "desc" if self.descending else "",
                "page": str(self.page) if self.page > 1 else "",
            }
        query = urlencode({name: value for name, value in said.items() if value})
        return f"/board?{query}" if query else "/board"

    def but(self, **changes: object) -> "BoardAddress":
        """The same with some things changed, back on the first page."""
        return replace(self, **{"page": 1, **changes})

    def filter(self, actor: Actor) -> BoardFilter:
        return BoardFilter(owner_id=actor.id if self.mine else None, move=self.move, stale=self.stale)


def read_address(query) -> BoardAddress:
    """`query(name)` gives the text after the name in the address, or ""."""
    page = query("page")
    return BoardAddress(
        workflow=str(_uuid(query("workflow")) or ""),
        view="list" if query("view") == "list" else "board",
        mine=query("owner") == "me",
        move=_member(Move, query("move")),
        stale=query("stale") == "1",
        show=_member(Show, query("show")) or Show.OPEN,
        sort=_member(Sort, query("sort")) or Sort.DAYS,
        descending=query("dir") == "desc",
        page=min(int(page), 10_000) if page.isdecimal() and int(page) > 0 else 1,
    )


def _member(kind, raw: str):
    return kind(raw) if raw in {each.value for each in kind} else None


def _uuid(raw: str) -> UUID | None:
    try:
        return UUID(raw)
    except ValueError:
        return None
