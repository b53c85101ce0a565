"""Many deals at once: filters, saved views, and what is done to those that were ticked."""

from tests.refusals.case import Case
from tests.refusals.cases_broker import STAFF, TEAM

_LIST = "/board?view=list"
_OWN = {**STAFF, "mallory": "their own firm, where nothing is called so"}
# The view is shared with the firm, and only its maker or an admin changes it.
_VIEW = {"view_id": "{view}"}
_NAMED = {"form": {"name": "Renamed", "shared": "on"}}


def _filter(method: str, **facts) -> Case:
    return Case(handler=f"board_filter_state.{method}", path=_LIST, **facts)


def _views(method: str, **facts) -> Case:
    return Case(handler=f"saved_views_state.{method}", path=_LIST, **facts)


def _columns(method: str, **facts) -> Case:
    return Case(handler=f"list_columns_state.{method}", path=_LIST, own=STAFF, **facts)


_LVR = ("list_columns_state.show", {"column": "lvr", "on": True})
_TICK = ("deal_list_state.tick", {"deal_id": "{deal}", "on": True})
_MOVE = (("deal_list_state.load", {}), _TICK, ("many_state.begin", {"deed": "move"}))
_GO = {"form": {"to": "{stage}"}}
# Ticking is of one's own page; what is done to a deal that somebody may not see is refused, and the drawer says so.
_SAYS = {"mallory": "the drawer says that there is no such stage"}


def _list(method: str, **facts) -> Case:
    return Case(handler=f"deal_list_state.{method}", path=_LIST, control="quiet", own=STAFF, **facts)


def _many(method: str, **facts) -> Case:
    return Case(handler=f"many_state.{method}", path=_LIST, **facts)


MANY_CASES = (
    Case(handler="dates_state.load", path="/board?view=forecast", control="shows", own=STAFF),
    Case(handler="dates_state.load", path="/board?view=calendar", control="quiet", own=STAFF),
    Case(
        handler="carry_state.carry",
        path="/board?view=calendar",
        payload={"what": "task:{task}", "seen_on": "2026-12-01", "to": "2026-12-02"},
        own=TEAM,
    ),
    Case(
        handler="carry_state.put_back",
        path="/board?view=calendar",
        payload={"about": "task:{task} 2026-11-30 2026-12-01"},
        own=TEAM,
    ),
    _list("tick", payload={"deal_id": "{deal}", "on": True}),
    _list("tick_page", payload={"on": True}, after=(("deal_list_state.load", {}),)),
    _list("tick_all"),
    _list("tick_none"),
    _many("begin", payload={"deed": "move"}, control="quiet", own=STAFF),
    _many("close", control="quiet", own=STAFF),
    _many("go", payload=_GO, after=_MOVE, own=TEAM, silent=_SAYS),
    _many("undo", payload={"number": "1"}, after=(*_MOVE, ("many_state.go", _GO)), own=TEAM),
    _many("download", control="quiet", own=STAFF, after=(_TICK,)),
    _filter("load", control="quiet", own=STAFF),
    _filter("show", control="quiet", own=STAFF),
    _filter("close", control="quiet", own=STAFF),
    _filter("apply", payload={"form": {"from": "1"}}, control="quiet", own=STAFF),
    _columns("begin", control="quiet"),
    _columns("close", control="quiet"),
    _columns("show", payload={"column": "lvr", "on": True}),
    _columns("place", payload={"column": "settles", "place": 1}, after=(_LVR,)),
    _columns("widen", payload={"column": "stage", "width": 120}),
    _columns("standard", given=(_LVR,)),
    _views("load", control="shows", own=_OWN),
    _views("begin", control="quiet", own=STAFF),
    _views("show", payload=_VIEW, control="shows"),
    _views("close", control="quiet", own=STAFF),
    _views("save", payload=_NAMED, after=(("saved_views_state.begin", {}),), own=STAFF),
    _views("save", payload=_NAMED, after=(("saved_views_state.show", _VIEW),)),
    _views("delete", payload=_VIEW),
    _views("put_back", payload=_VIEW, given=(("saved_views_state.delete", _VIEW),)),
)
