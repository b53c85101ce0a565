"""The page of the bank that does not exist. Served in demo and development only, and it says that it is invented."""

import asyncio
import logging
from html import escape

import httpx
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from salestrekker_portal.config import Mode, settings
from salestrekker_portal.portals.http.answers import forbidden, see
from salestrekker_portal.portals.http.plain_page import plain_page
from salestrekker_portal.portals.http.posted import of_our_form, posted_again
from salestrekker_portal.wiring import demonstration_bank

log = logging.getLogger(__name__)

_WORDS = {
    "good": "Everything works: two accounts",
    "partial": "One bank works, the other one is down",
    "wrong_login": "The bank refuses the login",
    "act_at_bank": "The bank wants something cleared first",
    "code_timed_out": "The security code comes too late",
    "joint_authority": "The joint holder has to allow it",
    "no_accounts": "No accounts are shared",
}
_calling: set[asyncio.Task] = set()


async def page(request: Request) -> Response:
    """GET: the consent page of the invented bank."""
    visit = demonstration_bank().visit(request.path_params["visit"]) if _is_there() else None
    if visit is None:
        return PlainTextResponse("Not found", 404)
    choices = "".join(
        f'<label><input type="radio" name="outcome" value="{key}"{" checked" if key == "good" else ""}>'
        f"<span>{escape(_WORDS[key])}</span></label>"
        for key in _WORDS
    )
    body = (
        '<span class="tag">Invented bank, for the demonstration</span>'
        f"<h1>Tin Roof Bank: share your statements</h1>"
        f"<p>{escape(visit.firm)} asks {escape(visit.name)} for {visit.months} months of statements and "
        "transactions. Nothing can be paid or moved with it.</p>"
        "<p>A real provider asks for your bank login here, on its own site. This one asks for nothing.</p>"
        '<form method="post"><fieldset><legend>What should happen?</legend>'
        f"{choices}</fieldset>"
        '<div class="row"><button name="go" value="yes">Agree and share</button></div></form>'
    )
    return plain_page("Tin Roof Bank (invented)", body)


@posted_again("the invented bank takes one decision a visit")
@of_our_form
async def decide(request: Request, form: FormData) -> Response:
    """POST: what should happen. The visitor goes back, and a moment later the bank calls the portal."""
    if not _is_there():
        return forbidden()
    key = request.path_params["visit"]
    bank = demonstration_bank()
    onward = bank.decide(key, str(form.get("outcome")))
    if onward is None:
        return PlainTextResponse("Not found", 404)
    task = asyncio.create_task(_call(key))
    _calling.add(task)
    task.add_done_callback(_calling.discard)
    return see(onward)


async def _call(key: str) -> None:
    bank = demonstration_bank()
    await asyncio.sleep(bank.delay.total_seconds())
    headers, body = bank.callback(key)
    address = f"http://127.0.0.1:{settings().port}/webhooks/bank/{bank.key.value}"
    try:
        async with httpx.AsyncClient(timeout=10) as client:
            await client.post(address, headers=headers, content=body)
    except httpx.HTTPError:
        log.warning("the demonstration bank could not call the portal; it is asked from time to time anyway")


def _is_there() -> bool:
    return settings().mode in (Mode.DEMO, Mode.DEV)


DEMO_BANK_ROUTES = [
    Route("/demo-bank/{visit}", page, methods=["GET"]),
    Route("/demo-bank/{visit}", decide, methods=["POST"]),
]
