"""What brokers do with a deal's papers: ask for them, review them, file and share them."""

from tests.refusals.case import Case
from tests.refusals.cases_broker import DEAL, GONE, STAFF, TEAM


def _required(method: str, **facts) -> Case:
    return Case(handler=f"required_state.{method}", path=DEAL + "/required", **facts)


def _adding(method: str, **facts) -> Case:
    return Case(handler=f"adding_state.{method}", path=DEAL + "/required", **facts)


def _files(method: str, **facts) -> Case:
    return Case(handler=f"deal_documents_state.{method}", path=DEAL + "/documents", **facts)


_REQUIRED = DEAL + "/required"
_LIST = (("adding_state.show", {"what": "list"}),)

PAPER_CASES = (
    _required("load", control="shows", own=TEAM, silent=GONE),
    _required("open", payload={"request_id": "{request}"}, control="shows", own=TEAM, silent=GONE),
    _required("show_file", payload={"file_id": "{kim_document}"}, control="quiet", own=STAFF),
    _required("ask", payload={"what": "again"}, control="quiet", own=STAFF),
    _required("accept", payload={"request_id": "{request}"}, own=TEAM),
    _required("decide", payload={"form": {"request": "{request}", "reason": "All pages"}}, own=TEAM),
    _required(
        "decide",
        payload={"form": {"request": "{request}", "reason": "All pages"}},
        after=(("required_state.ask", {"what": "again"}),),
        own=TEAM,
    ),
    _required("reopen", payload={"request_id": "{declined}"}, own=TEAM),
    _required("withdraw", payload={"request_id": "{asked}"}, own=TEAM),
    _required(
        "put_back",
        payload={"request_id": "{asked}"},
        given=(("required_state.withdraw", {"request_id": "{asked}"}),),
        own=TEAM,
    ),
    _required("send", own=TEAM),
    _required("share", payload={"document_id": "{document}", "audience": "client", "on": True}),
    _required("move", payload={"document_id": "{document}", "request_id": "{asked}"}, own=TEAM),
    Case(handler="chasing_state.load", path=_REQUIRED, control="shows", own=TEAM, silent=GONE),
    Case(handler="chasing_state.chase", path=_REQUIRED, payload={"access_id": "{kim_access}"}, own=TEAM),
    Case(handler="chasing_state.pause", path=_REQUIRED, payload={"on": True}, own=TEAM),
    Case(handler="chasing_state.pause_one", path=_REQUIRED, payload={"request_id": "{asked}", "on": True}, own=TEAM),
    _adding("show", payload={"what": "list"}, control="shows", own=TEAM),
    _adding("choose", payload={"list_key": ""}, control="quiet", own=STAFF),
    _adding("tick", payload={"on": False}, control="quiet", own=STAFF),
    _adding("add_single", payload={"form": {"name": "Rates notice", "for": "{kim}"}}, own=TEAM),
    _adding(
        "add_list",
        payload={"form": {"item-0": "on", "person-{kim}": "on"}},
        after=_LIST,
        own=TEAM,
        silent={"mallory": "no list is open, so nothing is ticked, which the form says"},
    ),
    _files("load", control="shows", own=TEAM, silent=GONE),
    _files("share", payload={"document_id": "{document}", "audience": "client", "on": True}),
    _files("share", payload={"document_id": "{document}", "audience": "partner", "on": True}),
    _files("label", payload={"document_id": "{document}", "slot": "credit_guide"}, own=TEAM),
    _files("move", payload={"document_id": "{document}", "request_id": "{asked}"}, own=TEAM),
    _files("rename", payload={"document_id": "{document}"}, control="quiet", own=STAFF),
    _files("save_name", payload={"form": {"document": "{document}", "name": "Other.pdf"}}, own=TEAM),
    _files("remove", payload={"document_id": "{document}"}, own=TEAM),
    _files(
        "put_back",
        payload={"document_id": "{document}"},
        given=(("deal_documents_state.remove", {"document_id": "{document}"}),),
        own=TEAM,
    ),
)
