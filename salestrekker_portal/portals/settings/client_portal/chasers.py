"""Settings, Client Portal: reminding clients until what is missing comes."""

import reflex as rx

from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.chasing.settings import own_rhythm, set_rhythm, switch_chasing
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import bool_from, form_from, shown_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, forms


class ChasersSettingsState(BrokerState, rx.State):
    """The firm's rhythm. It is one for all: brokers see it, admins change it."""

    loaded: bool = False
    may_edit: bool = False
    on: bool = False
    rhythm: str = ""
    most: str = ""
    errors: dict[str, str] = {}

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read it afresh."""
        self.errors = {}
        async with self._looking() as (session, actor):
            found = await own_rhythm(session, actor)
        self.may_edit = actor.may(Permission.ORGANISATION_MANAGE)
        self.on, self.rhythm, self.most = found.on, found.words, str(found.most)
        self.loaded = True

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a switch is set to a value")
    async def switch(self, on: bool):
        """Chase, or not."""
        async with self._acting() as (session, actor):
            await switch_chasing(session, actor, on=bool_from(on))
        return ChasersSettingsState.load

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Keep the days and the number."""
        try:
            async with self._acting() as (session, actor):
                await set_rhythm(session, actor, form_from(form), shown_from(form))
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        return [Notices.tell("Saved. It counts from the next morning on."), ChasersSettingsState.load]


def chasers_card() -> rx.Component:
    """The switch, and the rhythm while it is on."""
    S = ChasersSettingsState
    return data.card(
        forms.switch(
            id="chasers",
            label="Remind clients until it comes",
            note="Documents that you asked for, an unfinished profile, papers they haven’t agreed to: one message "
            "about all of it, at most one a day, at 9 in the morning of a working day. It stops by itself.",
            checked=S.on,
            disabled=~S.may_edit,
            on_change=lambda on: S.switch(on),
        ),
        rx.cond(S.on, _rhythm(), rx.fragment()),
        title="Reminders",
    )


def _rhythm() -> rx.Component:
    S = ChasersSettingsState
    return rx.el.form(
        forms.fields(
            forms.text_input(
                id="rhythm", name="rhythm", label="Working days after you asked", default_value=S.rhythm, key=S.rhythm,
                error=S.errors["rhythm"], read_only=~S.may_edit, limit=40,
                help="2, 4, 7 reminds on the second, fourth and seventh. What has a due date waits until it is late.",
            ),
            forms.text_input(
                id="most", name="most", label="At most so many reminders of one thing", default_value=S.most,
                key="most-" + S.most, error=S.errors["most"], read_only=~S.may_edit, input_mode="numeric", limit=4,
                help="More than there are days repeat the last pause.",
            ),
            rx.cond(S.may_edit, rx.el.div(forms.submit("Save", tone="second"), class_name="button-row"), rx.fragment()),
        ),
        forms.filled_from({"rhythm": S.rhythm, "most": S.most}, key="shown-" + S.rhythm + "-" + S.most),
        on_submit=ChasersSettingsState.save,
        no_validate=True,
    )  # fmt: skip
