"""What has to happen from time to time, beside the outbox. It runs wherever the worker runs."""

import asyncio
import logging
import time
from datetime import date

from salestrekker_portal.domains.access.intentions import sweep_intentions
from salestrekker_portal.domains.bank_statements.looking import keep_looking
from salestrekker_portal.domains.billing.upkeep import keep_credits
from salestrekker_portal.domains.documents.quarantine import check_waiting
from salestrekker_portal.domains.documents.sweeping import sweep_files
from salestrekker_portal.domains.fact_find.figures import count_overdue
from salestrekker_portal.domains.fact_find.reconciling import reconcile_figures
from salestrekker_portal.domains.notifications.mornings import keep_mornings
from salestrekker_portal.domains.notifications.typing_rounds import gather_typing
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.wiring import bank_providers, file_store, payments, scanner, statement_store

log = logging.getLogger(__name__)

EVERY_SECONDS = 60
SWEEP_SECONDS = 6 * 3600
NIGHT_HOUR_UTC = 15  # 1 or 2 am in Sydney, 3 or 4 am in Auckland, 11 pm in Perth


async def keep_up() -> None:
    """Until cancelled: what is due from minute to minute, and the bank statements that are being fetched."""
    async with asyncio.TaskGroup() as together:
        together.create_task(_every_minute())
        together.create_task(keep_looking(bank_providers(), statement_store()))


async def _every_minute() -> None:
    """Until cancelled. A round that fails is logged and tried again."""
    while True:
        try:
            await keep_credits(payments())
        except Exception:
            log.exception("the upkeep round failed")
        try:
            await count_overdue()
        except Exception:
            log.exception("the round of profiles failed")
        try:
            await gather_typing()
            await keep_mornings()
        except Exception:
            log.exception("the round of reminders failed")
        try:
            await check_waiting(file_store, scanner())
        except Exception:
            log.exception("the round of virus checks failed")
        await _now_and_then()
        await _each_night()
        await asyncio.sleep(EVERY_SECONDS)


_reconciled_on: date | None = None


async def _each_night() -> None:
    """Once a day, at an hour when Australia and New Zealand sleep. A restart in that hour does it again, harmlessly."""
    global _reconciled_on
    now = utc_now()
    if now.hour != NIGHT_HOUR_UTC or _reconciled_on == now.date():
        return
    _reconciled_on = now.date()
    try:
        await reconcile_figures()
    except Exception:
        log.exception("the figures could not be reconciled")


_swept_at = 0.0


async def _now_and_then() -> None:
    """What once in some hours is enough for: bytes that nobody can reach any more."""
    global _swept_at
    if _swept_at and time.monotonic() < _swept_at + SWEEP_SECONDS:
        return
    _swept_at = time.monotonic()
    try:
        await file_store().sweep()
        await sweep_files(file_store)
    except Exception:
        log.exception("the sweep of files failed")
    try:
        await sweep_intentions()
    except Exception:
        log.exception("the sweep of presses failed")
