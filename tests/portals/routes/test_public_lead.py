"""A partner's own link: a lead comes in, once; the wrong, the tampered, garbage and floods change nothing."""

import httpx
import pytest
from sqlalchemy import func, select
from starlette.applications import Starlette

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm.partner_settings import switch_for_partners
from salestrekker_portal.domains.notes.queries import notes_of
from salestrekker_portal.domains.outbox.service import opened as opened_content
from salestrekker_portal.domains.partners.own_link import end_link, make_link, own_link
from salestrekker_portal.domains.partners.service import disable_partner
from salestrekker_portal.kernel.errors import NotPermitted
from salestrekker_portal.portals.http.posted import FIELD
from salestrekker_portal.portals.routes.public_lead import LEAD_ROUTES, LEADS_PER_ADDRESS, TRAP
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notes import Note
from salestrekker_portal.tables.organisations import Membership, Role
from salestrekker_portal.tables.partners import DealPartner, Lead, PartnerMembership
from tests.domains.notifications.world import mails, queued, tell

pytestmark = pytest.mark.usefixtures("database")
OURS = {"origin": "http://portal.example.com", "sec-fetch-site": "same-origin"}
ERIN = {"first_name": "Erin", "last_name": "Kearney", "phone": "0491 570 110", "email": "erin@example.com",
        "purpose": "live", "best_time": "after 4 pm", "agreed": "on"}  # fmt: skip


@pytest.fixture
async def path(cast) -> str:
    """Priya's link at Harbour Finance, where alice looks after her."""
    async with transaction() as session:
        found = select(PartnerMembership).where(PartnerMembership.partner_id == cast.priya_partner.id)
        (await session.scalars(found)).one().assigned_user_id = cast.alice_user.id
    async with transaction() as session:
        return "/refer/" + (await make_link(session, cast.priya)).rpartition("/")[2]


def opened() -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=Starlette(routes=LEAD_ROUTES))
    return httpx.AsyncClient(transport=transport, base_url="http://portal.example.com", headers=OURS)


async def leads() -> int:
    async with reading() as session:
        return await session.scalar(select(func.count()).select_from(Lead))


async def test_a_lead_comes_in_with_its_wishes_and_its_consent_and_the_partner_hears(cast, path):
    async with opened() as browser:
        page = await browser.get(path)
        assert page.status_code == 200 and "Alice" in page.text and "frame-ancestors *" in str(page.headers)
        assert "script" not in page.text and page.headers.get("set-cookie") is None
        sent = await browser.post(path, data=ERIN | {"summary": "I earn 84,000 and owe 12,000"})
    assert sent.status_code == 200 and "Thank you" in sent.text
    async with reading() as session:
        lead = (await session.scalars(select(Lead))).one()
        deal = await session.get(Deal, lead.deal_id)
        assert (lead.purpose, lead.best_time, lead.by_link) == ("live", "after 4 pm", True) and lead.agreed_at
        assert deal.owner_id == cast.alice_user.id and deal.partner_id == cast.priya_partner.id
        assert await session.get(DealPartner, (deal.id, cast.priya_partner.id)) is not None
    await tell()
    read = await mails("notice.")
    assert read["priya@example.com"].startswith("Received: Erin Kearney")
    alice = read["alice@example.com"]
    assert "New lead: Erin Kearney" in alice and "left their details behind Priya Rao’s link" in alice
    [row] = await queued("notice.partner_lead")
    assert dict(opened_content(row).content.facts)["They say"] == "I earn 84,000 and owe 12,000"
    # What they wrote is for the broker: the form said that the partner sees no amounts.
    assert "84,000" not in read["priya@example.com"]
    async with reading() as session:
        assert await notes_of(session, cast.priya, deal.id) == [] and "84,000" not in deal.summary
        assert "84,000" in (await session.scalars(select(Note.text).where(Note.deal_id == deal.id))).one()


async def test_the_same_press_again_is_one_lead(cast, path):
    press = ERIN | {FIELD: "019a0000-0000-7000-8000-000000000001"}
    async with opened() as browser:
        for _ in range(3):
            assert "Thank you" in (await browser.post(path, data=press)).text
    assert await leads() == 1


async def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(cast, path):
    evil = "<script>alert(1)</script>\"'>"
    async with opened() as browser:
        said = await browser.post(path, data={"first_name": evil, "email": "x", "summary": evil, "price": "lots"})
    assert said.status_code == 422 and "<script" not in said.text and "&lt;script&gt;" in said.text
    assert "Tick this" in said.text
    async with opened() as browser:
        typed = {"first_name": "Erin", "email": "x", "agreed": "on", "best_time": "x" * 200}
        said = await browser.post(path, data=typed)
    assert said.text.count("role='alert'") >= 2 and "value='Erin'" in said.text
    assert await leads() == 0


async def test_whatever_fills_in_every_field_is_thanked_and_ignored(cast, path):
    async with opened() as browser:
        assert "Thank you" in (await browser.post(path, data=ERIN | {TRAP: "https://spam.example.com"})).text
    assert await leads() == 0


async def test_no_wrong_ended_or_foreign_link_opens_anything(cast, path):
    token = path.rpartition("/")[2]
    wrong = ["x", token[:-1], token + "x", token.swapcase(), "%00", "a" * 5000, "..", "é", "' OR 1=1 --"]
    async with opened() as browser:
        for each in wrong:
            assert (await browser.get(f"/refer/{each}")).status_code == 404, each
            assert (await browser.post(f"/refer/{each}", data=ERIN)).status_code == 404, each
        elsewhere = {"origin": "https://evil.example.com", "sec-fetch-site": "cross-site"}
        assert (await browser.post(path, data=ERIN, headers=elsewhere)).status_code == 403
        for body in (b"", b"\xff\xfe", b"first_name=" + b"x" * 70_000):
            assert (await browser.post(path, content=body)).status_code in (403, 422)
        async with transaction() as session:
            await end_link(session, cast.priya)
        assert (await browser.post(path, data=ERIN)).status_code == 404
    assert await leads() == 0
    async with reading() as session:
        assert await own_link(session, cast.priya) == ""


async def test_where_nobody_would_call_nobody_is_asked_to_leave_anything(cast, path):
    """An admin made the partner's broker an assistant, who owns no deals."""
    async with transaction() as session:
        found = select(Membership).where(Membership.user_id == cast.alice_user.id)
        (await session.scalars(found)).one().role = Role.ASSISTANT
    async with opened() as browser:
        assert (await browser.get(path)).status_code == 404
        assert (await browser.post(path, data=ERIN)).status_code == 404
    assert await leads() == 0


async def test_floods_are_told_to_wait(cast, path):
    async with opened() as browser:
        answers = [await browser.post(path, data=ERIN | {"last_name": f"K{n}"}) for n in range(LEADS_PER_ADDRESS + 2)]
    assert [each.status_code for each in answers[-2:]] == [429, 429] and "Wait 15 minutes" in answers[-1].text
    assert await leads() == LEADS_PER_ADDRESS


async def test_a_partner_who_is_switched_off_or_may_not_refer_has_no_door(cast, path):
    async with transaction() as session:
        await switch_for_partners(session, cast.alice, "can_add_deals", on=False)
    async with opened() as browser:
        assert (await browser.get(path)).status_code == 404
        with pytest.raises(NotPermitted):
            async with transaction() as session:
                await make_link(session, cast.priya)
        async with transaction() as session:
            await switch_for_partners(session, cast.alice, "can_add_deals", on=True)
        assert (await browser.get(path)).status_code == 200
        async with transaction() as session:
            await disable_partner(session, cast.alice, cast.priya_partner.id)
        assert (await browser.get(path)).status_code == 404
    for actor in (cast.alice, cast.kim):
        with pytest.raises(NotPermitted):
            async with transaction() as session:
                await make_link(session, actor)
