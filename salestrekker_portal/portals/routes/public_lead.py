"""A partner's own link: a small form for anybody, by itself or in a frame on the partner's website. No puzzle.

What keeps machines out: the address is not guessable, a field that people don't see stays empty, and nobody sends many.
"""

from html import escape

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.throttles import count_try, neighbourhood
from salestrekker_portal.domains.partners.own_link import OpenLink, behind
from salestrekker_portal.domains.partners.referrals import add_lead
from salestrekker_portal.domains.partners.rules import SUMMARY_LIMIT, TypedContact
from salestrekker_portal.domains.partners.wishes import PURPOSES
from salestrekker_portal.kernel.errors import Conflict, DomainError, Invalid, NotFound
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.portals.http.plain_page import plain_page
from salestrekker_portal.portals.http.posted import FIELD, of_our_form, posted_once, posting
from salestrekker_portal.portals.http.requests import client_address

LEADS_PER_ADDRESS, LEADS_PER_LINK = 6, 60
TOO_MANY = "That was sent very often. Wait 15 minutes, or call the firm."
AGREE = "Tick this, so that the broker may call you."
GONE = "This link doesn’t work any more. Ask whoever gave it to you."
# People don't see it; whatever fills in every field does.
TRAP = "website"
_FIELDS = (
    ("first_name", "First name", "text", "given-name"),
    ("last_name", "Last name", "text", "family-name"),
    ("phone", "Phone", "tel", "tel"),
    ("email", "E-mail", "email", "email"),
    ("best_time", "Best time to call (optional)", "text", "off"),
)
_STYLE = """<style>
.field { margin: 0 0 14px; } .field label { display: block; min-height: 0; padding: 0 0 4px; font-weight: 600; }
.field input, .field select, .field textarea { width: 100%; min-height: 44px; padding: 8px 12px; font: inherit;
  color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
.field p { margin: 4px 0 0; color: #b3261e; } .tick input { width: 24px; height: 24px; flex: none; }
.trap { position: absolute; left: -5000px; } button { width: 100%; }
@media (prefers-color-scheme: dark) { .field p { color: #f2b8b5; } }
</style>"""


async def show(request: Request) -> Response:
    """GET: the empty form."""
    try:
        async with reading() as session:
            link = await behind(session, request.path_params["token"])
    except DomainError:
        return _gone()
    return _form(link, {}, {})


@posted_once
@of_our_form
async def send(request: Request, form: FormData) -> Response:
    """POST: a lead of the partner whose link it is, or the form again with what is wrong beside each field."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    token = request.path_params["token"]
    try:
        async with reading() as session:
            link = await behind(session, token)
    except DomainError:
        return _gone()
    if typed.get(TRAP):
        return _thanks(link)  # a machine learns nothing from being found out
    try:
        where = neighbourhood(client_address(request))
        async with transaction() as session:
            await count_try(session, f"refer-from:{where}", LEADS_PER_ADDRESS, TOO_MANY)
            await count_try(session, f"refer:{link.actor.session_id}", LEADS_PER_LINK, TOO_MANY)
        if typed.get("agreed") != "on":
            raise Invalid({"agreed": AGREE})
        async with posting() as session:
            await _add(session, (await behind(session, token)).actor, typed)
    except Invalid as refusal:
        return _form(link, typed, refusal.errors)
    except Conflict as refusal:
        return _form(link, typed, {"": refusal.message}, status=429)
    except NotFound:
        return _gone()
    return _thanks(link)


async def _add(session, actor, typed: dict[str, str]) -> None:
    person = TypedContact(**{name: typed.get(name) for name in ("first_name", "last_name", "phone", "email")})
    said = clean(typed.get("summary"), lines=True) or "Nothing else, only how to reach them."
    wishes = {name: typed.get(name) for name in ("purpose", "best_time", "agreed")}
    # Whom the firm knows already is the firm's to know: everybody reads the same thanks.
    await add_lead(session, actor, contacts=[person], summary=said, wishes=wishes, known_is_fine=True, by_link=True)


def _form(link: OpenLink, typed: dict[str, str], errors: dict[str, str], *, status: int = 0) -> Response:
    wrong = {name.removesuffix("_1"): sentence for name, sentence in errors.items()}
    fields = "".join(_field(name, words, kind, auto, typed, wrong) for name, words, kind, auto in _FIELDS)
    purposes = "".join(
        f'<option value="{key}"{" selected" if typed.get("purpose") == key else ""}>{escape(words)}</option>'
        for key, words in PURPOSES.items()
    )
    said, press = escape(typed.get("summary", "")), typed.get(FIELD) or str(new_id())
    body = (
        f"{_STYLE}<h1>Talk to {escape(link.broker)} about a loan</h1>"
        f"<p>{escape(link.broker)} at {escape(link.firm)} will call you. {escape(link.partner)}, who gave you this "
        "link, can see how far you are, never your amounts or papers.</p>"
        f"{_said(wrong.get('', ''))}<form method='post' novalidate>"
        f"<input type='hidden' name='{FIELD}' value='{escape(press, quote=True)}'>"
        f"{fields}<div class='field'><label for='purpose'>You want to (optional)</label>"
        f"<select id='purpose' name='purpose'><option value=''>Not sure yet</option>{purposes}</select></div>"
        f"<div class='field'><label for='summary'>Anything else (optional)</label>"
        f"<textarea id='summary' name='summary' rows='3'>{said}</textarea>{_said(wrong.get('summary', ''))}</div>"
        f"<div class='trap' aria-hidden='true'><label>Website<input name='{TRAP}' tabindex='-1' autocomplete='off'>"
        "</label></div>"
        f"<div class='field'><label class='tick'><input type='checkbox' name='agreed' value='on'"
        f"{' checked' if typed.get('agreed') == 'on' else ''}>I agree that {escape(link.firm)} may call me, and that "
        f"{escape(link.partner)} may see how far I am</label>{_said(wrong.get('agreed', ''))}</div>"
        f"<p><button>Have {escape(link.broker)} call me</button></p></form>"
        f"<p><small>At most {SUMMARY_LIMIT:,} characters. No bank or health details, please.</small></p>"
    )
    return _framed(plain_page(f"Talk to {link.broker}", body, status=status or (422 if wrong else 200)))


def _field(name: str, words: str, kind: str, auto: str, typed: dict[str, str], wrong: dict[str, str]) -> str:
    value, sentence = escape(typed.get(name, ""), quote=True), wrong.get(name, "")
    told = f" aria-invalid='true' aria-describedby='{name}-wrong'" if sentence else ""
    return (
        f"<div class='field'><label for='{name}'>{escape(words)}</label><input id='{name}' name='{name}' type='{kind}' "
        f"autocomplete='{auto}' value='{value}'{told}>{_said(sentence, f'{name}-wrong')}</div>"
    )


def _said(sentence: str, key: str = "") -> str:
    return f"<p role='alert'{f' id={key!r}' if key else ''}>{escape(sentence)}</p>" if sentence else ""


def _thanks(link: OpenLink) -> Response:
    words = f"<h1>Thank you</h1><p>{escape(link.broker)} at {escape(link.firm)} has your details and calls you.</p>"
    return _framed(plain_page("Thank you", words))


def _gone() -> Response:
    return _framed(plain_page("Not found", f"<h1>Not found</h1><p>{GONE}</p>", status=404))


def _framed(answer: Response) -> Response:
    """May stand in a frame of any website, and shows nobody anything that is theirs: there is no session in it."""
    answer.headers["x-frame-options"] = "ALLOWALL"
    answer.headers["content-security-policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors *"
    )
    return answer


LEAD_ROUTES = [
    Route("/refer/{token}", show, methods=["GET"]),
    Route("/refer/{token}", send, methods=["POST"]),
]
