"""Once is once over plain HTTP too: every route that changes something is `@posted_once` or `@posted_again`.

The browser (assets/once.js) puts an intention into each form as it leaves: the same when the form is sent twice. Two
that are on their way at once share one answer; one that comes later is answered as the first was.
"""

import asyncio
import functools
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from salestrekker_portal.database.session import WriteSession, reading, transaction
from salestrekker_portal.domains.access.intentions import Repeated, answer_of, digest, keep_answer
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.http.answers import forbidden, see
from salestrekker_portal.portals.http.requests import is_same_origin, safe_next, small_form
from salestrekker_portal.portals.incoming.cookies import cookie_name
from salestrekker_portal.portals.incoming.presses import Press, intention_of, keep_press, press_is_kept, under
from salestrekker_portal.tables.access import Portal

log = logging.getLogger(__name__)

Route = Callable[[Request], Awaitable[Response]]
FormRoute = Callable[[Request, FormData], Awaitable[Response]]
FIELD = "_intention"
ANSWERS_KEPT = 500
# Those on their way, and those of a moment ago: one may carry a session, so they are kept in memory and not for long.
SECONDS_KEPT = 60.0
_running: dict[str, asyncio.Task] = {}
_answers: OrderedDict[str, Response] = OrderedDict()


@asynccontextmanager
async def posting() -> AsyncIterator[WriteSession]:
    """The transaction of a route. Keeps the press first of all; raises Repeated when it was carried out already.

    A route that only opens a session needs none: another process can't give the first one's cookie again, and opening
    a second one harms nobody.
    """
    async with transaction() as session:
        await keep_press(session)
        yield session
    press_is_kept()


def posted_once(route: Route) -> Route:
    """A route of which the same form again has no second effect, and the answer of the first."""

    @functools.wraps(route)
    async def carried_out(request: Request) -> Response:
        form = await small_form(request) if is_same_origin(request) else None
        press = _press_of(request, form)
        if press is None:
            return await route(request)
        if press.key in _answers:
            return _answers[press.key]
        task = _running.get(press.key)
        if task is None:
            task = _running[press.key] = asyncio.create_task(_answered(route, request, press))
            task.add_done_callback(lambda _: _running.pop(press.key, None))
        # A browser that sends a form twice hangs up on the first: what it asked for is carried out all the same.
        return await asyncio.shield(task)

    carried_out.__once__ = True  # type: ignore[attr-defined]
    return carried_out


def of_our_form(route: FormRoute) -> Route:
    """A route that takes a small form of our own pages, which it is given; whatever else is posted is forbidden."""

    @functools.wraps(route)
    async def answered(request: Request) -> Response:
        form = await small_form(request) if is_same_origin(request) else None
        return forbidden() if form is None else await route(request, form)

    return answered


def carries_intention(route: Route) -> Route:
    """A route that keeps the intention by itself, because its body can't be read twice."""
    route.__once__ = True  # type: ignore[attr-defined]
    return route


def posted_again(why: str) -> Callable[[Route], Route]:
    """A route to which the same may well be posted twice, and why."""

    def mark(route: Route) -> Route:
        route.__repeatable__ = why  # type: ignore[attr-defined]
        return route

    return mark


def _press_of(request: Request, form: FormData | None) -> Press | None:
    """Everything that was sent, and from whose session: a corrected form is another press."""
    intention = intention_of(form.get(FIELD)) if form is not None else ""
    if not intention or form is None:
        return None
    words = "&".join(f"{name}={value}" for name, value in sorted(form.multi_items(), key=str))
    whose = "&".join(request.cookies.get(cookie_name(portal), "") for portal in Portal)
    return Press(request.url.path, intention, digest(f"{request.url.path}?{words}&{whose}"))


async def _answered(route: Route, request: Request, press: Press) -> Response:
    with under(press):
        try:
            answer = await route(request)
        except Repeated:
            return await _first_answer(request, press)
        if press.kept and answer.status_code == 303:
            await _keep(press, answer)
    _remember(press.key, answer)
    return answer


async def _first_answer(request: Request, press: Press) -> Response:
    """Where the first went, with its words; a session it can't give again, so that leads to the door once more."""
    async with reading() as session:
        kept = await answer_of(session, press.key) or {}
    page = urlsplit(request.headers.get("referer", "")).path
    return flash.carried(see(kept.get("see") or safe_next(page, "/")), kept.get("flash", ""))


async def _keep(press: Press, answer: Response) -> None:
    try:
        async with transaction() as session:
            told = {"see": answer.headers["location"], "flash": getattr(answer, "flash", "")}
            await keep_answer(session, press.key, told)
    except Exception:
        # It was carried out; only a second press would hear less.
        log.exception("the answer could not be kept")


def _remember(key: str, answer: Response) -> None:
    _answers[key] = answer
    while len(_answers) > ANSWERS_KEPT:
        _answers.popitem(last=False)
    asyncio.get_running_loop().call_later(SECONDS_KEPT, _answers.pop, key, None)
