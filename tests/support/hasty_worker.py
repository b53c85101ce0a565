"""`python -m tests.support.hasty_worker`: the shipped worker, with minutes shortened to seconds."""

import asyncio
from datetime import timedelta

from salestrekker_portal import worker
from salestrekker_portal.domains.outbox import rules, service, settling

# Longer than a busy machine takes for one round, or a message is looked for while it is being sent.
service.LEASE = timedelta(seconds=6)
rules.LOOK_FIRST = timedelta(seconds=1)
rules.LOOK_AGAIN = (timedelta(seconds=2),) * 3
settling.BACK_OFF = (timedelta(seconds=1),) * 8

if __name__ == "__main__":
    asyncio.run(worker.main())
