"""The screens of documents through the gate: what each person is shown, and what each is refused."""

import json

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.documents import requests, sending
from salestrekker_portal.portals.broker.documents.adding_state import AddingState
from salestrekker_portal.portals.broker.documents.all_state import DealDocumentsState
from salestrekker_portal.portals.broker.documents.required_state import RequiredState
from salestrekker_portal.portals.client.documents.state import ClientDocumentsState
from salestrekker_portal.tables.documents import Document, DocumentRequest, RequestState, Slot
from tests.domains.documents.world import upload
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")
WRONG = (None, 7, [], {"a": 1}, "nonsense", "00000000-0000-7000-8000-000000000000", "x" * 10_000)


def on_deal(cast, who="alice", tail="/required-documents") -> dict:
    return {"cookie": cast.cookies[who], "path": f"/deals/{cast.deal.id}{tail}"}


def in_portal(cast, who="kim") -> dict:
    return {"cookie": cast.cookies[who], "path": "/portal/documents"}


@pytest.fixture
async def payslips(cast) -> DocumentRequest:
    async with transaction() as session:
        asked = await requests.add_request(
            session, cast.alice, cast.deal.id, name="Payslips", contact_id=cast.kim_contact.id, due_on="13/3/2026"
        )
    async with transaction() as session:
        await sending.send_requests(session, cast.alice, cast.deal.id)
    return asked


async def stored(row):
    async with reading() as session:
        return await session.get(type(row), row.id)


async def test_the_whole_way_of_a_document(cast, payslips):
    async with Harness() as browser:
        client = await browser.call(ClientDocumentsState.load, **in_portal(cast), tab="kim")
        assert [box["name"] for box in client.to_do] == ["Payslips"] and client.to_do[0]["primary"]
        await upload(cast.kim, cast.deal, payslips)
        client = await browser.call(ClientDocumentsState.load, **in_portal(cast), tab="kim")
        assert (client.to_do, [box["name"] for box in client.with_broker]) == ([], ["Payslips"])
        broker = await browser.call(RequiredState.open, **on_deal(cast), request_id=str(payslips.id))
        assert broker.groups[0]["rows"][0]["state"] == "uploaded" and broker.summary == "1 of 1 in, 1 to review"
        await browser.call(RequiredState.ask, **on_deal(cast), what="again")
        form = {"request": str(payslips.id), "reason": ""}
        assert (await browser.call(RequiredState.decide, **on_deal(cast), form=form)).error
        await browser.call(RequiredState.decide, **on_deal(cast), form={**form, "reason": "Page 2"})
        client = await browser.call(ClientDocumentsState.load, **in_portal(cast), tab="kim")
        assert client.to_do[0]["reason"] == "“Page 2”"
        await upload(cast.kim, cast.deal, payslips, "Two.pdf")
        await browser.call(RequiredState.accept, **on_deal(cast, "bob"), tab="bob", request_id=str(payslips.id))
        client = await browser.call(ClientDocumentsState.load, **in_portal(cast), tab="kim")
        assert [box["note"][:8] for box in client.done] == ["Accepted"]


async def test_documents_lists_what_was_asked_for_and_what_has_come(cast, payslips):
    async with transaction() as session:
        await requests.add_request(session, cast.alice, cast.deal.id, name="Lease")
    await upload(cast.kim, cast.deal, payslips)
    async with Harness() as browser:
        state = await browser.call(DealDocumentsState.load, **on_deal(cast, tail="/documents"))
        listed = {row["name"]: row for group in state.asked for row in group["rows"]}
        assert {name: row["state"] for name, row in listed.items()} == {"Payslips": "uploaded", "Lease": "unsent"}
        assert "Payslip.pdf" in listed["Payslips"]["note"] and state.asked_words == "1 of 2 in"
        assert [group["fact"] for group in state.asked] == ["0 of 1", "0 of 1"]
        # Who sent a file sees it, whatever its switch says.
        assert [(row["sees"], row["client"], row["others"]) for row in state.rows] == [("Kim Nguyen", False, True)]


async def test_asking_from_the_dialogs_and_pressing_request(cast):
    async with Harness() as browser:
        state = await browser.call(AddingState.show, **on_deal(cast), what="single")
        assert [each["label"] for each in state.whom][-1] == "All applicants (Kim and Sam)"
        state = await browser.call(AddingState.add_single, **on_deal(cast), form={"name": "", "due": "30/2/2026"})
        assert "name" in state.errors
        state = await browser.call(AddingState.add_single, **on_deal(cast), form={"name": "Lease", "due": "2026-03-13"})
        assert state.errors == {} and state.adding == ""
        await browser.call(AddingState.show, **on_deal(cast), what="list")
        state = await browser.call(AddingState.tick, **on_deal(cast), on=False)
        assert not state.ticked
        state = await browser.call(AddingState.choose, **on_deal(cast), list_key="AU:identity")
        assert state.ticked
        ticked = {"item-0": "on", "item-1": "on", f"person-{cast.sam_contact.id}": "on"}
        await browser.call(AddingState.add_list, **on_deal(cast), form=ticked)
        state = await browser.call(RequiredState.load, **on_deal(cast))
        assert state.unsent == 3
        await browser.call(RequiredState.send, **on_deal(cast))
        state = await browser.call(RequiredState.load, **on_deal(cast))
        assert state.unsent == 0 and [group["name"] for group in state.groups] == ["Sam Nguyen", "Kim and Sam"]


async def test_visibility_no_leaks_nothing_into_the_page(cast, payslips):
    await upload(cast.kim, cast.deal, payslips, "Secret of Kim.pdf")
    async with Harness() as browser:
        state = await browser.call(ClientDocumentsState.load, **in_portal(cast, "sam"))
        assert not browser.refusal
        said = json.dumps(state.dict(), default=str) + json.dumps(browser.out, default=str)
    assert "Secret" not in said and "Payslips" not in said and str(payslips.id) not in said


@pytest.mark.parametrize("who", ["mallory", "kim", "priya", ""])
async def test_the_brokers_screens_are_closed_to_others(cast, payslips, who):
    document = await upload(cast.kim, cast.deal, payslips)
    where = {"cookie": cast.cookies.get(who, ""), "path": f"/deals/{cast.deal.id}/documents"}
    ids = {"request_id": str(payslips.id)}
    file = {"document_id": str(document.id)}
    reason = {"form": {"request": str(payslips.id), "reason": "x", "document": str(document.id), "name": "Mine"}}
    async with Harness() as browser:
        for handler, payload in (
            (RequiredState.load, {}),
            (RequiredState.open, ids),
            (RequiredState.accept, ids),
            (RequiredState.decide, reason),
            (RequiredState.reopen, ids),
            (RequiredState.withdraw, ids),
            (RequiredState.send, {}),
            (RequiredState.share, {**file, "audience": "partner", "on": True}),
            (RequiredState.move, {**file, "request_id": ""}),
            (AddingState.show, {"what": "list"}),
            (AddingState.add_single, {"form": {"name": "Mine"}}),
            (DealDocumentsState.load, {}),
            (DealDocumentsState.share, {**file, "audience": "client", "on": True}),
            (DealDocumentsState.label, {**file, "slot": Slot.CREDIT_GUIDE.value}),
            (DealDocumentsState.move, {**file, "request_id": ""}),
            (DealDocumentsState.save_name, reason),
            (DealDocumentsState.remove, file),
        ):
            state = await browser.call(handler, **where, **payload)
            assert "Payslip" not in json.dumps(state.dict(), default=str), handler
    kept, request = await stored(document), await stored(payslips)
    assert (kept.name, kept.slot, kept.removed_at) == ("Payslip.pdf", None, None)
    assert kept.shared_with_client_at is None and kept.shared_with_partner_at is None
    assert (request.state, request.withdrawn_at) == (RequestState.UPLOADED, None)


@pytest.mark.parametrize("who", ["sam", "alice", "priya", ""])
async def test_the_clients_boxes_are_closed_to_others(cast, payslips, who):
    document = await upload(cast.kim, cast.deal, payslips)
    where = {"cookie": cast.cookies.get(who, ""), "path": "/portal/documents"}
    async with Harness() as browser:
        await browser.call(ClientDocumentsState.undo, **where, document_id=str(document.id))
        form = {"request": str(payslips.id), "reason": "Not mine"}
        await browser.call(ClientDocumentsState.say_it, **where, form=form)
        await browser.call(ClientDocumentsState.reopen, **where, request_id=str(payslips.id))
    assert (await stored(document)).removed_at is None and (await stored(payslips)).state is RequestState.UPLOADED


async def test_wrong_types_are_refused_in_words(cast, payslips):
    document = await upload(cast.kim, cast.deal, payslips)
    async with Harness() as browser:
        for wrong in WRONG:
            for handler, payload in (
                (RequiredState.open, {"request_id": wrong}),
                (RequiredState.show_file, {"file_id": wrong}),
                (RequiredState.ask, {"what": wrong}),
                (RequiredState.accept, {"request_id": wrong}),
                (RequiredState.decide, {"form": wrong}),
                (RequiredState.decide, {"form": {"request": wrong, "reason": wrong}}),
                (RequiredState.reopen, {"request_id": wrong}),
                (RequiredState.withdraw, {"request_id": wrong}),
                (RequiredState.share, {"document_id": str(document.id), "audience": wrong, "on": wrong}),
                (RequiredState.move, {"document_id": wrong, "request_id": wrong}),
                (AddingState.show, {"what": wrong}),
                (AddingState.choose, {"list_key": wrong}),
                (AddingState.add_single, {"form": wrong}),
                (AddingState.add_single, {"form": {"name": wrong, "for": wrong, "why": wrong, "due": wrong}}),
                (AddingState.add_list, {"form": wrong}),
                (DealDocumentsState.share, {"document_id": wrong, "audience": wrong, "on": True}),
                (DealDocumentsState.label, {"document_id": str(document.id), "slot": wrong}),
                (DealDocumentsState.move, {"document_id": str(document.id), "request_id": wrong or "x"}),
                (DealDocumentsState.rename, {"document_id": wrong}),
                (DealDocumentsState.save_name, {"form": {"document": str(document.id), "name": wrong}}),
                (DealDocumentsState.remove, {"document_id": wrong}),
            ):
                await browser.call(handler, **on_deal(cast), **payload)
                assert isinstance(browser.refusal, str), handler
            for handler, payload in (
                (ClientDocumentsState.undo, {"document_id": wrong}),
                (ClientDocumentsState.say, {"request_id": wrong}),
                (ClientDocumentsState.say_it, {"form": wrong}),
                (ClientDocumentsState.say_it, {"form": {"request": str(payslips.id), "reason": wrong}}),
                (ClientDocumentsState.reopen, {"request_id": wrong}),
            ):
                await browser.call(handler, **in_portal(cast), tab="kim", **payload)
                assert isinstance(browser.refusal, str), handler
    kept = await stored(document)
    assert kept.request_id == payslips.id and kept.removed_at is None and kept.slot is None


async def test_sharing_labelling_and_naming_from_the_list(cast):
    document = await upload(cast.alice, cast.deal, None, "guide.pdf")
    file = {"document_id": str(document.id)}
    async with Harness() as browser:
        state = await browser.call(DealDocumentsState.load, **on_deal(cast, tail="/documents"))
        assert [each["label"] for each in state.slots][:3] == [
            "Credit guide",
            "Privacy disclosure",
            "Preliminary assessment",
        ]
        assert len(state.slots) == 4 and state.may_share
        await browser.call(DealDocumentsState.label, **on_deal(cast), **file, slot="credit_guide")
        await browser.call(DealDocumentsState.share, **on_deal(cast), **file, audience="partner", on=True)
        form = {"document": str(document.id), "name": "Credit guide v5"}
        await browser.call(DealDocumentsState.save_name, **on_deal(cast), form=form)
        state = await browser.call(DealDocumentsState.load, **on_deal(cast, "bob"), tab="bob")
        assert not state.may_share
        await browser.call(DealDocumentsState.share, **on_deal(cast, "bob"), tab="bob", **file, audience="partner",
                           on=False)  # fmt: skip
        assert "Only a broker or an admin" in browser.refusal
    async with reading() as session:
        kept = (await session.scalars(select(Document).where(Document.id == document.id))).one()
    assert (kept.name, kept.slot) == ("Credit guide v5", Slot.CREDIT_GUIDE) and kept.shared_with_partner_at
