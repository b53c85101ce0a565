"""One's own name, mobile and password."""

import pytest

from salestrekker_portal.database.session import reading
from salestrekker_portal.portals.settings.account.state import MyDetailsState
from salestrekker_portal.tables.organisations import User
from tests.support.harness import Harness

PATH = "/settings/my-details"


@pytest.fixture
async def browser(sqlite):
    async with Harness() as harness:
        yield harness


async def test_everybody_keeps_their_own_details(browser, cast):
    seat = {"cookie": cast.cookies["bob"], "path": PATH}
    state = await browser.call(MyDetailsState.load, **seat)
    assert state.details["email"] == "bob@example.com"
    form = {"first_name": "Robert", "last_name": "Tran", "mobile": "0491 570 006", "email": "new@example.com"}
    state = await browser.call(MyDetailsState.save, **seat, form=form)
    assert state.saved and not state.errors and state.details["mobile"] == "0491 570 006"
    async with reading() as session:
        bob = await session.get(User, cast.bob_user.id)
        assert (bob.first_name, bob.mobile, bob.email) == ("Robert", "+61491570006", "bob@example.com")


@pytest.mark.parametrize(
    ("field", "typed"),
    [("first_name", 7), ("last_name", "x" * 10_000), ("mobile", "02 4000 1000"), ("mobile", "<script>")],
)
async def test_a_mistake_is_said_beside_its_field(browser, cast, field, typed):
    form = {"first_name": "Bob", "last_name": "Tran", "mobile": "", field: typed}
    state = await browser.call(MyDetailsState.save, cookie=cast.cookies["bob"], path=PATH, form=form)
    assert list(state.errors) == [field] and not state.saved


async def test_a_wrong_old_password_changes_nothing(browser, cast):
    form = {"current": "not it", "password": "correct horse battery staple"}
    state = await browser.call(MyDetailsState.change_password, cookie=cast.cookies["bob"], path=PATH, form=form)
    assert "current" in state.errors
