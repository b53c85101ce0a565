"""One press in an e-mail that ends its kind: a page that asks, and the post of the press, ours or a mail program's."""

from html import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.throttles import STOPS_PER_ADDRESS, count_try, neighbourhood
from salestrekker_portal.domains.notifications.stopping import Stoppable, change_address, stop_or_resume, stoppable
from salestrekker_portal.kernel.errors import Conflict, DomainError, NotFound
from salestrekker_portal.portals.http.plain_page import plain_page
from salestrekker_portal.portals.http.posted import posted_again
from salestrekker_portal.portals.http.requests import client_address, small_form

AGAIN = "again"
WRONG = "This address is not whole. Open the link in the e-mail once more, or choose what you get after signing in."
TOO_OFTEN = "That was tried very often from here. Wait 15 minutes, then press it once more."


async def ask(request: Request) -> Response:
    """GET: what would be ended, and one button. Changes nothing: mail scanners open every link."""
    try:
        async with reading() as session:
            about = await stoppable(session, request.path_params["token"])
    except DomainError:
        return _wrong()
    then = f"{about.with_it} {about.firm} then sends you no more of these e-mails.".strip()
    words = f"<h1>Stop “{escape(about.what)}”?</h1><p>{escape(then)}</p>"
    return plain_page("Stop these e-mails", words + _button("Stop these e-mails") + _others(about))


@posted_again("ended twice is ended once")
async def press(request: Request) -> Response:
    """POST, from the page above or by a mail program (RFC 8058), which has no page of ours and no origin.

    The signed address is all the right there is: nothing is done in the name of a session.
    """
    form = await small_form(request)
    on = form is not None and form.get(AGAIN) == "1"
    try:
        async with transaction() as session:
            where = neighbourhood(client_address(request))
            await count_try(session, f"stop-from:{where}", STOPS_PER_ADDRESS, TOO_OFTEN)
        async with transaction() as session:
            about = await stop_or_resume(session, request.path_params["token"], on=on)
    except NotFound:
        return _wrong()
    except DomainError as refusal:
        # A mail program comes again by itself; a person reads why.
        status = 429 if isinstance(refusal, Conflict) else 503
        answer = plain_page("Not yet", f"<h1>Not yet</h1><p>{escape(refusal.message)}</p>", status=status)
        answer.headers["retry-after"] = "900" if status == 429 else "60"
        return answer
    label, firm = escape(about.what), escape(about.firm)
    if on:
        return plain_page("On again", f"<h1>On again</h1><p>{firm} tells you of “{label}” as before.</p>")
    said = f"<h1>Stopped</h1><p>No more e-mails of “{label}” come from {firm}.</p>"
    return plain_page("Stopped", said + _button("I want them after all", again=True) + _others(about))


def _button(words: str, *, again: bool = False) -> str:
    which = f'<input type="hidden" name="{AGAIN}" value="1">' if again else ""
    style = ' class="quiet"' if again else ""
    return f'<form method="post">{which}<p class="row"><button{style}>{escape(words)}</button></p></form>'


def _others(about: Stoppable) -> str:
    href = escape(change_address(about.event.audience), quote=True)
    return f'<p><a href="{href}">Choose everything that you are told</a></p>'


def _wrong() -> Response:
    return plain_page("Not found", f"<h1>This doesn’t open</h1><p>{WRONG}</p>", status=404)


STOP_ROUTES = [
    Route("/stop/{token}", ask, methods=["GET"]),
    Route("/stop/{token}", press, methods=["POST"]),
]
