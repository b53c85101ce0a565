"""What a board's address says: which workflow, which view, which deals, in which order."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.insights.chosen import MOST_DAYS, BoardFilter, settles_between
from salestrekker_portal.domains.insights.deal_list import DealsWanted, Show, Sort
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.kernel.numbers import whole_in
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.portals.incoming.parse import uuid_or_none
from salestrekker_portal.tables.deals import Move

# Whole dollars: more is no amount of a deal.
MOST_DOLLARS = 1_000_000_000
VIEWS = ("board", "list", "forecast", "calendar")
# What an address says besides which deals.
_AROUND = ("workflow", "view", "show", "sort", "descending", "month", "hide")
# What the calendar can leave out.
DATE_KINDS = ("settlement", "finance", "task")


@dataclass(frozen=True, kw_only=True)
class BoardAddress:
    """Everything after /board?, parsed; nonsense reads as nothing.

    `owner` is "me" or an id, `settles` as `settles_between` takes it; amounts are whole dollars. A page of the list
    comes after a deal, or before one; its number is only shown.
    """

    workflow: str = ""
    view: str = "board"
    owner: str = ""
    move: Move | None = None
    stale: bool = False
    stage: str = ""
    label: str = ""
    partner: str = ""
    lender: str = ""
    least: int | None = None
    most: int | None = None
    settles: str = ""
    days: int | None = None
    news: bool = False
    show: Show = Show.OPEN
    sort: Sort = Sort.DAYS
    descending: bool = False
    page: int = 1
    after: str = ""
    before: str = ""
    # The month that the calendar shows, 2026-12; "" is this one.
    month: str = ""
    # Kinds of dates that the calendar leaves out.
    hide: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        return self.view == "list"

    @property
    def mine(self) -> bool:
        return self.owner == "me"

    @property
    def path(self) -> str:
        query = self.query
        return f"/board?{query}" if query else "/board"

    @property
    def query(self) -> str:
        """What stands after the question mark."""
        said = {
            "workflow": self.workflow, "view": self.view if self.view != "board" else "", "owner": self.owner,
            "move": self.move.value if self.move else "", "stale": "1" if self.stale else "", "stage": self.stage,
            "label": self.label, "partner": self.partner, "lender": self.lender, "from": _number(self.least),
            "to": _number(self.most), "settles": self.settles, "days": _number(self.days),
            "news": "1" if self.news else "",
        }  # fmt: skip
        if self.is_list:
            said |= {
                "show": self.show.value if self.show is not Show.OPEN else "",
                "sort": self.sort.value if self.sort is not Sort.DAYS else "",
                "dir": "desc" if self.descending else "",
                "page": str(self.page) if self.page > 1 else "",
                "after": self.after if self.page > 1 else "",
                "before": self.before if self.page > 1 else "",
            }
        if self.view == "calendar":
            said |= {"month": self.month, "hide": ",".join(self.hide)}
        return urlencode({name: value for name, value in said.items() if value})

    @property
    def unsorted(self) -> str:
        """The same deals in whichever order, as a query."""
        return self.but(sort=Sort.DAYS, descending=False).query

    def but(self, **changes: object) -> "BoardAddress":
        """The same with some things changed, back on the first page."""
        return replace(self, **{"page": 1, "after": "", "before": "", **changes})

    @property
    def unfiltered(self) -> "BoardAddress":
        """The same workflow and view, with every deal."""
        return self.filtered_as(BoardAddress())

    def filtered_as(self, other: "BoardAddress") -> "BoardAddress":
        """The same workflow and view, with the deals that another address chooses; on the first page."""
        return replace(other.but(), **{name: getattr(self, name) for name in _AROUND})

    def filter(self, actor: Actor) -> BoardFilter:
        today = local(utc_now(), actor.time_zone).date()
        return BoardFilter(
            owner_id=actor.id if self.mine else uuid_or_none(self.owner), move=self.move, stale=self.stale,
            stage_id=uuid_or_none(self.stage), label_id=uuid_or_none(self.label), partner_id=uuid_or_none(self.partner),
            lender=self.lender, least_cents=_cents(self.least), most_cents=_cents(self.most),
            settles=settles_between(self.settles, today), days=self.days, news_for=actor.id if self.news else None,
        )  # fmt: skip

    def wanted(self, actor: Actor) -> DealsWanted:
        """What the list is asked for."""
        return DealsWanted(show=self.show, chosen=self.filter(actor), sort=self.sort, descending=self.descending)


def read_address(query) -> BoardAddress:
    """`query(name)` gives the text after the name in the address, or ""."""
    owner, settles = query("owner"), query("settles")
    return BoardAddress(
        workflow=_id(query("workflow")),
        view=query("view") if query("view") in VIEWS else "board",
        owner="me" if owner == "me" else _id(owner),
        move=_member(Move, query("move")),
        stale=query("stale") == "1",
        stage=_id(query("stage")),
        label=_id(query("label")),
        partner=_id(query("partner")),
        lender=clean(query("lender")),
        least=_whole(query("from"), MOST_DOLLARS),
        most=_whole(query("to"), MOST_DOLLARS),
        settles=settles if settles_between(settles, date(2000, 1, 1)) else "",
        days=_whole(query("days"), MOST_DAYS),
        news=query("news") == "1",
        show=_member(Show, query("show")) or Show.OPEN,
        sort=_member(Sort, query("sort")) or Sort.DAYS,
        descending=query("dir") == "desc",
        month=query("month") if len(query("month")) == 7 and settles_between(query("month"), date.min) else "",
        hide=tuple(each for each in DATE_KINDS if each in query("hide").split(",")),
        **_place(query),
    )


def address_of(query: str) -> BoardAddress:
    """The same from what stands after the question mark, which was kept."""
    said = dict(parse_qsl(query))
    return read_address(lambda name: said.get(name, ""))


def _place(query) -> dict:
    """Which page: a number means nothing without the deal that the page begins or ends beside."""
    after, before = _id(query("after")), _id(query("before"))
    page = _whole(query("page"), 10_000) or 1
    return {"page": page, "after": after, "before": "" if after else before} if page > 1 and (after or before) else {}


def _cents(dollars: int | None) -> int | None:
    return None if dollars is None else dollars * 100


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _whole(raw: str, most: int) -> int | None:
    found = whole_in(raw, most + 1)
    return found if found is not None and found <= most else None


def _member(kind, raw: str):
    return kind(raw) if raw in {each.value for each in kind} else None


def _id(raw: str) -> str:
    return str(uuid_or_none(raw) or "")
