"""What billing needs of the outside world."""

from typing import Protocol
from uuid import UUID


class PaymentRefused(Exception):
    """No money moved. `problem` is a sentence for whoever wanted to pay."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class PaymentGateway(Protocol):
    """Takes money. The same purchase twice is charged once and answers the same receipt."""

    # What the person reads before they pay: who takes the money, or that nobody does.
    label: str

    async def charge(self, purchase_id: UUID, cents: int, description: str) -> str:
        """A receipt number. Raises PaymentRefused."""
