"""One's own bell, its list, and how one wants to be told."""

from tests.refusals.case import Case

NEWS, UPDATES = "/notifications", "/settings/account/updates"
# Any member of staff, each with their own.
OWN = {"mallory": "her own, in her own firm", "bob": "his own"}

NOTIFICATION_CASES = (
    Case(handler="bell_state.load", path="/board", control="quiet", own=OWN),
    Case(handler="notifications_state.load", path=NEWS, control="shows", own=OWN),
    Case(handler="notifications_state.load_older", path=NEWS, control="shows", own=OWN),
    Case(handler="notifications_state.mark", path=NEWS, payload={"notice_id": "{notice}", "read": True}),
    Case(handler="notifications_state.mark_all", path=NEWS, own=OWN),
    Case(handler="updates_state.load", path=UPDATES, control="quiet", own=OWN),
    Case(
        handler="updates_state.switch",
        path=UPDATES,
        payload={"key": "client_wrote", "way": "email", "on": False},
        own=OWN,
    ),
    Case(handler="updates_state.choose_place", path=UPDATES, payload={"zone": "Australia/Perth"}, own=OWN),
    Case(handler="updates_state.choose_mail", path=UPDATES, payload={"kind": "summary"}, own=OWN),
)
