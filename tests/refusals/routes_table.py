"""The plain HTTP routes: who may use each, with what, and what everybody else meets."""

from dataclasses import dataclass, field

from salestrekker_portal.domains.bank_statements.rules import WORDING_VERSION
from tests.factories import PASSWORD
from tests.refusals.case import Reasons

PIN = "123456"
LINK = "QZLINKTOKEN"
NEW_PASSWORD = "harbour ferry at nine"


@dataclass(frozen=True, kw_only=True)
class RouteCase:
    """One way in over HTTP; texts may name ids as in `Case`.

    `form` is what the rightful person sends; strangers send `tried` where that differs, because a password, a PIN or
    a link is what makes somebody rightful.
    """

    method: str
    route: str
    path: str = ""
    form: dict[str, str] | None = None
    tried: dict[str, str] | None = None
    with_file: bool = False
    rightful: str = "nobody"
    welcome: tuple[int, ...] = (303,)
    refused: tuple[int, ...] = (303,)
    # Where the rightful person is sent on to, and that they leave with a session.
    leads_to: str = ""
    opens: bool = False
    own: Reasons = field(default_factory=dict)
    # Why anybody may use it.
    public: str = ""
    # Posted by other machines, which sign what they send instead of coming from our pages.
    signed: bool = False


def _sign_in(where: str, email: str, leads_to: str) -> RouteCase:
    return RouteCase(
        method="POST",
        route=f"/session/{where}",
        form={"email": email, "password": PASSWORD},
        tried={"email": email, "password": "a guess of mine"},
        leads_to=leads_to,
        opens=True,
    )


_DOORS = (
    _sign_in("broker", "alice@example.com", "/board"),
    # Priya has a second step to take.
    _sign_in("partner", "pat@example.com", "/partner"),
    RouteCase(
        method="POST",
        route="/session/client",
        form={"token": LINK, "pin": PIN},
        tried={"token": "no-such-link", "pin": PIN},
        leads_to="/portal",
        opens=True,
    ),
    RouteCase(method="POST", route="/session/client/pin", form={"token": LINK}, tried={"token": "no-such-link"}),
    RouteCase(
        method="POST", route="/session/client/link", form={"token": "QZOLDLINK"}, tried={"token": "no-such-link"}
    ),
    # What a device answers, no form here has: tests/portals/routes/test_client_phone.py.
    RouteCase(
        method="POST",
        route="/session/client/phone/ask",
        form={"x": "1"},
        rightful="kim",
        welcome=(200,),
        refused=(401,),
        own=dict.fromkeys(("lee", "sam", "noor"), "their own phone"),
    ),
    RouteCase(
        method="POST",
        route="/session/client/phone",
        form={"answer": "no answer", "page": "/portal/privacy"},
        rightful="kim",
        leads_to="/portal/privacy",
        own=dict.fromkeys(("lee", "sam", "noor"), "their own phone"),
    ),
    RouteCase(
        method="POST",
        route="/session/client/passkey/ask",
        form={"token": LINK},
        welcome=(200,),
        public="whoever holds a link may ask for a challenge: only a passkey of its client can answer it",
    ),
    RouteCase(
        method="POST",
        route="/session/client/passkey",
        form={"token": "no-such-link", "answer": "no answer"},
        leads_to="/portal/no-such-link",
    ),
    RouteCase(
        method="POST",
        route="/session/passkey/ask",
        form={"x": "1"},
        rightful="alice",
        welcome=(200,),
        refused=(401,),
        own={"bob": "his own account", "mallory": "her own account"},
    ),
    RouteCase(
        method="POST",
        route="/session/passkey",
        form={"answer": "no answer", "name": "Laptop", "page": "/settings/security"},
        rightful="alice",
        leads_to="/settings/security",
        own={"bob": "his own account", "mallory": "her own account"},
    ),
    # Who has no passkey reads that there is none.
    RouteCase(
        method="POST",
        route="/session/proof/ask",
        form={"x": "1"},
        rightful="bob",
        welcome=(200, 409),
        refused=(401,),
        own={"mallory": "her own account"},
    ),
    RouteCase(
        method="POST",
        route="/session/partner/passkey/ask",
        form={"x": "1"},
        rightful="priya",
        welcome=(200,),
        refused=(401,),
        own={"pat": "their own account"},
    ),
    RouteCase(
        method="POST",
        route="/session/partner/passkey",
        form={"answer": "no answer", "name": "Laptop", "page": "/partner/settings/password"},
        rightful="priya",
        leads_to="/partner/settings/password",
        own={"pat": "their own account"},
    ),
    RouteCase(
        method="POST",
        route="/session/partner/proof/ask",
        form={"x": "1"},
        rightful="priya",
        welcome=(200, 409),
        refused=(401,),
        own={"pat": "their own account"},
    ),
    # Nobody waits for a second step, so it lets nobody in: tests/portals/routes/test_passkeys.py.
    RouteCase(method="POST", route="/session/code/passkey/ask", form={"x": "1"}, welcome=(401,), refused=(401,)),
    RouteCase(method="POST", route="/session/code/passkey", form={"answer": "no answer"}, leads_to="/sign-in"),
    # Nobody waits for a second step, so it lets nobody in: tests/portals/routes/test_second_step.py.
    RouteCase(method="POST", route="/session/code", form={"code": "123456"}, leads_to="/sign-in"),
    RouteCase(
        method="POST",
        route="/session/password",
        form={"token": "{password_token}", "password": NEW_PASSWORD},
        tried={"token": "no-such-token", "password": NEW_PASSWORD},
        leads_to="/board",
        opens=True,
    ),
    RouteCase(
        method="POST",
        route="/session/forgot",
        form={"email": "alice@example.com"},
        tried={"email": "nobody@example.com"},
        leads_to="/forgot-password?sent=1",
    ),
    RouteCase(
        method="POST",
        route="/session/partner/forgot",
        form={"email": "priya@example.com"},
        tried={"email": "alice@example.com"},
        leads_to="/partner/forgot-password?sent=1",
    ),
    RouteCase(
        method="POST",
        route="/session/set-up",
        # There is an organisation, so nobody at all founds the first one.
        form={
            "organisation": "Mine now",
            "country": "AU",
            "time_zone": "Australia/Sydney",
            "first_name": "M",
            "last_name": "R",
            "email": "m@example.com",
            "password": NEW_PASSWORD,
        },
        leads_to="/setup",
    ),
    RouteCase(method="POST", route="/session/demo", form={"person": "alice"}, welcome=(403,), refused=(403,)),
    RouteCase(
        # To himself in another deal; everybody else's other deals are none of theirs.
        method="POST",
        route="/session/client/switch",
        form={"access": "{lee_other_access}"},
        rightful="lee",
        leads_to="/portal",
        opens=True,
    ),
    RouteCase(
        method="POST",
        route="/session/preview",
        form={"deal": "{deal}", "contact": "{kim}", "sees": "no"},
        rightful="alice",
        leads_to="/portal",
        opens=True,
        own={"bob": "works for the firm, and sees all of the deal anyway"},
    ),
    # Any picture is refused beside its field; who isn't an admin is refused before it is looked at.
    RouteCase(method="POST", route="/session/logo", form={"logo": "no file"}, rightful="alice"),
    RouteCase(
        method="POST",
        route="/session/everything",
        form={"x": "1"},
        rightful="alice",
        welcome=(200,),
        own={"mallory": "her own firm"},
    ),
    RouteCase(method="POST", route="/session/import", form={"file": "no file"}, rightful="alice"),
    RouteCase(
        method="POST",
        route="/session/logo/remove",
        form={"x": "1"},
        rightful="alice",
        leads_to="/settings/organisation",
        own={"mallory": "her own firm"},
    ),
    RouteCase(
        method="POST",
        route="/session/security-log",
        form={"area": "", "since": "", "until": "", "who": ""},
        rightful="alice",
        welcome=(200,),
        own={"mallory": "her own firm"},
    ),
    RouteCase(
        method="POST",
        route="/session/presence",
        form={"portal": "client", "there": "1"},
        welcome=(200,),
        public="says how long one's own session lasts, and nothing to who has none",
    ),
    # Ends previews only: a client's own session stays, whoever posts.
    RouteCase(method="POST", route="/session/preview/end", rightful="peek"),
    RouteCase(
        method="POST",
        route="/session/end",
        form={"portal": "client"},
        rightful="kim",
        leads_to="/portal/ended?signed-out=1",
        own={"lee": "their own session", "sam": "their own session", "noor": "their own session"},
    ),
)

_UPLOADED, _TURNED_AWAY = (201,), (401, 403, 404)
_PAPERS = (
    RouteCase(
        method="POST",
        route="/files",
        form={"portal": "client", "request": "{asked}"},
        with_file=True,
        rightful="kim",
        welcome=_UPLOADED,
        refused=_TURNED_AWAY,
    ),
    RouteCase(
        method="POST",
        route="/files",
        form={"portal": "broker", "deal": "{deal}"},
        with_file=True,
        rightful="alice",
        welcome=_UPLOADED,
        refused=_TURNED_AWAY,
        own={"bob": "assistants upload too"},
    ),
    RouteCase(
        method="POST",
        route="/files",
        form={"portal": "partner", "deal": "{deal}"},
        with_file=True,
        rightful="priya",
        welcome=_UPLOADED,
        refused=_TURNED_AWAY,
    ),
    RouteCase(
        method="POST",
        route="/files",
        # In mallory's country there is no such document.
        form={"portal": "broker", "compliance": "credit_guide"},
        with_file=True,
        rightful="alice",
        welcome=_UPLOADED,
        refused=(*_TURNED_AWAY, 422),
    ),
    RouteCase(
        method="GET",
        route="/compliance/{document_id}",
        path="/compliance/{compliance}",
        rightful="alice",
        welcome=(200,),
        refused=(404,),
        own={"bob": "assistants open the firm's documents too"},
    ),
    RouteCase(
        method="GET",
        route="/files/{document_id}",
        path="/files/{kim_document}?view=1",
        rightful="kim",
        welcome=(200,),
        refused=(404,),
        own={"bob": "assistants open documents too"},
    ),
    RouteCase(
        method="GET",
        route="/files/{document_id}",
        path="/files/{document}",
        rightful="alice",
        welcome=(200,),
        refused=(404,),
        own={"bob": "assistants open documents too"},
    ),
    RouteCase(
        method="POST",
        route="/deals/documents",
        form={"deal": "{deal}"},
        rightful="alice",
        welcome=(200,),
        refused=(303, 404),
        own={"bob": "assistants open documents too"},
    ),
    RouteCase(
        method="POST",
        route="/deals/fact-find",
        form={"deal": "{deal}", "kind": "csv", "of": ""},
        rightful="alice",
        welcome=(200,),
        refused=(303, 404),
        own={"bob": "assistants read fact finds too"},
    ),
    RouteCase(
        method="POST",
        route="/portal/my-data",
        form={},
        rightful="kim",
        welcome=(200,),
        own={"lee": "their own data", "sam": "their own data"},
    ),
    RouteCase(
        method="GET",
        route="/portal/receipt",
        rightful="kim",
        welcome=(200,),
        own={"lee": "their own receipt", "sam": "their own receipt", "noor": "nothing was agreed to yet"},
    ),
    RouteCase(
        method="GET",
        route="/portal/call",
        rightful="kim",
        welcome=(200,),
        refused=(403,),
        own=dict.fromkeys(("lee", "sam", "noor"), "whom they can call themselves"),
    ),
)

_MACHINES = (
    RouteCase(
        method="GET",
        route="/logo/{organisation_id}/{key}",
        path="/logo/{firm}/nothing",
        welcome=(404,),
        refused=(404,),
        public="the firm's logo stands on pages before signing in, and in e-mails",
    ),
    RouteCase(
        method="GET",
        route="/.well-known/security.txt",
        welcome=(404,),
        refused=(404,),
        public="whom to tell of a weakness is everybody's to know, once the operator has said it",
    ),
    RouteCase(method="GET", route="/health", welcome=(200,), public="says that the process lives, nothing else"),
    RouteCase(
        method="POST",
        route="/places/lines",
        form={"country": "au", "q": "14 Kestrel Street, Lambt"},
        welcome=(200,),
        public="suburbs and postcodes are everybody's to know",
    ),
    # There is no provider here; with one, strangers are refused: tests/portals/routes/test_places.py.
    *(
        RouteCase(method="POST", route=route, form={"country": "au", "q": "14 kestrel"}, welcome=(204,), refused=(204,))
        for route in ("/places/addresses", "/places/address")
    ),
    RouteCase(method="GET", route="/places", welcome=(200,), public="suburbs and postcodes are everybody's to know"),
    RouteCase(method="GET", route="/ready", welcome=(200, 503), public="says which parts work, nothing about people"),
    RouteCase(method="GET", route="/ready/here", welcome=(200, 503), public="the same of what this process needs"),
    RouteCase(method="GET", route="/metrics", welcome=(404,), refused=(404,)),
    RouteCase(
        method="POST",
        route="/webhooks/twilio/{message_id}",
        path="/webhooks/twilio/{deal}",
        form={"MessageSid": "SM1", "MessageStatus": "delivered", "AccountSid": "AC1"},
        welcome=(403,),
        refused=(403,),
        signed=True,
    ),
    RouteCase(
        method="POST",
        route="/webhooks/sendgrid",
        form={"event": "delivered"},
        welcome=(403,),
        refused=(403,),
        signed=True,
    ),
)

_BANK = (
    RouteCase(
        method="POST",
        route="/bank/open",
        form={"request": "{statements}", "wording": WORDING_VERSION, "agree": "yes"},
        rightful="kim",
        welcome=(200,),
        refused=(303, 403, 409),
    ),
    RouteCase(
        method="GET",
        route="/bank/return",
        path="/bank/return?state=QZBANKSTATE&jobIds=1",
        rightful="kim",
        leads_to="/portal/documents#bank",
    ),
    RouteCase(
        method="POST",
        route="/webhooks/bank/{provider}",
        path="/webhooks/bank/basiq",
        form={"event": "statements.ready"},
        welcome=(403,),
        refused=(403,),
        signed=True,
    ),
    RouteCase(
        method="GET",
        route="/demo-bank/{visit}",
        path="/demo-bank/nobody",
        welcome=(404,),
        refused=(404,),
    ),
    RouteCase(
        method="POST",
        route="/demo-bank/{visit}",
        path="/demo-bank/nobody",
        form={"outcome": "good"},
        welcome=(404,),
        refused=(404,),
    ),
)

_STOPS = tuple(
    RouteCase(
        method=method,
        route="/stop/{token}",
        path="/stop/nobody.signed-this",
        form={"List-Unsubscribe": "One-Click"} if method == "POST" else None,
        welcome=(404,),
        refused=(404,),
        signed=True,
    )
    for method in ("GET", "POST")
)

_LETTERS = (
    RouteCase(
        method="GET", route="/calendar/{token}", path="/calendar/nobody.signed-this.ics", welcome=(404,), refused=(404,)
    ),
    RouteCase(
        method="GET",
        route="/outbox/letter/{message_id}",
        path="/outbox/letter/019a0000-0000-7000-8000-000000000000",
        welcome=(404,),
        refused=(404,),
    ),
    RouteCase(
        method="GET",
        route="/settings/drawn/{draft}",
        path="/settings/drawn/nobody.signed-this",
        welcome=(404,),
        refused=(404,),
    ),
)

_REFERRED = tuple(
    RouteCase(
        method=method,
        route="/refer/{token}",
        path="/refer/no-such-link",
        form={"first_name": "Erin"} if method == "POST" else None,
        welcome=(404,),
        refused=(404,),
    )
    for method in ("GET", "POST")
)

ROUTE_CASES = (*_DOORS, *_PAPERS, *_BANK, *_MACHINES, *_STOPS, *_LETTERS, *_REFERRED)

# Reflex's own: two that say that the process lives, and the socket, which the gate stands behind.
REFLEX_ROUTES = {"/ping", "/_health", "/_event"}
