"""Makes the production bundle talk to whatever address it was loaded from.

Reflex bakes the backend's address into the bundle when it compiles, port included. One bundle has to serve
any port and any host name, with or without TLS, so the built client takes the page's own host instead.
"""

import os

import reflex as rx

CLIENT = "utils/state.js"
BAKED = "endpoint.hostname = frontend_hostname;"
OWN = "endpoint.host = window.location.host; // the page's own origin"
PORT_LOST = 'endpoint.port = ""; // Assume websocket is on https port via load balancer.'


def own_origin(source: str) -> str:
    """The client source with the page's own host; raises when Reflex's source is no longer the known one."""
    if OWN in source:
        return source
    if source.count(BAKED) != 1 or source.count(PORT_LOST) != 1:
        raise RuntimeError(f"{CLIENT} of this Reflex version differs: review portals/http/same_origin.py.")
    return source.replace(BAKED, OWN).replace(PORT_LOST, "")


class SameOriginPlugin(rx.plugins.Plugin):
    """Rewrites the compiled client wherever one port serves both halves, which `reflex run` in dev mode doesn't."""

    def pre_compile(self, **context) -> None:
        """Register the rewrite with the compiler."""
        if os.environ.get("REFLEX_ENV_MODE") in ("prod", "preview"):
            context["add_modify_task"](CLIENT, own_origin)
