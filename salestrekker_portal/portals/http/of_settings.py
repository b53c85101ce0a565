"""Forms of the settings' pages over plain HTTP: of staff, in the firm that the page shows.

A form has no tab that the gate knows, so it says itself whose its page is: who went to another firm meanwhile gives
that firm nothing. What is refused stands beside the form's `box` on its page.
"""

import functools
from collections.abc import Awaitable, Callable

from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.security_log.refusals import note_refusal
from salestrekker_portal.kernel.errors import DomainError, Invalid
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.http.answers import forbidden, see
from salestrekker_portal.portals.http.posted import Route
from salestrekker_portal.portals.http.requests import is_same_origin, length_of, small_form
from salestrekker_portal.portals.incoming import whose
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.tables.access import Portal

# The form around a file: its boundaries and headers.
_FORM_BYTES = 16 * 1024

SettingsForm = Callable[[Request, FormData, Actor], Awaitable[Response]]
SettingsFile = Callable[[Actor, str, bytes], Awaitable[Response]]


def of_settings(page: str, box: str) -> Callable[[SettingsForm], Route]:
    """A route that takes a small form of this page."""

    def taking(route: SettingsForm) -> Route:
        @functools.wraps(route)
        async def answered(request: Request) -> Response:
            form = await small_form(request) if is_same_origin(request) else None
            if form is None:
                return forbidden()
            actor = await actor_in(Portal.BROKER, request.headers.get("cookie", ""))
            if actor is None:
                return see("/sign-in")
            try:
                whose.demand_shown_to(actor, form.get(whose.FIELD))
                return await route(request, form, actor)
            except DomainError as refusal:
                return await _refused(request, refusal, page, box)

        return answered

    return taking


def file_of_settings(page: str, box: str, *, most: int, too_large: str, lost: str) -> Callable[[SettingsFile], Route]:
    """A route that takes one file of at most so many bytes, posted as `box`; without one it is given no bytes."""

    def taking(route: SettingsFile) -> Route:
        @functools.wraps(route)
        async def answered(request: Request) -> Response:
            if not is_same_origin(request):
                return forbidden()
            actor = await actor_in(Portal.BROKER, request.headers.get("cookie", ""))
            if actor is None:
                return see("/sign-in")
            length = length_of(request)
            if length is None or length > most + _FORM_BYTES:
                return flash.back(page, {box: too_large})
            try:
                said, name, raw = await _file(request, box)
                whose.demand_shown_to(actor, said)
                return await route(actor, name, raw)
            except (FormParserError, MultiPartException, HTTPException):
                return flash.back(page, {box: lost})
            except DomainError as refusal:
                return await _refused(request, refusal, page, box)

        return answered

    return taking


async def _file(request: Request, box: str) -> tuple[object, str, bytes]:
    """Whose the page was, the file's name and its bytes, kept for a second try."""
    if not hasattr(request.state, "settings_file"):
        async with request.form(max_files=1, max_fields=4) as form:
            file = form.get(box)
            found = (file.filename or "", await file.read()) if isinstance(file, UploadFile) else ("", b"")
            request.state.settings_file = (form.get(whose.FIELD), *found)
    return request.state.settings_file


async def _refused(request: Request, refusal: DomainError, page: str, box: str) -> Response:
    await note_refusal(refusal, request.url.path)
    return flash.back(page, refusal.errors if isinstance(refusal, Invalid) else {box: refusal.message})
