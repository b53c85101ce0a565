"""What my clients see: choose one of one's own clients and look at the portal as they would."""

import reflex as rx

from salestrekker_portal.domains.portal_access.preview import preview_choices
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, forms
from salestrekker_portal.ui.forms.post import post_form
from salestrekker_portal.ui.marks import icon


class PreviewChoiceState(BrokerState, rx.State):
    """The clients of one's own open deals, the newest first."""

    choices: list[Choice] = []

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Whom a preview may be of."""
        async with self._looking() as (session, actor):
            found = await preview_choices(session, actor)
        self.choices = [Choice(value=f"{deal}:{contact}", label=words) for deal, contact, words in found]


def preview_card() -> rx.Component:
    """Opens the client portal in a new tab, as the chosen client; it saves nothing."""
    form = post_form(
        forms.select(
            id="preview-who", name="who", label="As which client", choices=PreviewChoiceState.choices, blank=None
        ),
        rx.el.div(forms.submit(icon("eye"), "Preview", tone="second"), class_name="button-row"),
        rx.el.p(
            "It opens in a new tab with these settings. Nothing is saved there. Clients who aren’t invited yet can be "
            "previewed too.",
            class_name="small muted",
        ),
        action="/session/preview",
        target="_blank",
        class_name="fields",
    )
    none = rx.el.p("You have no open deal with a client yet. Add one, then look at it here.", class_name="muted")
    return data.card(rx.cond(PreviewChoiceState.choices.length() > 0, form, none), title="What my clients see")
