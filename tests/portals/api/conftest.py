"""The API as another program meets it, and keys for it."""

from collections.abc import Awaitable, Callable

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.api_tokens.scopes import TokenScope
from salestrekker_portal.domains.api_tokens.service import make_token
from salestrekker_portal.portals.api.app import PREFIX, make_api

Key = Callable[..., Awaitable[dict[str, str]]]


@pytest.fixture
async def web():
    # raise_app_exceptions off: a program gets an answer, whatever happens.
    app = Starlette(routes=[Mount(PREFIX, app=make_api())])
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        yield client


@pytest.fixture
def key(cast) -> Key:
    """The header of a new key: `await key(cast.mallory, TokenScope.DEALS_READ)`; alice's for everything by default."""

    async def make(actor=None, *scopes: TokenScope) -> dict[str, str]:
        async with transaction() as session:
            _, secret = await make_token(
                session, actor or cast.alice, name="Website form", scopes=list(scopes or TokenScope)
            )
        return {"authorization": f"Bearer {secret}"}

    return make
