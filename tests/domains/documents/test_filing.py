"""Files in a deal: where they land, who sees them, who may take back, move, label and share them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.documents import queries, removing, review, service
from salestrekker_portal.domains.portal_access.queries import slots_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Document, DocumentRequest, RequestState, Slot
from salestrekker_portal.tables.organisations import PartnerPortalSettings
from tests.domains.documents.test_requests import ask, press_request
from tests.domains.documents.world import lock, messages, outsiders, upload

pytestmark = pytest.mark.usefixtures("database")


async def asked(cast, name="Payslips", contact_id=...):
    """A request that Kim (or whom `contact_id` names) has on their page."""
    request = await ask(
        cast.alice, cast.deal, name, contact_id=cast.kim_contact.id if contact_id is ... else contact_id
    )
    await press_request(cast.alice, cast.deal)
    return request


async def seen(actor, deal) -> list[str]:
    async with reading() as session:
        return [document.name for document, _ in await queries.documents_in(session, actor, deal.id)]


async def state_of(request) -> RequestState:
    async with reading() as session:
        return (await session.get(DocumentRequest, request.id)).state


async def do(call, *args, **kwargs):
    async with transaction() as session:
        return await call(session, *args, **kwargs)


async def test_oracle_14_an_upload_answers_its_request_and_shows_in_documents(cast):
    request, other = await asked(cast), await asked(cast, "Passport")
    document = await upload(cast.kim, cast.deal, request)
    assert await state_of(request) is RequestState.UPLOADED and await state_of(other) is RequestState.REQUESTED
    assert await seen(cast.alice, cast.deal) == ["Payslip.pdf"] == await seen(cast.kim, cast.deal)
    async with reading() as session:
        deal = await session.get(Deal, cast.deal.id)
        assert (deal.documents_asked, deal.documents_in) == (2, 1)
        activity = (await session.scalars(select(Activity).where(Activity.kind == "document:uploaded"))).one()
        assert activity.actor_name == "Kim Nguyen" and document.uploader_name == "Kim Nguyen"
    await upload(cast.kim, cast.deal, request, "Second page.pdf")
    assert [m.recipient for m in await messages("notice.client_uploaded")] == ["alice@example.com"]


async def test_oracle_8_visibility_no_leaks_no_file_of_the_other(cast):
    mine, joint = await asked(cast), await asked(cast, "Contract", None)
    own = await upload(cast.kim, cast.deal, mine)
    both = await upload(cast.kim, cast.deal, joint, "Contract.pdf")
    about_kim = await upload(cast.alice, cast.deal, None, "About Kim.pdf", contact_id=cast.kim_contact.id)
    await do(service.share_document, cast.alice, about_kim.id, audience="client", on=True)
    assert await seen(cast.sam, cast.deal) == [] and len(await seen(cast.kim, cast.deal)) == 3
    for document in (own, both, about_kim):
        with pytest.raises(NotFound):
            async with reading() as session:
                await queries.access_document(session, cast.sam, document.id)
    with pytest.raises(NotFound):
        await upload(cast.sam, cast.deal, mine)


async def test_oracle_9_visibility_yes_sees_and_uploads_for_both(cast):
    sees = replace(cast.sam, sees_other_applicants=True)
    mine = await asked(cast)
    await upload(cast.kim, cast.deal, mine)
    assert await seen(sees, cast.deal) == ["Payslip.pdf"]
    await upload(sees, cast.deal, mine, "From Sam.pdf")
    assert await seen(cast.kim, cast.deal) == ["Payslip.pdf"]
    loose = await upload(cast.kim, cast.deal, None, "Only for Alice.pdf")
    assert loose.contact_id == cast.kim_contact.id and "Only for Alice.pdf" not in await seen(sees, cast.deal)


async def test_oracle_12_what_is_not_on_the_deal_takes_no_file(cast):
    async with transaction() as session:
        elsewhere = DocumentRequest(deal_id=cast.other_deal.id, name="Theirs", added_by=cast.mallory_user.id)
        session.add(elsewhere)
    for actor in (cast.alice, cast.kim):
        with pytest.raises(NotFound):
            await upload(actor, cast.deal, elsewhere)


async def test_oracle_13_a_file_is_unshared_until_it_is_shared(cast):
    document = await upload(cast.bob, cast.deal, None, "Valuation.pdf")
    assert await seen(cast.kim, cast.deal) == await seen(cast.priya, cast.deal) == []
    await do(service.share_document, cast.alice, document.id, audience="client", on=True)
    assert await seen(cast.kim, cast.deal) == ["Valuation.pdf"] and await seen(cast.priya, cast.deal) == []
    await do(service.share_document, cast.alice, document.id, audience="partner", on=True)
    await do(service.share_document, cast.alice, document.id, audience="client", on=False)
    assert await seen(cast.kim, cast.deal) == [] and await seen(cast.priya, cast.deal) == ["Valuation.pdf"]
    with pytest.raises(Invalid):
        await do(service.share_document, cast.alice, document.id, audience="everybody", on=True)


async def test_the_assistant_reviews_and_uploads_but_does_not_share(cast):
    request = await asked(cast)
    document = await upload(cast.bob, cast.deal, request)
    await do(review.accept_request, cast.bob, request.id)
    assert await state_of(request) is RequestState.ACCEPTED
    for call in (
        lambda s: service.share_document(s, cast.bob, document.id, audience="client", on=True),
        lambda s: service.label_document(s, cast.bob, document.id, Slot.CREDIT_GUIDE),
    ):
        with pytest.raises(NotPermitted, match="Only a broker or an admin"):
            await do(call)


@pytest.mark.parametrize(("who", "outcome"), outsiders())
async def test_files_are_the_brokerages_to_file(cast, who, outcome):
    request = await asked(cast)
    document = await upload(cast.kim, cast.deal, request)
    await do(service.share_document, cast.alice, document.id, audience="partner", on=True)
    actor = getattr(cast, who)
    for call in (
        lambda s: service.share_document(s, actor, document.id, audience="partner", on=False),
        lambda s: service.rename_document(s, actor, document.id, "Mine"),
        lambda s: service.label_document(s, actor, document.id, Slot.CREDIT_GUIDE),
        lambda s: service.move_document(s, actor, document.id, None),
    ):
        with pytest.raises((outcome, NotFound)):
            await do(call)
    async with reading() as session:
        kept = await session.get(Document, document.id)
        assert (kept.name, kept.slot, kept.request_id) == ("Payslip.pdf", None, request.id)


async def test_a_client_takes_back_for_thirty_minutes(cast):
    request = await asked(cast)
    first, second = await upload(cast.kim, cast.deal, request), await upload(cast.kim, cast.deal, request, "Two.pdf")
    with pytest.raises(NotPermitted):
        await do(removing.remove_own_upload, cast.alice, first.id)
    await do(removing.remove_own_upload, cast.kim, first.id)
    assert await state_of(request) is RequestState.UPLOADED
    async with transaction() as session:
        (await session.get(Document, second.id)).created_at = utc_now() - timedelta(minutes=31)
    with pytest.raises(Conflict, match="30 minutes"):
        await do(removing.remove_own_upload, cast.kim, second.id)
    async with transaction() as session:
        (await session.get(Document, second.id)).created_at = utc_now()
    await do(removing.remove_own_upload, cast.kim, second.id)
    assert await state_of(request) is RequestState.REQUESTED and await seen(cast.alice, cast.deal) == []
    with pytest.raises(NotFound):
        await do(removing.remove_own_upload, cast.kim, second.id)


async def test_a_removed_file_is_put_back_where_it_was(cast):
    request = await asked(cast)
    document = await upload(cast.kim, cast.deal, request)
    await do(removing.remove_document, cast.bob, document.id)
    assert await state_of(request) is RequestState.REQUESTED and await seen(cast.kim, cast.deal) == []
    for stranger in (cast.kim, cast.priya, cast.mallory):
        with pytest.raises(NotFound):
            await do(removing.put_back_document, stranger, document.id)
    await do(removing.put_back_document, cast.bob, document.id)
    assert await state_of(request) is RequestState.UPLOADED and await seen(cast.kim, cast.deal) == ["Payslip.pdf"]
    with pytest.raises(NotFound):
        await do(removing.put_back_document, cast.bob, document.id)
    # Asked again after it had come: putting it back doesn't answer that.
    await do(review.ask_again, cast.alice, request.id, "Page 2 is missing.")
    await do(removing.remove_document, cast.alice, document.id)
    await do(removing.put_back_document, cast.alice, document.id)
    assert await state_of(request) is RequestState.ASKED_AGAIN
    await do(removing.remove_document, cast.alice, document.id)
    await lock(cast.deal)
    with pytest.raises(Conflict, match="settled"):
        await do(removing.put_back_document, cast.alice, document.id)


async def test_asked_again_accepted_and_what_follows(cast):
    request = await asked(cast)
    with pytest.raises(Conflict, match="Nothing has been uploaded"):
        await do(review.accept_request, cast.alice, request.id)
    with pytest.raises(Conflict, match="not been sent"):
        await do(review.ask_again, cast.alice, request.id, "Page 2")
    document = await upload(cast.kim, cast.deal, request)
    with pytest.raises(Invalid):
        await do(review.ask_again, cast.alice, request.id, "")
    await do(review.ask_again, cast.alice, request.id, "Page 2 is missing.")
    await do(removing.remove_own_upload, cast.kim, document.id)
    assert await state_of(request) is RequestState.ASKED_AGAIN
    await upload(cast.kim, cast.deal, request, "Again.pdf")
    await do(review.accept_request, cast.alice, request.id)
    with pytest.raises(Conflict, match="accepted this already"):
        await upload(cast.kim, cast.deal, request)


async def test_a_file_moves_to_the_request_it_answers(cast):
    payslips, passport = await asked(cast), await asked(cast, "Passport", cast.sam_contact.id)
    document = await upload(cast.kim, cast.deal, payslips)
    await do(service.move_document, cast.bob, document.id, passport.id)
    assert await state_of(payslips) is RequestState.REQUESTED and await state_of(passport) is RequestState.UPLOADED
    await do(service.move_document, cast.bob, document.id, None)
    assert await state_of(passport) is RequestState.REQUESTED
    async with transaction() as session:
        elsewhere = DocumentRequest(deal_id=cast.other_deal.id, name="Theirs", added_by=cast.mallory_user.id)
        session.add(elsewhere)
    with pytest.raises(NotFound):
        await do(service.move_document, cast.alice, document.id, elsewhere.id)


async def test_a_label_fills_the_slot_that_sharing_needs(cast):
    document = await upload(cast.alice, cast.deal, None, "cg v5.pdf")
    await do(service.label_document, cast.alice, document.id, Slot.CREDIT_GUIDE)
    async with reading() as session:
        assert (await slots_of(session, cast.deal.id))[Slot.CREDIT_GUIDE].id == document.id
    assert await seen(replace(cast.kim, consented=False), cast.deal) == ["cg v5.pdf"]
    with pytest.raises(Invalid):
        await do(service.label_document, cast.alice, document.id, Slot.ROMA)
    with pytest.raises(Conflict, match="agree to"):
        await do(service.share_document, cast.alice, document.id, audience="client", on=False)
    await do(service.label_document, cast.alice, document.id, None)
    await do(service.share_document, cast.alice, document.id, audience="client", on=False)
    assert await seen(cast.kim, cast.deal) == []


@pytest.mark.parametrize("name", ["", "n" * 10_000, None, {"a": 1}])
async def test_a_name_must_be_one(cast, name):
    document = await upload(cast.alice, cast.deal)
    with pytest.raises(Invalid):
        await do(service.rename_document, cast.alice, document.id, name)
    await do(service.rename_document, cast.alice, document.id, "<script>alert(1)</script>.pdf")
    assert await seen(cast.alice, cast.deal) == ["<script>alert(1)</script>.pdf"]


async def test_a_settled_deal_takes_nothing_but_stops_sharing(cast):
    request = await asked(cast)
    document = await upload(cast.kim, cast.deal, request)
    await do(service.share_document, cast.alice, document.id, audience="partner", on=True)
    await lock(cast.deal)
    for actor in (cast.alice, cast.kim, cast.priya):
        with pytest.raises(Conflict, match="settled"):
            await upload(actor, cast.deal)
    for call in (
        lambda s: removing.remove_own_upload(s, cast.kim, document.id),
        lambda s: service.rename_document(s, cast.alice, document.id, "New"),
        lambda s: service.move_document(s, cast.alice, document.id, None),
        lambda s: service.share_document(s, cast.alice, document.id, audience="client", on=True),
        lambda s: review.accept_request(s, cast.alice, request.id),
    ):
        with pytest.raises(Conflict, match="settled"):
            await do(call)
    await do(service.share_document, cast.alice, document.id, audience="partner", on=False)
    assert await seen(cast.priya, cast.deal) == []


async def test_partners_send_files_while_the_brokerage_lets_them(cast):
    document = await upload(cast.priya, cast.deal, None, "Contract.pdf")
    assert await seen(cast.priya, cast.deal) == ["Contract.pdf"] and await seen(cast.kim, cast.deal) == []
    request = await asked(cast)
    with pytest.raises(NotFound):
        await upload(cast.priya, cast.deal, request)
    with pytest.raises(NotFound):
        await upload(cast.priya, cast.other_deal)
    async with transaction() as session:
        settings = (
            await session.scalars(
                select(PartnerPortalSettings).where(PartnerPortalSettings.organisation_id == cast.firm.id)
            )
        ).one()
        settings.can_add_files = False
    with pytest.raises(NotPermitted, match="switched off"):
        await upload(cast.priya, cast.deal)
    await do(removing.remove_own_upload, cast.priya, document.id)


async def test_before_agreeing_a_client_sends_nothing(cast):
    with pytest.raises(NotPermitted):
        await upload(replace(cast.kim, consented=False), cast.deal)
