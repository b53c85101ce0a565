"""A broker's day: a deal's loans and what secures them, tasks, and finding things."""

from tests.refusals.case import Case
from tests.refusals.cases_broker import DEAL, GONE, STAFF, TEAM

_LOANS = DEAL + "/loans"
_LOAN = {"form": {"amount": "500,000", "lender": "Wattle Mutual"}}
_SECURITY = {"form": {"address": "1 Short Street", "price": "700,000"}}


def _loans(method: str, **facts) -> Case:
    return Case(handler=f"loan_form_state.{method}", path=_LOANS, **facts)


LOAN_CASES = (
    Case(handler="loans_state.load", path=_LOANS, control="shows", own=TEAM, silent=GONE),
    _loans("show_loan", payload={"loan_id": "{loan}"}, control="shows", own=TEAM),
    _loans("show_security", payload={"security_id": "{security}"}, control="shows", own=TEAM),
    _loans("close", control="quiet", own=STAFF),
    _loans("save_loan", payload=_LOAN, own=TEAM),
    _loans("save_loan", payload=_LOAN, after=(("loan_form_state.show_loan", {"loan_id": "{loan}"}),), own=TEAM),
    _loans("save_security", payload=_SECURITY, own=TEAM),
    _loans("remove_loan", payload={"loan_id": "{loan}"}, own=TEAM),
    _loans("remove_security", payload={"security_id": "{security}"}, own=TEAM),
    _loans(
        "put_back_loan",
        payload={"loan_id": "{loan}"},
        given=(("loan_form_state.remove_loan", {"loan_id": "{loan}"}),),
        own=TEAM,
    ),
    _loans(
        "put_back_security",
        payload={"security_id": "{security}"},
        given=(("loan_form_state.remove_security", {"security_id": "{security}"}),),
        own=TEAM,
    ),
)

SEARCH_CASES = (
    Case(
        handler="search_state.search", path="/board", payload={"words": "QZKIMLAST"}, control="shows",
        own={**STAFF, "mallory": "their own firm, where nobody is called so"},
    ),
    Case(
        handler="search_state.search", path="/board", payload={"words": "QZTEAMNOTE"}, control="shows",
        own={**STAFF, "mallory": "their own firm, where nothing says so"},
    ),
    Case(handler="search_state.open", path="/board", control="quiet", own=STAFF),
)  # fmt: skip

_TASKS = DEAL + "/tasks"
_NEW = {"form": {"title": "Ring them", "due": "tomorrow"}}
_CHANGED = {"form": {"title": "Write to them", "due": "fri", "owner": "{bob}"}}


def _tasks(method: str, **facts) -> Case:
    return Case(handler=f"tasks_state.{method}", path=_TASKS, **facts)


TASK_CASES = (
    _tasks("load", control="shows", own=TEAM, silent=GONE),
    Case(handler="tasks_state.load", path="/tasks?whose=team", control="shows", own=STAFF),
    _tasks("add", payload=_NEW, own=TEAM),
    Case(handler="tasks_state.add", path="/tasks", payload=_NEW, own=STAFF),
    _tasks("tick", payload={"task_id": "{task}", "on": True}, own=TEAM),
    _tasks("put_off", payload={"task_id": "{task}", "days": 3}, own=TEAM),
    _tasks("remove", payload={"task_id": "{task}"}, own=TEAM),
    _tasks(
        "put_back",
        payload={"task_id": "{task}"},
        given=(("tasks_state.remove", {"task_id": "{task}"}),),
        own=TEAM,
    ),
    Case(handler="task_form_state.show", path=_TASKS, payload={"task_id": "{task}"}, control="shows", own=TEAM),
    Case(handler="task_form_state.close", path=_TASKS, control="quiet", own=STAFF),
    Case(
        handler="task_form_state.save",
        path=_TASKS,
        payload=_CHANGED,
        after=(("task_form_state.show", {"task_id": "{task}"}),),
        own=TEAM,
    ),
)

INSIGHT_CASES = (
    Case(handler="insights_state.load", path="/insights", control="quiet", own=STAFF),
    Case(
        handler="insights_state.download", path="/insights", payload={"report": "pipeline"}, control="quiet", own=STAFF
    ),
    Case(handler="insights_state.picture", path="/insights", payload={"report": "sources"}, control="quiet", own=STAFF),
)

_CONTACT = "/contacts/{kim}"
CONTACT_CASES = (
    Case(handler="contact_page_state.load", path=_CONTACT, control="shows", own=TEAM, silent=GONE),
    Case(
        handler="contact_page_state.narrow",
        path=_CONTACT,
        payload={"which": "changes"},
        control="shows",
        own=TEAM,
    ),
    Case(handler="contact_page_state.show_earlier", path=_CONTACT, control="shows", own=TEAM),
    Case(handler="contact_page_state.show_papers", path=_CONTACT, payload={"every": True}, control="shows", own=TEAM),
    Case(
        handler="add_deal_state.show_with",
        path=_CONTACT,
        payload={"contact_id": "{kim}"},
        control="shows",
        own=TEAM,
    ),
    Case(handler="tasks_state.load", path=_CONTACT, control="shows", own=TEAM, silent=GONE),
    Case(handler="tasks_state.add", path=_CONTACT, payload={"form": {"title": "Ring them"}}, own=TEAM),
    Case(handler="new_contact_state.show", path="/contacts", payload={"on": True}, control="quiet", own=STAFF),
    Case(
        handler="new_contact_state.choose_kind",
        path="/contacts",
        payload={"kind": "company"},
        control="quiet",
        own=STAFF,
    ),
    Case(
        handler="new_contact_state.save",
        path="/contacts",
        payload={"form": {"first_name": "Zara", "last_name": "New"}},
        after=(("new_contact_state.show", {"on": True}),),
        own=STAFF,
    ),
    Case(handler="contact_page_state.edit", path=_CONTACT, payload={"on": True}, control="quiet", own=STAFF),
    Case(handler="merge_state.show", path=_CONTACT, payload={"on": True}, control="quiet", own=STAFF),
    Case(handler="merge_state.search", path=_CONTACT, payload={"words": "qz"}, control="quiet", own=STAFF),
    Case(handler="merge_state.choose", path=_CONTACT, payload={"contact_id": "{bare}"}, control="shows", own=TEAM),
    Case(handler="merge_state.merge", path=_CONTACT, payload={"form": {"other": "{bare}"}}, own=TEAM),
    Case(handler="merge_state.take_apart", path=_CONTACT, payload={"merge_id": "{merge}"}, own=TEAM),
    Case(handler="merge_state.not_the_same", path=_CONTACT, payload={"contact_id": "{bare}"}, own=TEAM),
    Case(handler="merge_state.maybe_the_same", path=_CONTACT, payload={"pair_id": "{pair}"}, own=TEAM),
    Case(handler="contact_page_state.save", path=_CONTACT, payload={"form": {"first_name": "Kimberley"}}, own=TEAM),
)

LIST_CASES = (Case(handler="deal_list_state.download", path="/board?view=list", control="quiet", own=STAFF),)

DAY_CASES = (*LIST_CASES, *CONTACT_CASES, *LOAN_CASES, *SEARCH_CASES, *TASK_CASES, *INSIGHT_CASES)
