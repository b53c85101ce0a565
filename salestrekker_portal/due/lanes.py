"""Which lanes there are: everything that happens by itself in this product, in one list."""

from collections.abc import Awaitable, Callable

from salestrekker_portal.database import waking
from salestrekker_portal.domains.access.intentions import sweep_intentions
from salestrekker_portal.domains.automations.rounds import automations_round
from salestrekker_portal.domains.bank_statements import looking
from salestrekker_portal.domains.billing.upkeep import keep_credits
from salestrekker_portal.domains.documents.quarantine import check_waiting
from salestrekker_portal.domains.documents.sweeping import sweep_files
from salestrekker_portal.domains.fact_find.figures import count_overdue
from salestrekker_portal.domains.fact_find.reconciling import reconcile_figures
from salestrekker_portal.domains.firm.log_keeping import sweep_security_log
from salestrekker_portal.domains.imports.rounds import import_round, sweep_imports
from salestrekker_portal.domains.notifications.mornings import keep_mornings
from salestrekker_portal.domains.notifications.rounds import tell_due
from salestrekker_portal.domains.notifications.typing_rounds import gather_typing
from salestrekker_portal.domains.portal_access.lost_link import answer_lost_links
from salestrekker_portal.domains.security_log.sealing import seal_logs
from salestrekker_portal.domains.signing_in.devices import sweep_devices
from salestrekker_portal.domains.signing_in.passkeys import sweep_challenges
from salestrekker_portal.domains.webhooks.rounds import tell_programs
from salestrekker_portal.domains.webhooks.service import sweep_deliveries
from salestrekker_portal.due.engine import Engine, Lane
from salestrekker_portal.due.post import SOON, Post
from salestrekker_portal.watching.disk import LOOK_SECONDS, look_for_room
from salestrekker_portal.watching.workers import BEAT_SECONDS, Heartbeat
from salestrekker_portal.wiring import (
    bank_providers,
    file_store,
    hook_carrier,
    payments,
    scanner,
    senders,
    statement_store,
    when_given_up,
)

SEVERAL_HOURS = 6 * 3600.0


def make_engine() -> Engine:
    """Everything that is due, with the senders, banks and stores that the operator chose; wakes what may be woken."""
    post = Post(senders(), when_given_up)
    notices = Lane(name=waking.NOTICES, round=tell_due, every=SOON, finishes=True)
    lost_links = Lane(name=waking.LOST_LINKS, round=answer_lost_links, every=SOON, finishes=True)
    heartbeat = Heartbeat()
    engine = Engine([heartbeat_lane(heartbeat), notices, lost_links, *post.lanes(), *_lanes_by_the_clock()])
    heartbeat.lanes = engine.told
    post.when_free = lambda channel: engine.wake(channel.value)
    waking.wake_with(engine.wake)
    return engine


def heartbeat_lane(heartbeat: Heartbeat) -> Lane:
    """Says that this worker lives, until it is stopped on purpose: then nobody misses it."""
    return Lane(name="heartbeat", round=heartbeat.beat, every=BEAT_SECONDS, finishes=True, settled=heartbeat.leave)


def _lanes_by_the_clock() -> list[Lane]:
    return [
        Lane(name=waking.STATEMENTS, round=_statements, every=5.0),
        Lane(name=waking.WEBHOOKS, round=lambda: tell_programs(hook_carrier()), every=5.0),
        Lane(name=waking.IMPORTS, round=import_round, every=5.0),
        Lane(name="seals", round=seal_logs, every=5.0),
        Lane(name="disk", round=look_for_room, every=LOOK_SECONDS),
        Lane(name="credits", round=_once(lambda: keep_credits(payments()))),
        Lane(name="automations", round=automations_round, every=15.0),
        Lane(name="profiles", round=count_overdue),
        Lane(name="typing", round=_once(gather_typing)),
        Lane(name="mornings", round=_once(keep_mornings)),
        Lane(name="virus checks", round=_virus_checks),
        Lane(name="files", round=_once(_sweep), every=SEVERAL_HOURS),
        Lane(name="devices", round=_once(sweep_devices), every=SEVERAL_HOURS),
        Lane(name="challenges", round=_once(sweep_challenges), every=SEVERAL_HOURS),
        Lane(name="presses", round=_once(sweep_intentions), every=SEVERAL_HOURS),
        Lane(name="old imports", round=_once(sweep_imports), every=SEVERAL_HOURS),
        Lane(name="old deliveries", round=_once(sweep_deliveries), every=SEVERAL_HOURS),
        Lane(name="old log rows", round=_once(sweep_security_log), at_night=True),
        Lane(name="figures", round=_once(reconcile_figures), at_night=True),
    ]


# The engine calls a round again at once until it returns 0; who goes round everything has nothing left.
def _once(deed: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[int]]:
    """A round of something that goes once round everything by itself."""

    async def round_of_it() -> int:
        await deed()
        return 0

    return round_of_it


async def _statements() -> int:
    return await looking.one_round(bank_providers(), statement_store())


async def _virus_checks() -> int:
    return await check_waiting(file_store, scanner())


async def _sweep() -> None:
    await file_store().sweep()
    await sweep_files(file_store)
