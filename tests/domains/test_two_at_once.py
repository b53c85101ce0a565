"""Two people change one deal at the same moment: both are kept, nobody sees the database, and the figures are right.

The pairs are made from the list of use cases that write a deal (`tests/domains/writers/`). An ordinary run tries a part
of them once; `ROUNDS=20` in the environment tries every pair so often, in both orders.
"""

import asyncio
import os
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.documents.service import FilePlace, accept_upload
from salestrekker_portal.domains.fact_find.reconciling import figures_wrong_in, reconcile_figures
from salestrekker_portal.kernel.errors import Busy, DomainError
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Document, DocumentRequest
from tests.cast import Cast
from tests.domains.writers import WRITERS, Ground, Scene, Writer, break_ground, make_scene, settle_in
from tests.domains.writers.papers import file_named
from tests.domains.writers.scene import held_somewhere

BY_NAME = {each.name: each for each in WRITERS}
ROUNDS = int(os.environ.get("ROUNDS", "0"))
# In an ordinary run each use case meets itself and those so many places further on in the list.
FURTHER_ON = (0, 1, 7, 19)


@dataclass
class Said:
    """What one of the two was told: refused with a sentence, or saved."""

    writer: Writer
    text: str
    refused: bool = False


def partners(first: Writer) -> list[Writer]:
    """Whom a use case meets; every pair is in the list of one of the two."""
    place = WRITERS.index(first)
    if ROUNDS:
        return list(WRITERS[place:])
    return [WRITERS[(place + step) % len(WRITERS)] for step in FURTHER_ON]


async def _together(scene: Scene, *pair: Said) -> None:
    """Both at once, each in its transaction, as two browsers would. A refusal is noted, all else is a failure."""
    ready = asyncio.Barrier(len(pair))

    async def act(said: Said) -> None:
        await ready.wait()
        try:
            async with transaction() as session:
                await said.writer.act(session, scene, said.text)
        except Busy:
            raise
        except DomainError:
            said.refused = True

    names = " and ".join(said.writer.name for said in pair)
    try:
        await asyncio.gather(*(act(said) for said in pair))
    except Exception as error:
        raise AssertionError(f"{names} at once") from error
    async with reading() as session:
        await _all_is_there(session, pair, names)


async def _all_is_there(session, pair: tuple[Said, ...], names: str) -> None:
    """Every text that was called saved is current or in the history; of two that overwrite, one is."""
    saved = [said for said in pair if said.writer.kept and not said.refused]
    found = {said.text: await held_somewhere(session, said.text, said.writer.kept) for said in saved}
    same_place = len({said.writer.kept for said in saved}) == 1 and all(said.writer.last_stands for said in saved)
    assert not saved or (any(found.values()) if same_place else all(found.values())), f"{names}: {found}"


async def _new_scene(cast: Cast, ground: Ground, *pair: Writer) -> Scene:
    """A fresh deal on which both can be done."""
    async with transaction() as session:
        scene = await make_scene(session, cast, ground)
    await figures_wrong_in(scene.deal.id)  # counts what the factories wrote by hand
    for name in dict.fromkeys(name for writer in pair for name in writer.after):
        try:
            async with transaction() as session:
                await BY_NAME[name].act(session, scene, "before-0")
        except DomainError:
            continue
    return scene


async def _try(cast: Cast, first: Writer, second: Writer) -> None:
    async with transaction() as session:
        ground = await break_ground(session, cast)
    scene = None
    for turn in range(ROUNDS or 1):
        scene = scene or await _new_scene(cast, ground, first, second)
        pair = Said(first, f"a{turn}-{turn % 6}"), Said(second, f"b{turn}-{(turn + 1) % 6}")
        in_turn = pair if (turn + WRITERS.index(second)) % 2 else pair[::-1]
        await _together(scene, *in_turn)
        wrong = await figures_wrong_in(scene.deal.id)
        assert wrong == [], f"{first.name} and {second.name} left {wrong} wrong"
        if any(said.refused for said in pair):
            scene = None
        if any(writer.name.startswith("deletes_") for writer in (first, second)):
            scene = None
            async with transaction() as session:
                ground = await break_ground(session, cast)


@pytest.mark.slow
@pytest.mark.parametrize("first", WRITERS, ids=lambda each: each.name)
async def test_each_pair_at_once_keeps_both(database, cast: Cast, first: Writer) -> None:
    async with transaction() as session:
        await settle_in(session, cast)
    for second in partners(first):
        await _try(cast, first, second)


async def test_two_browsers_with_ten_files_each(database, cast: Cast) -> None:
    async with transaction() as session:
        await settle_in(session, cast)
        scene = await make_scene(session, cast, await break_ground(session, cast))
    await reconcile_figures()

    async def send(number: int, asked: DocumentRequest) -> None:
        async with transaction() as session:
            place = FilePlace(deal_id=scene.deal.id, request_id=asked.id)
            await accept_upload(session, scene.kim, place, file_named(f"{asked.name} {number}"))

    async with reading() as session:
        two = list(
            await session.scalars(select(DocumentRequest).where(DocumentRequest.name.in_(("Payslips", "Lease"))))
        )
    for number in range(10):
        await asyncio.gather(*(send(number, asked) for asked in two))
    async with reading() as session:
        names = set(await session.scalars(select(Document.name).where(Document.deal_id == scene.deal.id)))
        deal = await session.get(Deal, scene.deal.id)
    assert {f"{asked.name} {number}.pdf" for asked in two for number in range(10)} <= names
    assert (deal.documents_asked, deal.documents_in) == (3, 3)
