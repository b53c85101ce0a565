"""Another e-mail or mobile for one invitation, for couples who share one and for numbers that no SMS reaches."""

import reflex as rx

from salestrekker_portal.portals.broker.share.state import ShareState as S
from salestrekker_portal.ui.feedback import banner
from salestrekker_portal.ui.forms import fields, help_more, pair, text_input, tick


def another_way() -> rx.Component:
    """Open when somebody shares the client's address or number, folded otherwise."""
    folded = help_more(_fields(), summary="Send to another e-mail or mobile, this time only")
    means = banner(
        tone="warn",
        title=S.first_name + " shares this with " + S.shared_with,
        text="The link goes by e-mail and the PIN by SMS, so that one alone opens nothing. Who gets both can sign in "
        "as the other and see what they told you.",
        close=True,
        live=False,
    )
    knows = tick(
        id="knows-sharing",
        label=S.first_name + " knows that " + S.shared_with + " can read one of the two",
        checked=S.knows_sharing,
        on_change=S.set_knows,
    )
    open_ = rx.el.section(means, _fields(), rx.cond(S.shares_both, rx.fragment(), knows), class_name="stack is-tight")
    return rx.cond(S.shared_with != "", open_, folded)


def _fields() -> rx.Component:
    def one(name: str, label: str, value: rx.Var, help: str, **props) -> rx.Component:
        return text_input(
            id=name.replace("_", "-"),
            name=name,
            label=label,
            optional=True,
            help=help,
            error=S.errors[name],
            default_value=value,
            key=S.chosen + name,
            on_blur=lambda typed: S.set_channel(name, typed),
            auto_complete="off",
            custom_attrs={"data-keep": "no"},
            **props,
        )

    return fields(
        pair(
            one("other_email", "Other e-mail for the link", S.other_email, "Theirs alone.", type="email"),
            one("other_mobile", "Other mobile for the PIN", S.other_mobile, "Work, or a relative’s.", type="tel"),
        )
    )
