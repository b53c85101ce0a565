"""Browsers on which somebody has proved who they are: whoever guesses elsewhere slows nobody down on these.

The secret of a browser is signed, so that one which we did not make costs no look into the database, and is the same
for everybody who signs in on it. It lets nobody in.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import ReadSession, WriteSession, transaction
from salestrekker_portal.domains.access.throttles import INSERT
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.tokens import derived_key, new_token, pin_hash, same, token_hash
from salestrekker_portal.tables.access import KnownDevice, Portal

# Browsers keep no cookie longer than that.
KEPT = timedelta(days=400)
MOST_LETTERS = 200


def new_device() -> str:
    """A secret for a browser's cookie."""
    token = new_token()
    return f"{token}.{_signature(token, settings().secret)}"


def is_ours(device: str) -> bool:
    """Whether we made this secret."""
    token, _, signature = device.partition(".")
    # Compared as bytes: a cookie may hold any letters.
    fits = len(device) <= MOST_LETTERS and device.isascii()
    signed = [same(signature, _signature(token, secret)) for secret in settings().secrets] if fits else []
    return bool(token) and any(signed)


def _signature(token: str, secret: str) -> str:
    return pin_hash(token, key=derived_key(secret, "device"), bound_to="device")


async def is_known(session: ReadSession, person_id: UUID, device: str) -> bool:
    """Whether this user, partner or client's access has been proved in the browser before."""
    if not device or not is_ours(device):
        return False
    found = select(KnownDevice.id).where(
        KnownDevice.person_id == person_id,
        KnownDevice.token_hash == token_hash(device),
        KnownDevice.used_at > utc_now() - KEPT,
    )
    return await session.scalar(found) is not None


async def knows_any(session: ReadSession, person_id: UUID) -> bool:
    """Whether there is any browser at all that knows this person."""
    return await session.scalar(select(KnownDevice.id).where(KnownDevice.person_id == person_id).limit(1)) is not None


async def remember_device(
    session: WriteSession, portal: Portal, person_id: UUID, device: str, *, address: str, browser: str
) -> str:
    """This person has proved themself in this browser; the secret for its cookie, which may be a new one."""
    secret = device if device and is_ours(device) else new_device()
    now = utc_now()
    seen = {"used_at": now, "from_address": address[:64], "browser": browser[:200]}
    insert = INSERT[session.get_bind().dialect.name]
    row = insert(KnownDevice).values(
        id=new_id(), created_at=now, portal=portal, person_id=person_id, token_hash=token_hash(secret), **seen
    )
    # Two tabs may sign in at once.
    await session.execute(row.on_conflict_do_update(index_elements=["person_id", "token_hash"], set_=seen))
    return secret


async def forget_devices(session: WriteSession, person_id: UUID) -> None:
    """No browser knows this person any more."""
    await session.execute(delete(KnownDevice).where(KnownDevice.person_id == person_id))


async def sweep_devices() -> None:
    """Forget browsers whose cookie has run out."""
    async with transaction() as session:
        await session.execute(delete(KnownDevice).where(KnownDevice.used_at < utc_now() - KEPT))
