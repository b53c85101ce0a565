"""Users and roles."""

from collections.abc import Awaitable, Callable
from typing import Any, TypedDict

import reflex as rx

from salestrekker_portal.domains.firm import members
from salestrekker_portal.domains.firm.members import Member
from salestrekker_portal.domains.firm.second_step import reset_factor
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.events.asking import asks_again
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.incoming.parse import choice_from, form_from, uuid_from
from salestrekker_portal.portals.settings.here import KeptAtOnce
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Role


class MemberLine(TypedDict):
    id: str
    name: str
    email: str
    role: str
    deals: str
    state: str
    is_you: bool
    has_factor: bool


class Colleague(TypedDict):
    value: str
    label: str


class UsersState(KeptAtOnce, rx.State):
    """Everybody with an account. `leaving` is whoever is about to be switched off."""

    ready: bool = False
    people: list[MemberLine] = []
    colleagues: list[Colleague] = []
    inviting: bool = False
    leaving: str = ""
    leaving_name: str = ""
    leaving_deals: str = ""
    errors: dict[str, str] = {}

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read who works here."""
        self.saved, self.errors, self.inviting, self.leaving = "", {}, False, ""
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    async def ask_invite(self):
        """Open the form of an invitation."""
        await self._read()
        self.inviting, self.errors = True, {}

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        """Close what is open; nothing changed."""
        self.inviting, self.leaving, self.errors = False, "", {}

    @rx.event
    @allow(Portal.BROKER)
    @once
    @asks_again
    async def invite(self, form: dict):
        """Give somebody an account, and e-mail them the way in."""
        typed = form_from(form)
        facts = {name: typed.get(name) for name in ("first_name", "last_name", "email")}
        done = await self._change(
            lambda s, a: members.invite_member(s, a, role=choice_from(typed.get("role"), Role, "role"), **facts)
        )
        return Notices.tell(f"We e-mailed {done.email} a link to choose a password.") if done else None

    @rx.event
    @allow(Portal.BROKER)
    @once
    @asks_again
    async def resend(self, user_id: str):
        """E-mail the way in again."""
        key = uuid_from(user_id, "person")
        done = await self._change(lambda s, a: members.resend_link(s, a, key))
        return Notices.tell(f"We e-mailed {done.email} again. Use the newest link: earlier ones stop soon.")

    @rx.event
    @allow(Portal.BROKER)
    @once
    @asks_again
    async def reset_factor(self, user_id: str):
        """Take a second step away that was lost."""
        key = uuid_from(user_id, "person")
        done = await self._change(lambda s, a: reset_factor(s, a, key))
        return Notices.tell(f"The second step of {done.name} is gone. Their next sign-in asks for a new one.")

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a role is set to a value")
    @asks_again
    async def choose_role(self, user_id: str, role: str):
        """Change what somebody may do."""
        key, chosen = uuid_from(user_id, "person"), choice_from(role, Role, "role")
        await self._change(lambda s, a: members.change_role(s, a, key, chosen))

    @rx.event
    @allow(Portal.BROKER)
    async def ask_disable(self, user_id: str):
        """Ask who takes over before anybody is switched off."""
        await self._read()
        line = next((each for each in self.people if each["id"] == user_id), None)
        if line is not None:
            self.leaving, self.leaving_name, self.leaving_deals = line["id"], line["name"], line["deals"]
            self.colleagues = [
                Colleague(value=each["id"], label=each["name"])
                for each in self.people
                if each["id"] != user_id and each["state"] != "off"
            ]
        self.errors = {}

    @rx.event
    @allow(Portal.BROKER)
    @once
    @asks_again
    async def disable(self, form: dict):
        """Switch the account off and hand its deals over."""
        typed = form_from(form)
        key = uuid_from(typed.get("user"), "person")
        to = uuid_from(typed["to_user"], "person") if typed.get("to_user") else None
        await self._change(lambda s, a: members.disable_member(s, a, key, to))

    @rx.event
    @allow(Portal.BROKER)
    @once
    @asks_again
    async def enable(self, user_id: str):
        """Switch an account on again."""
        key = uuid_from(user_id, "person")
        await self._change(lambda s, a: members.enable_member(s, a, key))

    async def _change(self, deed: Callable[..., Awaitable[Any]]) -> Any:
        """Do it and read again; a mistake stays beside its field, and nothing is answered."""
        try:
            async with self._keeping() as (session, actor):
                done = await deed(session, actor)
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.errors, self.inviting, self.leaving = {}, False, ""
        return done

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            found = await members.members_of(session, actor)
            own = actor.id
        self.people, self.ready = [_line(each, own) for each in found], True


def _line(each: Member, own: object) -> MemberLine:
    state = "off" if each.membership.disabled_at else ("here" if each.has_signed_up else "invited")
    return MemberLine(
        id=str(each.user.id),
        name=each.user.name,
        email=each.user.email,
        role=each.membership.role.value,
        deals="1 deal" if each.deals == 1 else f"{each.deals:,} deals",
        state=state,
        is_you=each.user.id == own,
        has_factor=each.user.factor_since is not None,
    )
