"""Two ways to open a session, and the only place that commits."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from typing import Any, NewType

from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from salestrekker_portal.database import here
from salestrekker_portal.database.contention import is_contention, is_full
from salestrekker_portal.database.errors import without_values
from salestrekker_portal.database.private import keep_private
from salestrekker_portal.database.second_try import committed, passed_on
from salestrekker_portal.database.turns import NoTurn, Turns
from salestrekker_portal.kernel.clock import follow
from salestrekker_portal.kernel.errors import Busy, DomainError, NoRoom

ReadSession = NewType("ReadSession", AsyncSession)
WriteSession = NewType("WriteSession", ReadSession)

AfterCommit = Callable[[], Awaitable[None]]
BeforeCommit = Callable[[WriteSession], Awaitable[None]]

log = logging.getLogger(__name__)

# How rows are held while they are changed, for `session.get(..., with_for_update=HOLD)`: others who would change them
# wait, inserts that only point at them don't.
HOLD: dict[str, Any] = {"key_share": True}

# A person waits as long for a lock before the page tells them; a statement of ours takes far less than 30, and a
# transaction that idles for minutes has lost whoever opened it.
LOCK_SECONDS = 4
STATEMENT_SECONDS = 30
IDLE_SECONDS = 300

# SQLite: longer than the longest transaction, shorter than a browser's patience.
BUSY_SECONDS = 8

_engine: AsyncEngine | None = None
_sessions: async_sessionmaker[AsyncSession] | None = None
_turns: Turns | None = None


def make_engine(url: str) -> AsyncEngine:
    """An engine with our pragmas on SQLite; a modest pool and bounded waits on PostgreSQL.

    What was typed by clients is a parameter of statements: the texts of errors, and so the log, leave it out.
    """
    if not url.startswith("sqlite"):
        waits = {
            "lock_timeout": LOCK_SECONDS,
            "statement_timeout": STATEMENT_SECONDS,
            "idle_in_transaction_session_timeout": IDLE_SECONDS,
        }
        engine = create_async_engine(
            # pre_ping and recycle: a firewall cuts connections that were quiet overnight, and the first person in the
            # morning would meet the error.
            url, pool_size=8, max_overflow=8, pool_pre_ping=True, pool_recycle=1800, hide_parameters=True,
            connect_args={"options": " ".join(f"-c {name}={seconds}s" for name, seconds in waits.items())},
        )  # fmt: skip
        event.listen(engine.sync_engine, "handle_error", without_values)
        return engine
    keep_private(url)
    engine = create_async_engine(
        url, pool_size=12, max_overflow=12, hide_parameters=True, connect_args={"async_creator_fn": here.connect}
    )
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _set_pragmas(connection: Any, _record: Any) -> None:
    # We emit BEGIN ourselves: the driver's own habit would take the write lock too late.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        # SQLite checks them only where it is told, on each connection anew.
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "synchronous=FULL",  # "Saved" must survive a power cut, not only a crash
        "cache_size=-16000",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any) -> None:
    readonly = connection.get_execution_options().get("portal_readonly", False)
    # A transaction that reads first and writes later can't get the lock when somebody wrote in between; so who may
    # write takes it at once.
    connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")


def open_database(url: str) -> AsyncEngine:
    """Make this process's engine. Called once at start (and once per test)."""
    global _engine, _sessions, _turns
    _engine = make_engine(url)
    _turns = Turns(BUSY_SECONDS) if _engine.dialect.name == "sqlite" else None
    # Rows are handed to whoever asked after the commit; expired, they would ask the database again outside of it.
    _sessions = async_sessionmaker(_engine, expire_on_commit=False, autoflush=True)
    return _engine


async def close_database() -> None:
    global _engine, _sessions, _turns
    if _engine is not None:
        await _engine.dispose()
    _engine = _sessions = _turns = None
    follow(None)


def engine() -> AsyncEngine:
    if _engine is None:
        raise RuntimeError("open_database() has not been called")
    return _engine


def _new_session() -> AsyncSession:
    if _sessions is None:
        raise RuntimeError("open_database() has not been called")
    return _sessions()


@asynccontextmanager
async def reading() -> AsyncIterator[ReadSession]:
    """A session for looking: it takes no write lock, and what it changes is thrown away."""
    async with _new_session() as session:
        await session.connection(execution_options={"portal_readonly": True})
        try:
            yield ReadSession(session)
        finally:
            # Rows stay readable after the block: a rollback would expire those that the session still holds.
            session.expunge_all()
            await session.rollback()


@asynccontextmanager
async def glance() -> AsyncIterator[ReadSession]:
    """A session for one statement that every event asks: on PostgreSQL it goes without a transaction around it.

    Nothing may be changed in it, because nothing would be thrown away.
    """
    if _turns is not None:
        async with reading() as session:
            yield session
        return
    async with _new_session() as session:
        session.sync_session.autoflush = False
        await session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
        yield ReadSession(session)
        session.expunge_all()


@asynccontextmanager
async def transaction() -> AsyncIterator[WriteSession]:
    """All of it, or none of it. On leaving it does what was left for the end, commits, and tells the live bus; on any
    exception it rolls back.

    Raises NoRoom when the disk is full, and Busy when somebody else's change was in the way: nothing was written, and
    the same may be tried again. Where somebody is there to do that (`second_try.py`), it raises what calls for it.
    """
    callbacks: list[AfterCommit] = []
    stays: list[BeforeCommit] = []
    try:
        async with _turns.one() if _turns else nullcontext(), _new_session() as session:
            session.info["after_commit"] = callbacks
            session.info["even_if_refused"] = stays
            last: list[BeforeCommit] = session.info.setdefault("before_commit", [])
            async with session.begin():
                yield WriteSession(ReadSession(session))
                # A list that may grow while it is gone through: what is worked out may touch another deal.
                for work in last:
                    await work(WriteSession(ReadSession(session)))
    except NoTurn as error:
        log.warning("others who write took too long")
        raise passed_on(Busy()) from error
    except DBAPIError as error:
        if is_full(error):
            log.error("the database has no room left", exc_info=error)
            raise NoRoom from error
        if not is_contention(error):
            raise
        log.warning("somebody else was in the way", exc_info=error)
        raise passed_on(Busy()) from error
    except DomainError:
        await _keep(stays)
        raise
    # From here on nothing may raise what calls for a second try.
    committed()
    for callback in callbacks:
        await callback()


async def _keep(stays: list[BeforeCommit]) -> None:
    """What counts although everything else was undone. Where somebody is in the way of that, the refusal goes first."""
    if not stays:
        return
    try:
        async with transaction() as session:
            for work in stays:
                await work(session)
    except DomainError:
        log.exception("a try could not be counted")


def even_if_refused(session: WriteSession, work: BeforeCommit) -> None:
    """Do `work` in a transaction of its own when a refusal undoes this one: a try was one, whatever it came to."""
    session.info["even_if_refused"].append(work)


def before_commit(session: WriteSession, work: BeforeCommit) -> None:
    """Do `work` as the last thing of this transaction: what follows from everything that it has changed."""
    session.info["before_commit"].append(work)


def is_writing(session: ReadSession) -> bool:
    """Whether what is read here is about to be changed, and so has to be held."""
    return "after_commit" in session.info


def after_commit(session: WriteSession, callback: AfterCommit) -> None:
    """Run `callback` once this transaction is safely on disk; never if it is rolled back."""
    session.info["after_commit"].append(callback)
