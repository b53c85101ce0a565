"""Bank statements: the broker's page of a deal, the setting behind it, and the client's own card."""

from tests.refusals.case import Case
from tests.refusals.cases_broker import DEAL, GONE, STAFF, TEAM
from tests.refusals.cases_client import OWN
from tests.refusals.cases_settings import ELSEWHERE

_PAGE, _SETTING = DEAL + "/bank-statements", "/settings/integrations"
_LOADED = (("bank_statements_state.load", {}),)
_OPEN_SETTING = (("integrations_state.load", {}),)
# Her own firm's setting: she sees and keeps only that, and bob sees his firm's.
_LOOK = {**ELSEWHERE, "bob": "assistants see what is switched on"}


def _bank(method: str, **facts) -> Case:
    return Case(handler=f"bank_statements_state.{method}", path=_PAGE, **facts)


def _setting(method: str, **facts) -> Case:
    return Case(handler=f"integrations_state.{method}", path=_SETTING, **facts)


def _client(method: str, **facts) -> Case:
    return Case(handler=f"client_bank_state.{method}", path="/portal/documents", rightful="kim", **facts)


BANK_CASES = (
    _bank("load", control="shows", own=TEAM, silent=GONE),
    _bank("tick", payload={"contact_id": "{sam}", "on": True}, control="quiet", own=STAFF),
    _bank("send", payload={"form": {"months": "6", "how": "email"}}, after=_LOADED, own=TEAM),
    _bank("renew", payload={"request_id": "{statements}"}, own=TEAM),
    _bank("withdraw", payload={"request_id": "{statements}"}, own=TEAM),
    _bank("copy", payload={"access_id": "{kim_access}"}),
    _bank("take", payload={"request_id": "{statements_done}", "key": "groceries"}, own=TEAM),
    Case(handler="bank_gate_state.load", path=DEAL + "/share", control="quiet", own=TEAM, silent=GONE),
    _setting("load", control="quiet", own=_LOOK),
    _setting("choose", payload={"provider": "illion"}, after=_OPEN_SETTING, control="quiet", own=STAFF),
    _setting("set_on", payload={"on": False}, control="quiet", own=STAFF),
    _setting("save", payload={"form": {"months": "3"}}, after=_OPEN_SETTING, own={"mallory": "her own firm's setting"}),
    _setting("follow_firm", control="quiet", own={"mallory": "she has no setting of her own"}),
    _client("load", control="quiet", own=OWN),
    _client("ask_again", payload={"request_id": "{statements_over}"}),
    _client("stop", payload={"request_id": "{statements_done}"}),
)
