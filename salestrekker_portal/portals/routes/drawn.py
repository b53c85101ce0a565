"""A message whose words are being written, as mail programs draw it, in a tab of its own. For the firm's people."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.notifications.drawn import PLACE, drawn_behind
from salestrekker_portal.domains.outbox.content import Content
from salestrekker_portal.kernel.errors import DomainError, NotFound
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.routes.letters import HEADERS
from salestrekker_portal.tables.access import Portal


def drawn_routes(draw: Callable[[Content], str]) -> list[Route]:
    """GET a draft; `draw` is the way in which mail leaves. 404 for whoever may not read it."""

    async def drawn(request: Request) -> Response:
        actor = await actor_in(Portal.BROKER, request.headers.get("cookie", ""))
        try:
            if actor is None:
                raise NotFound("page")
            async with reading() as session:
                content = await drawn_behind(session, actor, request.path_params["draft"])
        except DomainError:
            return PlainTextResponse(NotFound("page").message, 404)
        return HTMLResponse(draw(content), headers=HEADERS)

    return [Route(f"{PLACE}{{draft}}", drawn, methods=["GET"])]
