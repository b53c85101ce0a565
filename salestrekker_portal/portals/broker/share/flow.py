"""The flow of an invitation: one that fits the deal, as it is or changed for this once (S0-05, S1-18, S1-25)."""

from uuid import UUID

import reflex as rx

from salestrekker_portal.domains.portal_access.flow_copy import EVERYTHING, flows_that_fit, kind_asked
from salestrekker_portal.domains.portal_access.messages import People
from salestrekker_portal.domains.questions.catalogue import pages_for, section_ids_of
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.incoming.parse import bool_from
from salestrekker_portal.portals.shared.flow_picker import (
    PageTick,
    after_page,
    after_section,
    page_ticks,
    section_picker,
    ticked,
)
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Flow
from salestrekker_portal.ui.forms import button, link_button, select


class FlowChoice(rx.State, mixin=True):
    """The flows on offer, and the sections of this invitation while they are being changed."""

    flows: list[dict[str, str]] = []
    flow_id: str = ""
    flow_pages: list[PageTick] = []
    adjusting: bool = False
    # The sections of this invitation, with commas, for the preview; "" while the flow is as it is.
    only: str = ""
    flow_error: str = ""
    _sections: dict[str, list[str]] = {}
    _for: str = ""
    # Country, kind of applicant and of loan: enough to find the pages again.
    _kind: tuple[str, str, str] = ("", "", "")

    async def _read_flows(self, session, people: People, by: UUID) -> None:
        country = people.organisation.country
        flows = await flows_that_fit(session, people.deal, people.contact, country, by)
        self._kind = kind_asked(people.deal, people.contact, country)
        self.flows = [{"value": str(flow.id), "label": _flow_words(flow, people, by)} for flow in flows] or [
            {"value": "", "label": EVERYTHING}
        ]
        self._sections = {str(flow.id): list(flow.section_ids) for flow in flows} or {
            "": list(section_ids_of(pages_for(*self._kind)))
        }
        if self.flow_id not in self._sections:
            self.flow_id = self.flows[0]["value"]
        if self._for != str(people.contact.id) or not self.adjusting:
            self._for = str(people.contact.id)
            self._leave_as_it_is()

    def _only(self) -> list[str] | None:
        """The sections that the broker chose for this invitation; None for those of the flow."""
        return ticked(self.flow_pages) if self.adjusting else None

    def _leave_as_it_is(self) -> None:
        self.adjusting, self.flow_error, self.flow_pages, self.only = False, "", [], ""

    def _tick(self, chosen: list[str]) -> None:
        self.flow_error = "" if chosen else "Tick at least one section."
        self.flow_pages = page_ticks(pages_for(*self._kind), chosen, mixed=False)
        self.only = ",".join(chosen)

    @rx.event
    @allow(Portal.BROKER)
    def set_flow(self, value: str):
        """Which sections of the fact find this client is asked."""
        if value in [flow["value"] for flow in self.flows]:
            self.flow_id = value
            self._leave_as_it_is()

    @rx.event
    @allow(Portal.BROKER)
    def adjust(self, on: bool):
        """Change the sections for this invitation, or go back to those of the flow."""
        self._leave_as_it_is()
        if bool_from(on) and self.flow_id in self._sections:
            self._tick(self._sections[self.flow_id])
            self.adjusting = True

    @rx.event
    @allow(Portal.BROKER)
    def tick_flow_page(self, key: str, on: bool):
        """Ask a whole page of this client, or nothing of it."""
        if self.adjusting:
            self._tick(after_page(self.flow_pages, key, bool_from(on)))

    @rx.event
    @allow(Portal.BROKER)
    def tick_flow_section(self, section: str, on: bool):
        """Ask one section of this client, or don't."""
        if self.adjusting:
            self._tick(after_section(self.flow_pages, section, bool_from(on)))


def _flow_words(flow: Flow, people: People, by: UUID) -> str:
    """The name; of a broker's own also whose it is."""
    if flow.user_id is None:
        return flow.name
    whose = "yours" if flow.user_id == by else f"{people.owner.first_name}’s"
    return f"{flow.name} ({whose})"


def flow_field(S) -> rx.Component:
    """The flow, and a way to change it for this invitation."""
    picker = rx.el.div(
        section_picker(
            S.flow_pages,
            on_page=S.tick_flow_page,
            on_section=S.tick_flow_section,
            error=S.flow_error,
            id="share-sections",
        ),
        button("Use the flow as it is", small=True, on_click=S.adjust(False)),
        class_name="stack is-tight",
    )
    return rx.el.div(
        select(id="flow", label="Flow", choices=S.flows, blank=None, value=S.flow_id, on_change=S.set_flow),
        rx.cond(S.adjusting, picker, link_button("Change it for this invitation", on_click=S.adjust(True))),
        class_name="stack is-tight",
    )
