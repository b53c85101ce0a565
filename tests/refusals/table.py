"""The refusal table. A handler is either a row here, or open to anybody with the reason why that is right."""

from tests.refusals.case import Case
from tests.refusals.cases_bank import BANK_CASES
from tests.refusals.cases_broker import BROKER_CASES
from tests.refusals.cases_client import CLIENT_CASES
from tests.refusals.cases_day import DAY_CASES
from tests.refusals.cases_deal import DEAL_CASES
from tests.refusals.cases_imports import IMPORT_CASES
from tests.refusals.cases_many import MANY_CASES
from tests.refusals.cases_notifications import NOTIFICATION_CASES
from tests.refusals.cases_papers import PAPER_CASES
from tests.refusals.cases_partner import PARTNER_CASES
from tests.refusals.cases_settings import CASES as SETTINGS_CASES

OPEN: dict[str, str] = {
    "arrival_state.load": "says who invited whom, to whoever holds the link; addresses are masked, the PIN lets in",
    "arrival_state.load_ended": "whom to call, to whoever still holds the ended session's cookie",
    "lost_link_state.load": "whom to call, to whoever holds a link or an ended session's cookie",
    "lost_link_state.ask": "the same answer for everybody; throttled, and sent only to the address that was invited",
    "lost_link_state.try_another": "one's own page",
    "live_state.woke": "counts one number of one's own tab",
    "password_link_state.load": "shows what a one-time link is for, to whoever holds it",
    "set_up_state.load": "the first visit; refuses once there is an organisation",
    "sign_in_state.load": "shows one's own refused sign-in again",
    "landing_state.load": "the front page; demo people in demo mode only",
    "outbox_state.load": "demo and development only; staff's own firm when embedded",
    "outbox_state.refresh": "as outbox_state.load",
    "outbox_state.show_only": "filters what is shown already",
    "notices.dismiss": "one's own notice",
    "notices.offer_undo": "one's own notice; what it offers passes the gate by itself",
    "notices.refuse": "one's own notice",
    "notices.tell": "one's own notice",
    "notices.undo": "one's own notice; what it starts passes the gate by itself",
}

CASES: tuple[Case, ...] = (
    *BROKER_CASES,
    *IMPORT_CASES,
    *DEAL_CASES,
    *DAY_CASES,
    *MANY_CASES,
    *PAPER_CASES,
    *BANK_CASES,
    *CLIENT_CASES,
    *PARTNER_CASES,
    *SETTINGS_CASES,
    *NOTIFICATION_CASES,
)
