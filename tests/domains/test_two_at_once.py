"""Two people change one deal at the same moment: both are kept, nobody sees the database, and the figures are right."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import func, select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.deals.adding import Part, add_applicant
from salestrekker_portal.domains.deals.models import Deal, DealApplicant
from salestrekker_portal.domains.deals.service import DealFacts, change_deal, move_deal
from salestrekker_portal.domains.documents.models import Document, DocumentRequest
from salestrekker_portal.domains.documents.requests import add_request
from salestrekker_portal.domains.documents.sending import send_requests
from salestrekker_portal.domains.documents.service import NewFile, accept_upload
from salestrekker_portal.domains.documents.service import Place as FilePlace
from salestrekker_portal.domains.fact_find.models import Answer, AnswerChange
from salestrekker_portal.domains.fact_find.reconciling import reconcile_figures
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.domains.notes.models import Note
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.kernel.ids import new_id
from tests.cast import Cast

FIRST_NAME = Place(section_id="applicant.personal_details", field_key="first_name")
ROUNDS = 4


async def _answer(session, cast: Cast, text: str) -> None:
    await save_answer(session, cast.kim, cast.deal.id, FIRST_NAME, text)


async def _note(session, cast: Cast, text: str) -> None:
    await add_note(session, cast.alice, cast.deal.id, text)


async def _upload(session, cast: Cast, text: str) -> None:
    file = NewFile(key=f"{new_id()}/{text}", name=f"{text}.pdf", mime="application/pdf", size=9, sha256="0" * 64)
    asked = (await session.scalars(select(DocumentRequest).where(DocumentRequest.name == f"for {text[:1]}"))).first()
    place = FilePlace(deal_id=cast.deal.id, request_id=asked.id if asked else None)
    await accept_upload(session, cast.kim, place, file)


async def _request(session, cast: Cast, text: str) -> None:
    await add_request(session, cast.alice, cast.deal.id, name=text, contact_id=cast.kim_contact.id)


async def _applicant(session, cast: Cast, text: str) -> None:
    typed = {"first_name": text, "last_name": "Second"}
    await add_applicant(session, cast.bob, cast.deal.id, Part(typed=typed))


async def _move(session, cast: Cast, text: str) -> None:
    await move_deal(session, cast.bob, cast.deal.id, cast.stages[int(text[1:]) % 2].id)


async def _change(session, cast: Cast, text: str) -> None:
    facts = DealFacts(name=text, value_cents=10_000_000, owner_id=cast.alice_user.id)
    await change_deal(session, cast.alice, cast.deal.id, facts)


USE_CASES: list[Callable[..., Awaitable[None]]] = [_answer, _note, _upload, _request, _applicant, _move, _change]
PAIRS = list(itertools.product(USE_CASES, repeat=2))


async def _together(cast: Cast, *pair: tuple[Callable, str]) -> None:
    """Both at once, each in its transaction, as two browsers would. Any exception is a failure."""
    ready = asyncio.Barrier(len(pair))

    async def act(use_case: Callable, text: str) -> None:
        await ready.wait()
        async with transaction() as session:
            await use_case(session, cast, text)

    await asyncio.gather(*(act(use_case, text) for use_case, text in pair))


async def _two_requests(cast: Cast) -> None:
    """Kim is asked for two documents, "for a" and "for b"."""
    async with transaction() as session:
        for which in "ab":
            await add_request(session, cast.alice, cast.deal.id, name=f"for {which}", contact_id=cast.kim_contact.id)
    async with transaction() as session:
        await send_requests(session, cast.alice, cast.deal.id)


async def _found(column, *where) -> list:
    async with reading() as session:
        return list(await session.scalars(select(column).where(*where)))


@pytest.mark.parametrize(("first", "second"), PAIRS, ids=lambda each: each.__name__.strip("_"))
async def test_each_pair_at_once_keeps_both(database, cast: Cast, first: Callable, second: Callable) -> None:
    await _two_requests(cast)
    said: dict[Callable, list[str]] = {}
    for turn in range(ROUNDS):
        pair = (first, f"a{turn}"), (second, f"b{turn}")
        await _together(cast, *pair)
        for use_case, text in pair:
            said.setdefault(use_case, []).append(text)
    await _all_is_there(cast, said)
    await reconcile_figures()  # counts what is counted later
    assert await reconcile_figures() == {}


async def _all_is_there(cast: Cast, said: dict[Callable, list[str]]) -> None:
    """Every text that was called saved is current or in the history."""
    here = cast.deal.id
    if texts := said.get(_answer):
        kept = await _found(Answer.raw, Answer.deal_id == here, Answer.field_key == "first_name")
        earlier = await _found(AnswerChange.raw)
        assert set(texts) <= {*kept, *earlier}
    if texts := said.get(_note):
        assert set(texts) <= set(await _found(Note.text, Note.deal_id == here))
    if texts := said.get(_upload):
        assert {f"{text}.pdf" for text in texts} <= set(await _found(Document.name, Document.deal_id == here))
    if texts := said.get(_request):
        assert set(texts) <= set(await _found(DocumentRequest.name, DocumentRequest.deal_id == here))
    if texts := said.get(_applicant):
        assert await _found(func.count(DealApplicant.id), DealApplicant.deal_id == here) == [2 + len(texts)]
    if texts := said.get(_change):
        assert (await _found(Deal.name, Deal.id == here))[0] in texts


async def test_two_browsers_with_ten_files_each(database, cast: Cast) -> None:
    await _two_requests(cast)
    for number in range(10):
        await _together(cast, (_upload, f"a{number}"), (_upload, f"b{number}"))
    assert len(await _found(Document.id, Document.deal_id == cast.deal.id)) == 20
    deal = (await _found(Deal, Deal.id == cast.deal.id))[0]
    assert (deal.documents_asked, deal.documents_in) == (2, 2)
