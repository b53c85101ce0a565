"""Asked again who sits there: what was pressed waits for the proof, goes on by itself, and nothing goes on without."""

import asyncio
import json
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select, update

from salestrekker_portal.config import Mode, Settings
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access import proof
from salestrekker_portal.domains.access.proof import GOOD_FOR
from salestrekker_portal.domains.signing_in import second_step
from salestrekker_portal.domains.signing_in.sessions import actor_of
from salestrekker_portal.kernel import clock
from salestrekker_portal.portals.broker.deal.overview_state import OverviewState
from salestrekker_portal.portals.events.asking import ProofState, held
from salestrekker_portal.portals.events.errors import show_exception
from salestrekker_portal.portals.incoming.presses import SentEvent
from salestrekker_portal.portals.settings.users.state import UsersState
from salestrekker_portal.tables.access import Portal, PortalSession
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.organisations import Membership, Role, User
from salestrekker_portal.tables.security_log import SecurityEvent
from tests.domains.portal_access.world import invite, ready_deal
from tests.factories import PASSWORD
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")
JO = {"first_name": "Jo", "last_name": "Lee", "email": "jo@example.com", "role": "broker"}
USERS = "/settings/users"


@pytest.fixture
async def signed_in_at(cast, frozen_clock, monkeypatch):
    """Everybody signed in just now, to a portal of real people."""
    monkeypatch.setattr(proof, "settings", lambda: Settings(mode=Mode.EMBEDDED, secret="x" * 40))
    async with transaction() as session:
        await session.execute(update(PortalSession).values(created_at=frozen_clock))
    return frozen_clock


class Tabs(Harness):
    """Refusals are shown as the app shows them."""

    async def __aenter__(self):
        await super().__aenter__()

        def shown(refusal: Exception):
            self.errors.append(refusal)
            return show_exception(refusal)

        self.processor.backend_exception_handler = shown
        return self


async def _asked(tab: Tabs) -> ProofState:
    """The question, which is opened a moment after the refusal."""
    for _ in range(500):
        state = await tab.state(ProofState)
        if state.asking:
            return state
        await asyncio.sleep(0.01)
    raise AssertionError("nobody was asked")


async def _staff() -> set[str]:
    async with reading() as session:
        return set(await session.scalars(select(User.email)))


async def _logged(kind: str) -> list[SecurityEvent]:
    async with reading() as session:
        return list(await session.scalars(select(SecurityEvent).where(SecurityEvent.kind.startswith(kind))))


def _later(signed_in_at) -> None:
    clock.freeze(signed_in_at + GOOD_FOR)


async def test_just_signed_in_nobody_is_asked_and_a_quarter_of_an_hour_later_they_are(cast, signed_in_at):
    here = {"cookie": cast.cookies["alice"], "path": USERS}
    async with Tabs() as tab:
        clock.freeze(signed_in_at + GOOD_FOR - timedelta(seconds=1))
        await tab.call(UsersState.invite, {"form": JO}, **here)
        assert not tab.errors and "jo@example.com" in await _staff()
        _later(signed_in_at)
        await tab.call(UsersState.invite, {"form": {**JO, "email": "ann@example.com"}}, **here)
        assert "show once more that it is you" in tab.refusal
        await _asked(tab)
        assert "ann@example.com" not in await _staff()


async def test_what_was_pressed_goes_on_after_the_password_and_once(cast, signed_in_at):
    here = {"cookie": cast.cookies["alice"], "path": USERS}
    _later(signed_in_at)
    press = "0b7c3f0e-58f0-4a4e-9a43-000000000001"
    async with Tabs() as tab:
        await tab.call(UsersState.invite, {"form": JO, "_intention": press}, **here)
        held_press = (await _asked(tab))._held
        assert held_press and "jo@example.com" not in held_press, "what was typed is not kept in the clear"
        state = await tab.call(ProofState.prove, {"form": {"password": "a guess of mine"}}, **here)
        assert state.asking and "isn’t your password" in state.errors["password"]
        assert "jo@example.com" not in await _staff()
        state = await tab.call(ProofState.prove, {"form": {"password": PASSWORD}}, **here)
        assert not state.asking and not tab.errors and "jo@example.com" in await _staff()
        # Pressed twice: nothing waits any more; and what would be sent once more is the same press.
        await tab.call(ProofState.go_on, **here)
        await tab.call(ProofState.ask, {"press": held_press}, **here)
        await tab.call(ProofState.go_on, **here)
        assert not tab.errors
        # Good for a while: nobody is asked for the next one.
        await tab.call(UsersState.invite, {"form": {**JO, "email": "ann@example.com"}}, **here)
        assert not tab.errors and "ann@example.com" in await _staff()
    assert [each.facts["way"] for each in await _logged("factor:proved")] == ["the password"]
    assert len(await _logged("factor:proof_refused")) == 1
    assert len(await _logged("member:invited")) == 2


async def test_left_alone_nothing_happens(cast, signed_in_at):
    here = {"cookie": cast.cookies["alice"], "path": USERS}
    _later(signed_in_at)
    async with Tabs() as tab:
        await tab.call(UsersState.choose_role, user_id=str(cast.bob.id), role="admin", **here)
        await _asked(tab)
        state = await tab.call(ProofState.leave, **here)
        assert not state.asking and not state._held
        await tab.call(ProofState.prove, {"form": {"password": PASSWORD}}, **here)
        async with reading() as session:
            role = await session.scalar(select(Membership.role).where(Membership.user_id == cast.bob.id))
        assert role is Role.ASSISTANT, "what was left is not done by a later proof"


async def test_guessing_before_an_open_session_is_slow_and_slows_nobody_else(cast, signed_in_at):
    here = {"cookie": cast.cookies["alice"], "path": USERS}
    _later(signed_in_at)
    async with Tabs() as tab:
        for _ in range(5):
            await tab.call(ProofState.prove, {"form": {"password": "a guess of mine"}}, **here)
        state = await tab.call(ProofState.prove, {"form": {"password": PASSWORD}}, **here)
        assert "Try again in" in state.errors["password"]
        other = {"cookie": cast.cookies["bob"], "path": USERS, "tab": "bob"}
        state = await tab.call(ProofState.prove, {"form": {"password": PASSWORD}}, **other)
        assert not state.errors
    assert len(await _logged("factor:proof_refused")) == 6


async def test_digits_and_recovery_codes_do_as_well(cast, signed_in_at):
    async with transaction() as session:
        made = await second_step.begin_set_up(session, cast.alice)
        app = pyotp.TOTP(made.letters.replace(" ", ""))
        codes = await second_step.confirm(session, cast.alice, app.at(signed_in_at))
    here = {"cookie": cast.cookies["alice"], "path": USERS}
    async with Tabs() as tab:
        for turn, code in enumerate((lambda: app.at(clock.utc_now()), lambda: codes[0]), 1):
            clock.freeze(signed_in_at + turn * GOOD_FOR)
            await tab.call(UsersState.invite, {"form": {**JO, "email": f"jo{turn}@example.com"}}, **here)
            await _asked(tab)
            state = await tab.call(ProofState.prove, {"form": {"code": "000000", "password": ""}}, **here)
            assert state.asking and state.by_app and "neither" in state.errors["code"]
            state = await tab.call(ProofState.prove, {"form": {"code": code(), "password": ""}}, **here)
            assert not state.asking and f"jo{turn}@example.com" in await _staff()


async def test_a_proof_is_of_one_session_and_one_person(cast, signed_in_at):
    """Another's held press, one that was made up, and one of an ended session lead nowhere."""
    _later(signed_in_at)
    bobs = {"cookie": cast.cookies["bob"], "path": USERS}
    async with Tabs() as tab:
        for junk in ("garbage", 7, None, held("nothing")):
            await tab.call(ProofState.ask, {"press": junk}, **bobs)
            await tab.call(ProofState.prove, {"form": {"password": PASSWORD}}, **bobs)
        for junk in ("garbage", 7, None, {"password": 7, "code": []}, {"password": "x" * 5000}):
            await tab.call(ProofState.prove, {"form": junk}, **bobs)
            await tab.call(ProofState.prove_by_passkey, {"form": junk}, **bobs)
        # What bob may not, he may not after a proof either.
        await tab.call(UsersState.invite, {"form": JO}, **bobs)
        assert "Only an admin" in tab.refusal and "jo@example.com" not in await _staff()
        for nobody in (cast.cookies["priya"], cast.cookies["kim"], ""):
            theirs = {"cookie": nobody, "path": USERS, "tab": nobody[:9]}
            await tab.call(ProofState.prove, {"form": {"password": PASSWORD}}, **theirs)
            assert tab.was_stopped
    async with reading() as session:
        alice = await actor_of(session, Portal.BROKER, cast.cookies["alice"].partition("=")[2])
    assert alice.is_stale, "bob's proof is not hers"


async def test_the_address_of_an_invited_client_asks_and_that_of_others_does_not(cast, signed_in_at):
    deal, robin = await ready_deal(cast)
    place = {"cookie": cast.cookies["alice"], "path": f"/deals/{deal.id}"}
    _later(signed_in_at)
    async with Tabs() as tab:
        await tab.call(OverviewState.edit, contact_id=str(robin.id), **place)
        await tab.call(OverviewState.save_contact, {"form": {"mobile": "0491 570 159"}}, **place)
        assert not tab.errors, "nobody is invited yet"
        await invite(cast, deal, robin)
        await tab.call(OverviewState.edit, contact_id=str(robin.id), **place)
        await tab.call(OverviewState.save_contact, {"form": {"first_name": "Robyn"}}, **place)
        assert not tab.errors, "a name leads nowhere"
        await tab.call(OverviewState.edit, contact_id=str(robin.id), **place)
        await tab.call(OverviewState.save_contact, {"form": {"email": "thief@example.com"}}, **place)
        await _asked(tab)
        assert await _email(robin) == "robin@example.com"
        await tab.call(ProofState.prove, {"form": {"password": PASSWORD}}, **place)
        assert await _email(robin) == "thief@example.com"


async def _email(contact: Contact) -> str:
    async with reading() as session:
        return (await session.get(Contact, contact.id)).email


async def test_in_the_demo_nobody_is_asked(cast, signed_in_at, monkeypatch):
    monkeypatch.setattr(proof, "settings", lambda: Settings(mode=Mode.DEMO))
    _later(signed_in_at)
    async with Tabs() as tab:
        await tab.call(UsersState.invite, {"form": JO}, cookie=cast.cookies["alice"], path=USERS)
        assert not tab.errors and "jo@example.com" in await _staff()


def test_what_is_held_is_no_text():
    assert json.dumps("secret") not in held(SentEvent("x.y", {"form": {"key": "secret"}}, ""))
