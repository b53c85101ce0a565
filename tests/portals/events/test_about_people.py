"""Nothing of one application, client or firm is in any State of a client's or partner's tab when it shows another."""

from uuid import UUID

import pytest
import reflex as rx
from sqlalchemy import func, select

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.signing_in.sessions import open_session
from salestrekker_portal.portals.events import about
from salestrekker_portal.portals.events.gate import TabBinding
from salestrekker_portal.portals.events.session import PartnerState
from salestrekker_portal.portals.pages import REGISTRY
from salestrekker_portal.portals.partner.here import PartnerHere
from salestrekker_portal.portals.partner.refer.state import PartnerReferState
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import Organisation, User
from salestrekker_portal.tables.partners import Partner, PartnerMembership
from tests import factories as make
from tests.cast import COOKIES
from tests.portals.events.test_about import arrive, differing, kept, loads_at, soil
from tests.refusals.conftest import furnished, place  # noqa: F401  fixtures
from tests.support.harness import Harness


def pages_of(portal: Portal) -> list[str]:
    return [route for route, page in REGISTRY.items() if page.portal is portal]


def address(route: str, deal: str) -> str:
    return route.replace("[deal_id]", deal).replace("[screen]", "applicant.personal_details")


async def same_as_fresh(browser: Harness, path: str, cookie: str) -> dict:
    """What the used tab holds at this page beside what a fresh one does."""
    await arrive(browser, path, cookie, "used")
    await arrive(browser, path, cookie, "fresh")
    everything = about.everything_about()
    return differing(await kept(browser, "used", everything), await kept(browser, "fresh", everything))


async def loaded_anew(browser: Harness, path: str, cookie: str) -> None:
    """The page of the used tab is loaded: the way to another person, firm or application."""
    browser.is_loaded_anew = False
    await browser.call(rx.State.hydrate, cookie=cookie, path=path, tab="used")
    assert "of A" not in str(browser.out)
    browser.is_loaded_anew = True


@pytest.fixture
async def clients(place):  # noqa: F811
    """Cookies: one client in two deals, the co-applicant of a third, and a client of another firm."""
    async with transaction() as session:
        firm = await session.get(Organisation, place.firm_id)
        other = await session.get(Deal, UUID(place.ids["home_deal"]))
        mallory = await session.get(User, other.owner_id)
        away = await session.get(Organisation, other.organisation_id)
        tui = await make.make_contact(session, away, "Tūī", "Away", email="tui@example.com", mobile="+64211234568")
        await make.add_applicant(session, other, tui, position=1)
        elsewhere = await make.make_access(session, other, tui, mallory)
        top_up = UUID(place.ids["lee_other_access"])
        signed_in = {
            "lee's other deal": await open_session(
                session, portal=Portal.CLIENT, organisation_id=firm.id, hours=12, access_id=top_up
            ),
            "another firm": await open_session(
                session, portal=Portal.CLIENT, organisation_id=away.id, hours=12, access_id=elsewhere.id
            ),
        }
    cookies = {name: f"{COOKIES[Portal.CLIENT]}={token}" for name, token in signed_in.items()}
    return {"lee": place.cookies["lee"], "kim": place.cookies["kim"], **cookies}


@pytest.mark.parametrize(("a", "b"), [("lee", "lee's other deal"), ("kim", "lee"), ("lee", "another firm")])
@pytest.mark.parametrize("route", pages_of(Portal.CLIENT))
async def test_a_client_begins_with_nothing_of_the_one_before(clients, route, a, b):
    path = address(route, "")
    async with Harness() as browser:
        await arrive(browser, path, clients[a], "used")
        await soil(browser, "used", about.everything_about())
        await loaded_anew(browser, path, clients[b])
        assert await same_as_fresh(browser, path, clients[b]) == {}


@pytest.fixture
async def priya(place):  # noqa: F811
    """A partner of two firms who follows two deals of the first and one of the second; their addresses."""
    async with transaction() as session:
        partner = await session.get(Partner, UUID(place.ids["priya"]))
        other, away = [await session.get(Deal, UUID(place.ids[key])) for key in ("other_deal", "home_deal")]
        session.add(PartnerMembership(partner_id=partner.id, organisation_id=away.organisation_id))
        for deal in (other, away):
            await make.let_partner_follow(session, deal, partner)
        deals = {"first": place.ids["deal"], "second": str(other.id), "away": str(away.id)}
    return {"cookie": place.cookies["priya"], "firm": str(away.organisation_id), "deals": deals}


async def test_a_partners_deal_begins_with_nothing_of_the_one_before(priya):
    route, deals = "/partner/deals/[deal_id]", priya["deals"]
    async with Harness() as browser:
        await arrive(browser, address(route, deals["first"]), priya["cookie"], "used")
        await soil(browser, "used", about.states_about())
        assert await same_as_fresh(browser, address(route, deals["second"]), priya["cookie"]) == {}


@pytest.mark.parametrize("route", pages_of(Portal.PARTNER))
async def test_another_firm_of_a_partner_begins_with_nothing_of_the_one_before(priya, route):
    before, after = (address(route, priya["deals"][which]) for which in ("first", "away"))
    seat = {"cookie": priya["cookie"], "tab": "used"}
    async with Harness() as browser:
        await arrive(browser, before, priya["cookie"], "used")
        await soil(browser, "used", about.everything_about())
        browser.is_loaded_anew = False
        await browser.call(PartnerHere.switch, path=before, organisation_id=priya["firm"], **seat)
        assert browser.refusal == "" and '["go", "/partner"]' in "".join(browser.events).replace("\\", "")
        # Until the other firm's page is there, nothing of it is told, and nothing is done.
        for handler in [each for each in loads_at(before) if issubclass(each.state, PartnerState)]:
            await browser.call(handler, path=before, **seat)
            assert browser.was_stopped and "Tussock" not in str(browser.out)
        await loaded_anew(browser, after, priya["cookie"])
        assert await same_as_fresh(browser, after, priya["cookie"]) == {}


async def test_what_a_partner_typed_for_one_firm_is_not_sent_to_another(priya):
    """A second tab went to the other firm meanwhile."""
    seat = {"cookie": priya["cookie"], "path": "/partner/refer"}
    async with Harness() as browser:
        await arrive(browser, "/partner/refer", priya["cookie"], "used")
        browser.is_loaded_anew = False
        await browser.call(PartnerHere.switch, organisation_id=priya["firm"], tab="used", **seat)
        form = {"first_name_1": "Kay", "last_name_1": "Marsh", "email_1": "kay@example.com", "summary": "For A"}
        await browser.call(PartnerReferState.save, tab="used", form=form, **seat)
        assert browser.was_stopped
        async with transaction() as session:
            assert await session.scalar(select(func.count()).select_from(Deal).where(Deal.name.contains("Marsh,"))) == 0


async def test_what_is_being_typed_is_kept_by_firm(priya):
    async with Harness() as browser:
        await arrive(browser, "/partner", priya["cookie"], "used")
        await loaded_anew(browser, "/partner", priya["cookie"])
        here = (await browser.state(TabBinding, tab="used")).whose["partner"]
        await browser.call(
            PartnerHere.switch, cookie=priya["cookie"], path="/partner", tab="used", organisation_id=priya["firm"]
        )
        await loaded_anew(browser, "/partner", priya["cookie"])
        assert (await browser.state(TabBinding, tab="used")).whose["partner"] not in ("", here)
