"""A broker takes a fact find along: as PDF, CSV and JSON, everybody's or one person's, and it stands in the history."""

import csv
import io
import json
import re

import httpx
import jsonschema_rs
import pypdfium2
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.api_tokens.scopes import TokenScope
from salestrekker_portal.domains.fact_find.lists import add_item
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.portals.api.fact_finds import schema
from salestrekker_portal.portals.routes.fact_find_file import FACT_FIND_ROUTES
from salestrekker_portal.tables.activity import Activity
from tests.portals.api.conftest import key, web  # noqa: F401

pytestmark = pytest.mark.usefixtures("sqlite")
ORIGIN = settings().allowed_origins[0]


@pytest.fixture
async def browser():
    app = Starlette(routes=FACT_FIND_ROUTES)
    headers = {"origin": ORIGIN, "sec-fetch-site": "same-origin"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN, headers=headers) as client:
        yield client


@pytest.fixture
async def filled(cast):
    """Answers of both, with a macron, a tick, an owner outside, and something that a spreadsheet would run."""

    async def save(section, field, raw, subject=None, item=None):
        place = Place(section_id=section, field_key=field, subject_id=subject, item_id=item)
        async with transaction() as session:
            await save_answer(session, cast.alice, cast.deal.id, place, raw)

    for who, name in ((cast.kim.id, "Tāne Ngāwhare"), (cast.sam.id, "=SUM(A1)")):
        await save("applicant.personal_details", "first_name", name, who)
        await save("applicant.contact_details", "marketing_consent", "yes", who)
    async with transaction() as session:
        home = await add_item(session, cast.alice, cast.deal.id, "assets.property")
        car = await add_item(session, cast.alice, cast.deal.id, "assets.vehicles")
    shares = json.dumps({str(cast.kim.id): 50, "outside:1:Bart Jones": 50})
    for field, raw in (("use", "investment"), ("value", "800,000"), ("ownership", shares),
                       ("address_level", "3"), ("address_street_number", "22"), ("address_street_name", "Banksia"),
                       ("address_street_type", "street"), ("address_state", "nsw")):  # fmt: skip
        await save("assets.property", field, raw, item=home.id)
    await save("assets.vehicles", "value", "20,000", item=car.id)
    await save("assets.vehicles", "ownership", json.dumps({str(cast.sam.id): 100}), item=car.id)
    await save("expenses.general", "groceries", "300")
    return cast


async def take(browser, cast, kind, of="", who="alice"):
    form = {"deal": str(cast.deal.id), "kind": kind, "of": str(of)}
    return await browser.post("/deals/fact-find", data=form, headers={"cookie": cast.cookies[who]})


async def test_json_is_the_published_shape_with_everybodys(browser, filled):
    answer = await take(browser, filled, "json")
    made = answer.json()
    jsonschema_rs.validate(schema(), made)
    assert answer.headers["cache-control"] == "private, no-store"
    assert [each["name"] for each in made["parties"]] == ["Kim Nguyen", "Sam Nguyen"]
    [home] = made["real_estate"]
    assert home["value_cents"] == 80_000_000 and home["address"] == "3 22 Banksia Street NSW"
    assert [(each["name"], each["party_id"] is None, each["percent"]) for each in home["owners"]] == [
        ("Kim Nguyen", False, 50), ("Bart Jones", True, 50)
    ]  # fmt: skip
    assert next(each["cents"] for each in made["figures"] if each["key"] == "net_position") == 42_000_000
    [groceries] = made["households"][0]["expenses"]
    assert (groceries["category"], groceries["monthly_cents"], groceries["group"]) == ("Groceries", 30_000, "living")
    # Without what the shape asks for it is refused: the schema is one that can say no.
    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validate(schema(), {key: value for key, value in made.items() if key != "parties"})


async def test_one_persons_has_nothing_that_is_only_the_others(browser, filled):
    made = (await take(browser, filled, "json", filled.sam.id)).json()
    assert made["of"] == "Sam Nguyen" and [each["id"] for each in made["parties"]] == [str(filled.sam.id)]
    assert made["real_estate"] == [] and len(made["other_assets"]) == 1
    said = json.dumps(made["answers"], ensure_ascii=False)
    assert "=SUM(A1)" in said and "Tāne" not in said and "Banksia" not in said
    household = (await take(browser, filled, "json", "household")).json()
    assert len(household["parties"]) == 2 and household["households"][0]["expenses"]


async def test_csv_has_a_line_an_answer_and_no_formulas(browser, filled):
    text = (await take(browser, filled, "csv")).content.decode("utf-8")
    assert text.startswith("\ufeff")
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    said = {(each["person"], each["question"]): each["answer"] for each in lines}
    assert said["Kim Nguyen", "First name"] == "Tāne Ngāwhare"
    assert said["Sam Nguyen", "First name"] == "'=SUM(A1)"
    assert said["", "Owned less owed"] == "$420,000.00"
    rows = (await take(browser, filled, "json")).json()["answers"]
    assert len([each for each in lines if each["page"] != "Position"]) == len(rows)


async def test_pdf_says_every_answer_and_is_tagged(browser, filled):
    answer = await take(browser, filled, "pdf")
    assert answer.content.startswith(b"%PDF-") and 'filename*=UTF-8' in answer.headers["content-disposition"]
    for mark in (b"/StructTreeRoot", b"/Marked true", b"/Lang", b"/DisplayDocTitle true", b"/Outlines"):
        assert mark in answer.content, mark
    paper = pypdfium2.PdfDocument(answer.content)
    read = " ".join(page.get_textpage().get_text_range() for page in paper)
    read = re.sub(r"\s+", "", read)
    for row in (await take(browser, filled, "json")).json()["answers"]:
        assert re.sub(r"\s+", "", row["words"]) in read, row
    assert "TāneNgāwhare" in read and "$800,000.00" in read and "Sendmenewsandoffers" in read


async def test_each_time_stands_in_the_history_and_only_staff_take_it(browser, filled):
    await take(browser, filled, "pdf", filled.kim.id)
    async with reading() as session:
        [(facts, who)] = (await session.execute(
            select(Activity.facts, Activity.actor_name).where(Activity.kind == "profile:exported")
        )).all()  # fmt: skip
    assert (facts["whose"], facts["kind_of_file"], who) == ("Kim Nguyen", "PDF", "Alice O’Rourke")
    for who in ("kim", "priya"):
        assert (await take(browser, filled, "json", who=who)).status_code == 303
    assert (await take(browser, filled, "json", who="mallory")).status_code == 404
    for kind, of in (("exe", ""), ("json", "somebody"), ("json", filled.other_deal.id)):
        assert (await take(browser, filled, kind, of)).status_code == 404


async def test_a_key_of_the_firm_takes_the_same(browser, filled, web, key):  # noqa: F811
    own, other = await key(None, TokenScope.FACT_FINDS_READ), await key(None, TokenScope.DEALS_READ)
    address = f"/api/v1/deals/{filled.deal.id}/fact-find"
    made = (await web.get(address, headers=own)).json()
    assert made == (await take(browser, filled, "json")).json()
    assert (await web.get(f"{address}.csv", headers=own)).text.startswith("\ufeffpage,")
    assert (await web.get(f"{address}.pdf?of={filled.kim.id}", headers=own)).content.startswith(b"%PDF-")
    assert (await web.get(address, headers=other)).status_code == 403
    assert (await web.get("/api/v1/fact-find.schema.json")).json() == schema()
