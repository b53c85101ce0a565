"""One's own second step by app, for staff and partners alike: scan, confirm, recovery codes, away with it."""

from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx
import segno

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.security_log.service import note_apart
from salestrekker_portal.domains.signing_in import second_step
from salestrekker_portal.domains.signing_in.second_step import MOST_LETTERS
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.events.session import PortalState
from salestrekker_portal.portals.http.requests import safe_next
from salestrekker_portal.portals.incoming.parse import form_from
from salestrekker_portal.ui import feedback, forms

WHY = "Papers of your clients lie behind your password. Six digits of an app on your phone keep them safe if it leaks."


class OwnFactor(PortalState, mixin=True):
    """How one gets in. The secret of an app is in here only while it is being set up.

    Its events `begin`, `confirm`, `make_codes` and `switch_off` say who may press them.
    """

    ready: bool = False
    is_on: bool = False
    since: str = ""
    codes_left: str = ""
    # "13 days", while the firm lets somebody go on without; "" when it asks now, or nothing.
    days_left: str = ""
    is_due: bool = False
    qr: str = ""
    letters: str = ""
    codes: list[str] = []
    errors: dict[str, str] = {}
    onward: str = ""
    # Another number empties the boxes.
    form: int = 0

    async def _read(self) -> None:
        raise NotImplementedError

    async def _open(self, home: str) -> None:
        await self._read()
        self.qr, self.letters, self.codes, self.errors = "", "", [], {}
        self.onward, self.ready = safe_next(self._query("next"), home), True

    async def _begin_app(self) -> None:
        async with self._acting() as (session, actor):
            made = await second_step.begin_set_up(session, actor)
        self.qr, self.letters = segno.make(made.address).svg_data_uri(scale=5, border=2, light="#fff"), made.letters
        self.errors, self.form = {}, self.form + 1

    async def _with_code(self, deed: Callable[..., Awaitable[Any]], form: dict, *, box: str = "code") -> bool:
        """Do what takes a number of the app; what is wrong with it stays beside its `box`."""
        try:
            async with self._acting() as (session, actor):
                codes = await deed(session, actor, form_from(form).get("code"))
        except (Conflict, Invalid) as refusal:
            # Whoever sits before somebody else's open session and guesses is seen too.
            by = self._actor()
            await note_apart("factor:refused", organisation_id=by.organisation_id, by=by, why=refusal.message)
            self.errors = {box: refusal.message}
            return False
        self.codes, self.qr, self.letters = codes or [], "", ""
        self.errors, self.form = {}, self.form + 1
        await self._read()
        return True

    async def _show_factor(self, session: ReadSession, actor: Actor) -> None:
        stands = await second_step.how_it_stands(session, actor)
        self.is_on = stands.since is not None
        self.since = instant_words(stands.since, actor.time_zone) if stands.since else ""
        self.is_due = actor.lacks_factor
        left = stands.required_from - utc_now() if stands.required_from else None
        self.days_left = counted(left.days + 1, "day") if left and left.days >= 0 else ""
        self.codes_left = f"{stands.codes_left} of {second_step.CODES} left"


def factor_part(S: Any, keys: rx.Var) -> rx.Component:
    """`S` is an OwnFactor; `keys` are the passkeys that stand beside it."""
    off = _off(S, keys)
    return rx.el.div(
        rx.cond(S.codes.length() > 0, shown_once(S.codes), rx.fragment()),
        rx.cond(S.is_on, _on(S), rx.cond(S.qr != "", _scan(S), off)),
        class_name="stack",
    )


def ways_on(S: Any, keys: rx.Var) -> rx.Component:
    """Below the question before everything else: on, or later while the firm allows it."""
    words = rx.cond(S.days_left, rx.Var.create("Later, ") + S.days_left + " left", "Later")
    later = rx.cond(S.is_due, rx.fragment(), forms.link_to_button(words, to=S.onward, wide=True))
    onward = forms.link_to_button("Go on", to=S.onward, tone="primary", wide=True)
    return rx.cond(S.is_on | (keys.length() > 0), onward, later)


def _off(S: Any, keys: rx.Var) -> rx.Component:
    due = feedback.banner(tone="warn", text="Your firm asks for it now: set it up to go on.", live=False)
    return rx.el.div(
        rx.cond(S.is_due, due, rx.fragment()),
        rx.cond(
            keys.length() > 0,
            rx.el.p("Off. A passkey is your second step."),
            rx.el.p("Off. Your password alone opens your account."),
        ),
        rx.el.div(
            forms.button("Set up an authenticator app", tone="primary", on_click=S.begin), class_name="button-row"
        ),
        class_name="stack",
    )


def _code(S: Any, label: str, help: str) -> rx.Component:
    return forms.text_input(
        id="code",
        name="code",
        label=label,
        input_mode="numeric",
        auto_complete="one-time-code",
        help=help,
        error=S.errors["code"],
    )


def _scan(S: Any) -> rx.Component:
    return rx.el.form(
        forms.fields(
            rx.el.p("Scan this with the app on your phone, then type the six digits that it shows."),
            rx.el.img(src=S.qr, alt="Code for your authenticator app", width="200", height="200"),
            rx.el.p(
                "Can’t scan? Type this: ", rx.el.code(S.letters, class_name="breakable"), translate="no",
                class_name="small",
            ),
            _code(S, "Six digits", "A new number comes every 30 seconds."),
            rx.el.div(forms.submit("Switch on"), class_name="button-row"),
        ),
        on_submit=S.confirm,
        no_validate=True,
        key="scan-" + S.form.to_string(),
    )  # fmt: skip


def shown_once(codes: rx.Var) -> rx.Component:
    """Recovery codes, right after they were made."""
    each = rx.foreach(codes, lambda code: rx.el.li(rx.el.code(code), key=code))
    words = "Each lets you in once when the phone is gone. Print them or write them down; keep them out of your e-mail."
    return feedback.banner(
        rx.el.ul(each, class_name="bullets", translate="no"), tone="ok", title="Your recovery codes, shown this once",
        text=words,
    )  # fmt: skip


def _on(S: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(rx.el.strong("On"), ", since ", S.since, ". Recovery codes: ", S.codes_left, "."),
        rx.el.form(
            forms.fields(
                _code(S, "Six digits or a recovery code", "To make new recovery codes."),
                rx.el.div(forms.submit("Make new recovery codes", tone="second"), class_name="button-row"),
            ),
            on_submit=S.make_codes,
            no_validate=True,
            key="codes-" + S.form.to_string(),
        ),
        rx.el.form(
            forms.fields(
                forms.text_input(
                    id="off-code",
                    name="code",
                    label="Six digits or a recovery code, to switch it off",
                    auto_complete="one-time-code",
                    limit=MOST_LETTERS,
                    help="For another phone: switch it off, then set up the new one.",
                    error=S.errors["off"],
                ),
                rx.el.div(forms.submit("Switch off", tone="danger"), class_name="button-row"),
            ),
            on_submit=S.switch_off,
            no_validate=True,
            key="off-" + S.form.to_string(),
        ),
        class_name="stack",
    )
