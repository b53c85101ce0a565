"""Ask for your link again: the question, and the answer, which is the same for everybody."""

import reflex as rx

from salestrekker_portal.domains.portal_access.lost_link import MOST_LETTERS
from salestrekker_portal.portals.client.lost_link.state import MOST_ASKED, PRODUCT
from salestrekker_portal.portals.client.lost_link.state import LostLinkState as S
from salestrekker_portal.portals.pages import page
from salestrekker_portal.ui.feedback import banner, skeleton_form
from salestrekker_portal.ui.forms import button, fields, help_more, submit, text_input
from salestrekker_portal.ui.forms.cool_down import cool_down_button
from salestrekker_portal.ui.frame import gate_frame
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, outside


def _phone_on_top() -> rx.Component:
    words = rx.el.span(rx.el.span("Call ", class_name="unseen"), S.phone)
    return optional(
        S.phone, outside(icon("phone", size=18), words, href=f"tel:{S.phone}", class_name="button is-quiet is-small")
    )


def _call(tone: str) -> rx.Component:
    words = rx.el.span("Call ", S.broker_first, ", ", S.phone)
    button = outside(icon("phone", size=18), words, href=f"tel:{S.phone}", class_name=f"button is-wide {tone}")
    return optional(S.phone, button)


def _form() -> rx.Component:
    return rx.el.form(
        fields(
            optional(S.refusal, banner(tone="bad", text=S.refusal)),
            text_input(
                id="who",
                name="who",
                label="Your e-mail or mobile number",
                help="The one that your broker invited you with.",
                error=S.error,
                input_mode="email",
                auto_complete="email",
                auto_capitalize="none",
                spell_check=False,
                limit=MOST_LETTERS,
            ),
            submit(icon("mail", size=18), "Send me my link", wide=True),
            rx.el.p(
                "It goes by e-mail to the address that was invited, also when you give a mobile number: your PIN goes "
                "to the mobile, and the two never travel together. You need both to get in.",
                class_name="small muted",
            ),
        ),
        on_submit=S.ask,
        no_validate=True,
    )


def _rather_talk() -> rx.Component:
    known = rx.el.p(S.broker_first, " at ", S.firm, " can send you a new link.", class_name="small muted")
    unknown = rx.el.p(
        "Call your broker, who can send you a new link. Their number is in their e-mails.", class_name="small muted"
    )
    return rx.el.section(
        rx.el.h2("Rather talk to someone?", id="rather"),
        rx.cond(S.phone, known, unknown),
        _call("is-second"),
        aria_labelledby="rather",
        class_name="stack is-tight",
    )


def _question() -> rx.Component:
    lead = "Lost the e-mail, or the link no longer opens? We send it again. What you typed is safe."
    return rx.el.div(
        rx.el.div(
            rx.el.h1("Ask for your link again", tab_index=-1),
            rx.el.p(lead, class_name="page-lead"),
            class_name="stack is-tight",
        ),
        rx.el.div(rx.el.div(_form(), class_name="card-body"), class_name="card"),
        _rather_talk(),
        class_name="stack is-loose",
    )


def _step(number: int, *words: rx.Component | rx.Var | str) -> rx.Component:
    return rx.el.li(rx.el.span(number, class_name="numbered-no", aria_hidden="true"), rx.el.span(*words))


def _again() -> rx.Component:
    again = rx.el.form(
        rx.el.input(type="hidden", name="who", value=S.asked),
        cool_down_button("Send it again", seconds=S.wait_seconds, waiting="You can ask again in"),
        on_submit=S.ask,
        class_name="stack is-tight",
        # A new clock for each time.
        key=S.times,
    )
    enough = "We send it no more than four times in 15 minutes. Wait a little, or call your broker."
    return rx.cond(S.times < MOST_ASKED, again, rx.el.p(enough, class_name="small muted"))


def _answer() -> rx.Component:
    steps = rx.el.ol(
        _step(1, "Look in spam or junk, for an e-mail from ", rx.cond(S.firm != PRODUCT, S.firm, "your broker"), "."),
        _step(2, "Try another address or number. Your broker may have used a different one."),
        _step(3, "Call your broker. They check that it is you, then help."),
        class_name="numbered",
    )
    card = rx.el.div(
        rx.el.div(
            rx.el.h2("Nothing there?"),
            steps,
            optional(S.refusal, banner(tone="bad", text=S.refusal)),
            _call("is-primary"),
            button("Try another address or number", wide=True, on_click=S.try_another),
            _again(),
            class_name="card-body stack",
        ),
        class_name="card",
    )
    return rx.el.div(
        rx.el.div(
            rx.el.p(icon("mail", size=16), "Lost link", class_name="eyebrow"),
            rx.el.h1("Look at your e-mail", tab_index=-1),
            rx.el.p(
                "If ",
                rx.el.strong(S.asked, class_name="breakable"),
                " belongs to a client, their link arrives by e-mail within 5 minutes.",
                class_name="page-lead",
            ),
            class_name="stack is-tight",
        ),
        card,
        help_more(
            rx.el.p(
                "Everybody sees this same page, client or not. So nobody can use it to find out who asked a broker "
                "about a loan."
            ),
            summary="Why “if”?",
        ),
        class_name="stack is-loose",
    )


@page("/portal/lost-link", title="Ask for your link again", portal=None, on_load=[S.load])
def lost_link_page() -> rx.Component:
    return gate_frame(
        rx.cond(S.ready, rx.cond(S.asked != "", _answer(), _question()), skeleton_form(count=1)),
        firm=S.firm,
        logo=S.logo,
        end=_phone_on_top(),
        foot=rx.el.span(S.firm),
    )
