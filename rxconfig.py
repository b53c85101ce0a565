"""Reflex's configuration, from the portal's settings."""

import reflex as rx

from salestrekker_portal.config import settings
from salestrekker_portal.portals.events.both_ways import BothWaysPlugin
from salestrekker_portal.portals.events.deeds import NoEvalPlugin
from salestrekker_portal.portals.events.pressed_here import PressedHerePlugin
from salestrekker_portal.portals.http.fewer_files import FewerFilesPlugin
from salestrekker_portal.portals.http.no_markup import NoMarkupPlugin
from salestrekker_portal.portals.http.same_origin import SameOriginPlugin

_settings = settings()

config = rx.Config(
    app_name="salestrekker_portal",
    backend_host=_settings.host,
    backend_port=_settings.port,
    frontend_port=_settings.port,
    # Only development uses this address: the production bundle talks to where it was loaded from.
    api_url=f"http://localhost:{_settings.port}",
    cors_allowed_origins=_settings.allowed_origins,
    redis_url=_settings.redis_url or None,
    state_manager_mode=(
        rx.constants.StateManagerMode.REDIS if _settings.redis_url else rx.constants.StateManagerMode.MEMORY
    ),
    redis_token_expiration=12 * 3600,
    # The first try, under which the socket checks origins; plain HTTP is the second: portals/events/both_ways.py.
    transport="websocket",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    # Of npm, which builds here, build.py demands the same.
    frozen_lockfile=True,
    default_color_mode="system",
    frontend_compression_formats=["brotli", "gzip"],
    plugins=[
        SameOriginPlugin(),
        BothWaysPlugin(),
        PressedHerePlugin(),
        NoEvalPlugin(),
        FewerFilesPlugin(),
        NoMarkupPlugin(),
    ],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
