"""What somebody meant by a press, kept with what came of it, so that the same press again comes to nothing new."""

import hashlib
from datetime import timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from salestrekker_portal.database.session import ReadSession, WriteSession, transaction
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.access import Intention

STAY = timedelta(days=3)
"""Longer than any browser tries again after a lost connection."""


class Repeated(Exception):
    """This press was carried out already. It never reaches anybody: the press is answered as the first was."""


def key_of(actor: Actor | None, handler: str, intention: str) -> str:
    """One person, one handler, one press; never the press of somebody else who sent the same characters.

    People who are not signed in are told apart by the intention alone.
    """
    who = f"{actor.portal}:{actor.organisation_id}:{actor.id}:{actor.access_id}" if actor else "anybody"
    return digest(f"{who}:{handler}:{intention}")


def digest(whole: str) -> str:
    """A key of everything that makes two presses the same one."""
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


async def keep_intention(session: WriteSession, key: str) -> None:
    """Keep it first, so that of two at the same moment the second waits here. Raises Repeated when it is kept."""
    try:
        await session.execute(insert(Intention).values(key=key, created_at=utc_now()))
    except IntegrityError as taken:
        raise Repeated() from taken


async def keep_answer(session: WriteSession, key: str, answer: dict) -> None:
    """Keep beside it what the person is told, as plain values."""
    await session.execute(update(Intention).where(Intention.key == key).values(answer=answer))


async def answer_of(session: ReadSession, key: str) -> dict | None:
    """What was answered then; None when nothing was carried out or its answer isn't known."""
    return await session.scalar(select(Intention.answer).where(Intention.key == key))


async def sweep_intentions() -> None:
    """Forget the presses of some days ago."""
    async with transaction() as session:
        await session.execute(delete(Intention).where(Intention.created_at < utc_now() - STAY))
