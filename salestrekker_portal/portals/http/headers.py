"""What is added to every answer, and where the built pages are found."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from salestrekker_portal.portals.http.policy import PagePolicies, plain_policy
from salestrekker_portal.portals.pages import REGISTRY

SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    # The camera is for photos of documents; nothing here asks for the others, so no injected script can.
    "permissions-policy": "camera=(self), microphone=(), geolocation=(), payment=()",
}


class SecurityHeaders:
    """Adds the headers to every HTTP answer, its policy among them, and long caching to the built assets."""

    def __init__(self, app: ASGIApp, policies: PagePolicies | None = None) -> None:
        self.app = app
        self.policies = policies or PagePolicies()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                policy = {"content-security-policy": self._policy(scope["path"], message)}
                for name, value in (SECURITY_HEADERS | policy).items():
                    if name.encode() not in present:
                        message["headers"].append((name.encode(), value.encode()))
                if b"cache-control" not in present:
                    message["headers"].append((b"cache-control", _caching(scope["path"])))
            await send(message)

        await self.app(scope, receive, with_headers)

    def _policy(self, path: str, message: Message) -> str:
        kinds = (value for name, value in message["headers"] if name.lower() == b"content-type")
        # "Not modified" names no kind, and its headers take the place of those that the browser kept with the page.
        is_page = message["status"] == 304 or any(kind.startswith(b"text/html") for kind in kinds)
        return self.policies.of(path) if is_page else plain_policy()


class StableAddresses:
    """Serves /board at /board: the static files would send the browser on to /board/ first."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and scope["path"] in REGISTRY:
            path = scope["path"].rstrip("/") + "/"
            scope = {**scope, "path": path, "raw_path": path.encode()}
        await self.app(scope, receive, send)


def _caching(path: str) -> bytes:
    return b"public, max-age=31536000, immutable" if path.startswith("/assets/") else b"no-cache"
