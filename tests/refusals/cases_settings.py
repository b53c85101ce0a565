"""Settings: what every member of staff may open, and what only an admin may."""

from tests.refusals.case import Case

STAFF = {"mallory": "a broker elsewhere has a firm of her own", "bob": "works for the firm"}
ELSEWHERE = {"mallory": "her own firm's settings"}

CASES: tuple[Case, ...] = (
    Case(handler="settings_here.load", path="/settings", control="quiet", own=STAFF),
    Case(
        handler="settings_here.ask", path="/settings/connect", payload={"about": "connect"}, rightful="bob", own=STAFF
    ),
    Case(handler="connect_state.load", path="/settings/connect", control="quiet", own=ELSEWHERE),
    Case(handler="connect_state.refresh", path="/settings/connect", control="quiet", own=ELSEWHERE),
    Case(handler="connect_state.switch", path="/settings/connect", payload={"on": False}, own=ELSEWHERE),
    Case(handler="connect_state.test", path="/settings/connect", control="quiet", own=ELSEWHERE),
    Case(handler="billing_state.load", path="/settings/billing", control="quiet", own=ELSEWHERE),
    Case(handler="billing_state.ask_to_buy", path="/settings/billing", control="quiet", own=ELSEWHERE),
    Case(
        handler="billing_state.stop_buying",
        path="/settings/billing",
        control="quiet",
        own={**STAFF, "bob": "closes a question in his own tab"},
    ),
    Case(
        handler="billing_state.buy",
        path="/settings/billing",
        payload={"attempt": "01890a5d-ac96-774b-bcce-b302099a8057"},
        own=ELSEWHERE,
    ),
    Case(handler="billing_state.switch_recharge", path="/settings/billing", payload={"on": True}, own=ELSEWHERE),
    Case(
        handler="billing_state.save_recharge",
        path="/settings/billing",
        payload={"form": {"below": "30"}},
        own=ELSEWHERE,
    ),
)
