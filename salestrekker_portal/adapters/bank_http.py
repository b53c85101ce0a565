"""What the bank data adapters share: one HTTP client with a timeout, and their failures as ours."""

import logging
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import httpx

from salestrekker_portal.domains.bank_statements.ports import ProviderBusy, ProviderRefused
from salestrekker_portal.tables.bank_statements import Problem

# It tells the log every address that it asks, and those name people's accounts.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

TIMEOUT_SECONDS = 15.0
MOST_BYTES = 60 * 1024 * 1024
MOST_PAGES = 400


class Wire:
    """Asks one provider. Busy, broken, slow and half answers become ProviderBusy: nothing of ours is lost by asking
    again, because nothing that is asked of these providers costs or moves anything.
    """

    def __init__(self, base: str, *, timeout: float = TIMEOUT_SECONDS) -> None:
        self._base = base.rstrip("/")
        self._timeout = timeout

    async def ask(self, method: str, path: str, *, headers: Mapping[str, str], **more: Any) -> httpx.Response:
        """The answer, whatever its status below 500. Raises ProviderBusy."""
        url = path if path.startswith("http") else f"{self._base}{path}"
        # A provider's own link to the next page leads to the provider, never elsewhere: it carries our token.
        if not url.startswith(f"{self._base}/"):
            raise ProviderBusy()
        try:
            # Redirects are not followed, for the same reason.
            async with httpx.AsyncClient(timeout=self._timeout, follow_redirects=False) as client:
                answer = await client.request(method, url, headers=dict(headers), **more)
        except (httpx.HTTPError, httpx.InvalidURL):
            raise ProviderBusy() from None
        if answer.status_code == 429 or answer.status_code >= 500 or answer.is_redirect:
            raise ProviderBusy()
        return answer


def json_of(answer: httpx.Response) -> dict:
    """The object in an answer. Raises ProviderBusy for half of one, or something else."""
    try:
        found = answer.json(parse_float=Decimal)
    except ValueError:
        raise ProviderBusy() from None
    if not isinstance(found, dict):
        raise ProviderBusy()
    return found


def insist(answer: httpx.Response, problem: Problem = Problem.UNKNOWN) -> dict:
    """The object of a good answer. Raises ProviderRefused otherwise, ProviderBusy when it can't be read."""
    if answer.status_code >= 400:
        raise ProviderRefused(problem)
    return json_of(answer)


def cents(raw: object) -> int | None:
    """Cents of an amount that came as text or as a number; None when it is neither."""
    try:
        amount = Decimal(str(raw))
    except InvalidOperation:
        return None
    # "1e999999" is finite too, and a million digits long.
    return int((amount * 100).to_integral_value()) if amount.is_finite() and abs(amount) < 10**13 else None
