"""What is asked of whoever carries a delivery to another program."""

from collections.abc import Mapping
from typing import Protocol


class NotDelivered(Exception):
    """It was not taken. `problem` says why in words, `status` is the answer's, None when there was none."""

    def __init__(self, problem: str, status: int | None = None) -> None:
        super().__init__(problem)
        self.problem, self.status = problem, status


class HookCarrier(Protocol):
    """Posts one body to one address."""

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """The status of the answer, 200 to 299. Raises NotDelivered."""
        ...
