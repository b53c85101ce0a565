"""The app: introduces the settings, the pages, the routes and the worker to each other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import reflex as rx
from starlette.applications import Starlette
from starlette.routing import Mount

from salestrekker_portal.adapters.email_html import html_part
from salestrekker_portal.config import settings
from salestrekker_portal.database.clock import first_time, keep_following
from salestrekker_portal.database.session import close_database, open_database
from salestrekker_portal.domains.activity.ports import Note
from salestrekker_portal.domains.activity.service import publish_with
from salestrekker_portal.domains.deals.changes import anything_may_have_changed, changed_elsewhere
from salestrekker_portal.domains.fact_find.figures import ProfileCounter, count_with
from salestrekker_portal.domains.fact_find.finding import find_with
from salestrekker_portal.due.lanes import make_engine
from salestrekker_portal.kernel.quiet_log import hide_tokens
from salestrekker_portal.portals import every_page  # noqa: F401  registers the pages
from salestrekker_portal.portals.api.app import PREFIX, make_api
from salestrekker_portal.portals.events.both_ways import PollingDoor, take_both_ways
from salestrekker_portal.portals.events.errors import show_exception
from salestrekker_portal.portals.events.frames import take_only_ours
from salestrekker_portal.portals.events.gate import Gate
from salestrekker_portal.portals.events.left_in_redis import left_in_redis
from salestrekker_portal.portals.events.left_tabs import let_go_of_left_tabs
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.events.once import answers_kept
from salestrekker_portal.portals.http.again_over_http import over_http
from salestrekker_portal.portals.http.apart import PortalsApart
from salestrekker_portal.portals.http.bodies import BoundedBodies
from salestrekker_portal.portals.http.first_looks import FirstLooks
from salestrekker_portal.portals.http.headers import SecurityHeaders, StableAddresses
from salestrekker_portal.portals.http.older_chunks import OlderChunks
from salestrekker_portal.portals.http.secret_links import CleanAddresses
from salestrekker_portal.portals.pages import add_pages
from salestrekker_portal.portals.routes.account import ACCOUNT_ROUTES
from salestrekker_portal.portals.routes.bank import BANK_ROUTES
from salestrekker_portal.portals.routes.calendar import CALENDAR_ROUTES
from salestrekker_portal.portals.routes.client_call import CALL_ROUTES
from salestrekker_portal.portals.routes.client_entry import CLIENT_ROUTES
from salestrekker_portal.portals.routes.client_phone import PHONE_ROUTES
from salestrekker_portal.portals.routes.demo import DEMO_ROUTES
from salestrekker_portal.portals.routes.demo_bank import DEMO_BANK_ROUTES
from salestrekker_portal.portals.routes.drawn import drawn_routes
from salestrekker_portal.portals.routes.everything import EVERYTHING_ROUTES
from salestrekker_portal.portals.routes.fact_find_file import FACT_FIND_ROUTES
from salestrekker_portal.portals.routes.files import file_routes
from salestrekker_portal.portals.routes.health import HEALTH_ROUTES
from salestrekker_portal.portals.routes.imports import IMPORT_ROUTES
from salestrekker_portal.portals.routes.letters import LETTER_ROUTES
from salestrekker_portal.portals.routes.logo import LOGO_ROUTES
from salestrekker_portal.portals.routes.passkeys import PASSKEY_ROUTES
from salestrekker_portal.portals.routes.places import PLACE_ROUTES
from salestrekker_portal.portals.routes.presence import PRESENCE_ROUTES
from salestrekker_portal.portals.routes.preview import PREVIEW_ROUTES
from salestrekker_portal.portals.routes.public_lead import LEAD_ROUTES
from salestrekker_portal.portals.routes.security_log import SECURITY_LOG_ROUTES
from salestrekker_portal.portals.routes.security_txt import SECURITY_TXT_ROUTES
from salestrekker_portal.portals.routes.sign_in import ROUTES
from salestrekker_portal.portals.routes.stop import STOP_ROUTES
from salestrekker_portal.portals.routes.uploads import without_reflex_uploads
from salestrekker_portal.portals.routes.webhooks import WEBHOOK_ROUTES
from salestrekker_portal.portals.shared.profile.presence import presence
from salestrekker_portal.ui import theme
from salestrekker_portal.watching.garbage import leave_out_what_is_there
from salestrekker_portal.wiring import address_finder, file_store, live_bus, scanner

# What is on its way when the server stops may take so long; then it is looked up after the next start.
FINISH_SECONDS = 3.0


def _go_live() -> list[asyncio.Task]:
    """Wake this process's tabs, and with Redis those of the others: what each commits, all hear."""
    bus = live_bus()
    if bus is None:
        publish_with(subscriptions.publish)
        return []

    async def publish(topics: frozenset[str]) -> None:
        await subscriptions.publish(topics)
        await bus.publish(topics)

    async def deliver(topics: frozenset[str]) -> None:
        changed_elsewhere(topics)
        await subscriptions.publish(topics)

    async def missed() -> None:
        anything_may_have_changed()
        await subscriptions.wake_all()

    async def hear(note: Note) -> None:
        await subscriptions.publish(presence.heard(note))

    publish_with(publish)
    presence.tell_with(bus.say)
    listening = bus.listen(deliver, missed, hear)
    return [asyncio.create_task(bus.carry()), asyncio.create_task(listening)]


@asynccontextmanager
async def database_and_worker() -> AsyncIterator[None]:
    """Open the database, and when embedded run the worker inside this process."""
    open_database(settings().database)
    await first_time()
    running: list[asyncio.Task] = [*_go_live(), asyncio.create_task(keep_following())]
    count_with(ProfileCounter())
    find_with(address_finder())
    running.append(asyncio.create_task(let_go_of_left_tabs(app)))
    engine = make_engine() if settings().works_inside else None
    if engine is not None:
        running.append(asyncio.create_task(engine.run()))
    leave_out_what_is_there()
    yield
    if engine is not None:
        engine.stop()
        await asyncio.wait(running[-1:], timeout=FINISH_SECONDS)
    await answers_kept()
    for task in running:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await close_database()


hide_tokens()
FILE_ROUTES = file_routes(file_store, scanner)
OUR_ROUTES = [
    over_http(route)
    for route in (
        *HEALTH_ROUTES,
        *ROUTES,
        *ACCOUNT_ROUTES,
        *CLIENT_ROUTES,
        *PHONE_ROUTES,
        *PASSKEY_ROUTES,
        *PRESENCE_ROUTES,
        *PLACE_ROUTES,
        *CALL_ROUTES,
        *PREVIEW_ROUTES,
        *FACT_FIND_ROUTES,
        *EVERYTHING_ROUTES,
        *IMPORT_ROUTES,
        *LOGO_ROUTES,
        *STOP_ROUTES,
        *CALENDAR_ROUTES,
        *LEAD_ROUTES,
        *LETTER_ROUTES,
        *drawn_routes(html_part),
        *SECURITY_LOG_ROUTES,
        *SECURITY_TXT_ROUTES,
        *BANK_ROUTES,
        *DEMO_ROUTES,
        *DEMO_BANK_ROUTES,
        *FILE_ROUTES,
        *WEBHOOK_ROUTES,
    )
]

app = rx.App(
    html_lang="en-AU",
    stylesheets=theme.STYLESHEETS,
    head_components=theme.head(),
    reset_style=False,
    toaster=None,
    app_wraps=theme.app_wraps(),
    backend_exception_handler=show_exception,
    api_transformer=[
        Starlette(routes=[*OUR_ROUTES, Mount(PREFIX, app=make_api())]),
        without_reflex_uploads,
        OlderChunks,
        PollingDoor,
        StableAddresses,
        FirstLooks,
        CleanAddresses,
        PortalsApart,
        BoundedBodies,
        SecurityHeaders,
    ],
)
app.add_middleware(Gate())
app.register_lifespan_task(database_and_worker)
subscriptions.attach(app)
add_pages(app)
take_both_ways(app)
take_only_ours(app)
left_in_redis.attach(app)
