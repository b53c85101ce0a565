"""What the share panel of a deal reads: its people, the conditions, what can be chosen, and what was sent."""

import copy
from typing import Any
from uuid import UUID

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import REFUSALS, Permission
from salestrekker_portal.domains.deals.queries import applicants_of
from salestrekker_portal.domains.outbox.service import messages_for
from salestrekker_portal.domains.portal_access import queries
from salestrekker_portal.domains.portal_access.begun import choices_of
from salestrekker_portal.domains.portal_access.channels import OWN, Channels, checked_channels, through
from salestrekker_portal.domains.portal_access.client_words import stored_for_owner
from salestrekker_portal.domains.portal_access.delivery import pin_wait_seconds
from salestrekker_portal.domains.portal_access.messages import People
from salestrekker_portal.domains.portal_access.rules import blockers, preflight
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import joined, phone_words
from salestrekker_portal.portals.broker.share import rows
from salestrekker_portal.portals.broker.share.rows import (
    CheckRow,
    LogRow,
    MessagePreview,
    OtherRow,
    PersonTab,
    SharedRequestRow,
)
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.portal_access import PortalAccess

# What a broker chooses for one client before inviting them.
CHOICES = (
    "sees", "ticked", "statements", "changing", "_had", "flow_id", "flow_pages", "adjusting", "only", "flow_error",
    "_for", "other_email", "other_mobile", "knows_sharing", "_channels_for",
)  # fmt: skip


class SharePanel(rx.State, mixin=True):
    """One deal's panel. `stands`: not_invited, live, revoked."""

    ready: bool = False
    missing: bool = False
    deal_path: str = ""
    deal_id: str = ""
    people: list[PersonTab] = []
    chosen: str = ""
    first_name: str = ""
    others: str = ""
    stands: str = ""
    changing: bool = False
    checks: list[CheckRow] = []
    to_fix: str = ""
    blocked: str = ""
    refusal: str = ""
    sees: str = "no"
    requests: list[SharedRequestRow] = []
    ticked: list[str] = []
    statements: bool = False
    preview: MessagePreview = rows.NO_PREVIEW
    facts: list[dict[str, str]] = []
    log: list[LogRow] = []
    wait_seconds: int = 0
    asking: bool = False
    # Where this invitation goes instead, as typed, and who shares the client's own address or number.
    other_email: str = ""
    other_mobile: str = ""
    knows_sharing: bool = False
    shared_with: str = ""
    shares_both: bool = False
    errors: dict[str, str] = {}
    elsewhere: list[OtherRow] = []
    asking_other: str = ""
    _channels_for: str = ""
    # What the access had when changing it began.
    _had: str = ""
    _asked: str = ""
    # What was chosen for the other clients of this deal, by client, until it is sent or given up.
    _kept: dict[str, dict[str, Any]] = {}
    _access_id: str = ""

    def _turn_to(self, contact_id: str) -> None:
        """Look at a client, with what was chosen for this very client so far, and nothing of another's."""
        if contact_id == self.chosen:
            return
        if self.chosen:
            # Copies: Reflex's lists are watched, and would go on changing for the next client.
            mine = {name: copy.deepcopy(getattr(self, name)) for name in CHOICES}
            self._kept = {**self._kept, self.chosen: mine}
        self._begin(*CHOICES, "asking", "asking_other", "errors")
        self.chosen = contact_id
        for name, value in self._kept.get(contact_id, {}).items():
            setattr(self, name, value)

    def _begin_with(self, access: PortalAccess, asked: list[UUID]) -> None:
        """Everything as the access has it, to be changed. `asked`: what it asked for, and what a Yes would add."""
        self._begin(*CHOICES)
        self._for, self.changing, self._had = self.chosen, True, choices_of(access)
        self.sees = "yes" if access.sees_other_applicants else "no"
        self.statements = access.asks_bank_statements
        self.ticked = ["", *[str(each) for each in asked]]
        self.flow_id = str(access.flow_id or "")
        if self.flow_id not in self._sections or list(access.section_ids) not in ([], self._sections[self.flow_id]):
            self._tick(list(access.section_ids))
            self.adjusting = bool(access.section_ids)

    def _forget(self) -> None:
        """Begin again: nothing chosen is kept, for anybody."""
        self._begin(*CHOICES, "asking", "asking_other", "errors", "_kept")

    async def _read(self, session: ReadSession, actor: Actor, deal: Deal) -> None:
        contacts = [contact for _, contact in await applicants_of(session, deal.id)]
        accesses = await queries.latest_accesses(session, deal.id)
        self.people = [rows.person_tab(contact, accesses.get(contact.id), actor.time_zone) for contact in contacts]
        known = [str(contact.id) for contact in contacts]
        if self.chosen not in known:
            waiting = [each for each in known if UUID(each) not in accesses]
            self._turn_to(next(iter([*waiting, *known]), ""))
        self.refusal = "" if actor.may(Permission.DEAL_SHARE) else REFUSALS[Permission.DEAL_SHARE]
        if not self.chosen:
            return
        people = await queries.people_of(session, deal, UUID(self.chosen))
        access = accesses.get(people.contact.id)
        self.first_name = people.called
        self.others = joined(list(people.others)) or "the other applicants"
        self._stand(access)
        self._begin_channels(access, actor.country)
        await self._read_checks(session, actor, through(people, self._channels(actor.country)))
        await self._read_choices(session, actor, deal, people)
        await self._read_elsewhere(session, actor, people)
        if access is not None:
            await self._read_access(session, access, actor.time_zone, actor.country)

    def _stand(self, access: PortalAccess | None) -> None:
        self.stands = "not_invited" if access is None else "revoked" if access.revoked_at else "live"
        self._access_id = str(access.id) if access is not None else ""
        if access is None:
            self.facts, self.log = [], []
        if self.stands != "live":
            self.asking = self.changing = False

    async def _read_checks(self, session: ReadSession, actor: Actor, people) -> None:
        facts = await queries.share_facts(session, actor, people)
        checks = preflight(facts)
        failing = blockers(checks)
        self.checks = [rows.check_row(check) for check in checks]
        self.shared_with = facts.email_also_of or facts.mobile_also_of
        self.shares_both = bool(facts.email_also_of and facts.mobile_also_of)
        things = "1 thing to fix" if len(failing) == 1 else f"{len(failing)} things to fix"
        self.to_fix = things if failing else "Everything is in place"
        self.blocked = f"{failing[0].title}: put that right first" if failing else ""
        self.preview = rows.preview_of(people, facts.credits, await stored_for_owner(session, people))

    def _begin_channels(self, access: PortalAccess | None, country: str) -> None:
        """A client who was just chosen begins with what their access has; what is typed then stays."""
        if self._channels_for == self.chosen:
            return
        self._channels_for, self.errors, self.asking_other = self.chosen, {}, ""
        kept = access or OWN
        self.other_email, self.other_mobile = kept.other_email or "", phone_words(kept.other_mobile, country)
        self.knows_sharing = kept.shares_knowingly

    def _channels(self, country: str) -> Channels:
        """As typed. What can't be an address is refused beside its field, and the client's own counts meanwhile."""
        typed = {"other_email": self.other_email, "other_mobile": self.other_mobile}
        try:
            chosen = checked_channels(country=country, **typed, shares_knowingly=self.knows_sharing)
        except Invalid as refusal:
            self.errors = refusal.errors
            return Channels(shares_knowingly=self.knows_sharing)
        self.errors = {}
        return chosen

    async def _read_elsewhere(self, session: ReadSession, actor: Actor, people: People) -> None:
        found = await queries.accesses_elsewhere(session, people.contact, people.deal.id)
        self.elsewhere = [rows.other_row(access, deal, actor.time_zone) for access, deal in found]

    async def _read_choices(self, session: ReadSession, actor: Actor, deal: Deal, people) -> None:
        await self._read_flows(session, people, actor.id)
        names = {contact.id: contact.called for contact in people.everyone}
        requests = await queries.askable_requests(session, deal.id)
        if not self.ticked:
            self.ticked = [str(request.id) for request in requests]
        self.requests = [
            rows.request_row(request, names, people.contact.id, self.sees == "yes", self.ticked) for request in requests
        ]

    async def _read_access(self, session: ReadSession, access: PortalAccess, zone: str, country: str) -> None:
        by = await session.get(User, access.granted_by)
        asked = await queries.asked_count(session, access.id)
        self.facts = rows.access_facts(access, by.name if by else "", zone, asked, country)
        self.log = [rows.log_row(message, zone, country) for message in await messages_for(session, access.id)]
        self.wait_seconds = pin_wait_seconds(access)
