"""Whether PORTAL_SECRET is the one that this installation's data were sealed with."""

from collections.abc import MutableMapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from sqlalchemy import make_url, select

from salestrekker_portal.adapters.sealing import WRONG_KEY
from salestrekker_portal.config import BadSettings, demand_a_place, settings
from salestrekker_portal.database.session import ReadSession, reading
from salestrekker_portal.domains.documents.ports import FileStore, FileUnreadable, StoreUnreachable
from salestrekker_portal.domains.portal_access.delivery import LINK_PURPOSE
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.tokens import derived_key, token_hash, unseal
from salestrekker_portal.tables.documents import StoredFile
from salestrekker_portal.tables.portal_access import PortalLink

WRONG = (
    "PORTAL_SECRET is not the one that this installation's data were sealed with: people's papers and links would not "
    "open. Set the secret that belongs to them (on one machine it is the file `secret` in PORTAL_DATA), then try again."
)
A_FEW = 3


def mark_of(secret: str) -> str:
    """What recognises a secret without giving it away."""
    return token_hash(derived_key(secret, "mark of the secret").hex())[:32]


def settled(environ: MutableMapping[str, str]) -> None:
    """The environment of a command: it names the data, and on one machine the secret lies beside them.

    Raises BadSettings when it doesn't say whose data are meant.
    """
    demand_a_place(environ)
    kept = Path(environ.get("PORTAL_DATA", "")) / "secret"
    if environ.get("PORTAL_DATA") and not environ.get("PORTAL_SECRET") and kept.is_file():
        environ["PORTAL_SECRET"] = kept.read_text().strip()
        environ.setdefault("PORTAL_MODE", "embedded")


def demand_a_database(address: str) -> None:
    """Raises BadSettings when a SQLite database is not there: whoever opens it would make an empty one."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise BadSettings(f"There is no database at {url.database}. Start the server first, or set PORTAL_DATA right.")


async def demand_own_secret(files: FileStore) -> None:
    """Raises BadSettings when what was sealed last does not open. A store that can't be reached says nothing."""
    async with reading() as session:
        links = list(await session.scalars(_newest(PortalLink.token_sealed, PortalLink.created_at)))
        if not all(_opens(sealed) for sealed in links) or not await _files_open(session, files):
            raise BadSettings(WRONG)


def _newest(column, made_at):
    return select(column).order_by(made_at.desc()).limit(A_FEW)


def _opens(sealed: str) -> bool:
    try:
        unseal(sealed, secret=settings().secrets, purpose=LINK_PURPOSE)
    except (InvalidTag, ValueError):
        return False
    return True


async def _files_open(session: ReadSession, files: FileStore) -> bool:
    keys = _newest(StoredFile.storage_key, StoredFile.created_at).where(StoredFile.swept_at.is_(None))
    for key in list(await session.scalars(keys)):
        try:
            async for _ in files.read(key):
                break
        except FileUnreadable as problem:
            # A damaged file is bad enough, but no sign of a wrong secret.
            if problem.message == WRONG_KEY:
                return False
        except (NotFound, StoreUnreachable):
            continue
    return True
