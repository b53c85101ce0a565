"""What the outbox needs of the outside world."""

from typing import Protocol

from salestrekker_portal.domains.outbox.service import Envelope


class SendFailed(Exception):
    """It did not leave. `permanent` means that trying again would not help."""

    def __init__(self, problem: str, *, permanent: bool) -> None:
        super().__init__(problem)
        self.problem = problem
        self.permanent = permanent


class Sender(Protocol):
    """Carries one message. Raises SendFailed."""

    async def send(self, envelope: Envelope) -> None: ...
