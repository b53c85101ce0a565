"""The firm's logo: a PNG or JPEG, decoded within limits and written anew, so that nothing but a picture is kept."""

import asyncio
import hashlib
import io
import warnings
from urllib.parse import urlsplit
from uuid import UUID

from PIL import Image, UnidentifiedImageError
from sqlalchemy import delete, select

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.tables.organisations import Logo, Organisation

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 16_000_000
LEAST_SIDE, MOST_SIDE = 16, 6000
# What is kept: sharp on any screen at the height of a top bar, and small in an e-mail.
KEPT_WIDTH, KEPT_HEIGHT = 640, 160
MIME = "image/png"

NO_FILE = "Choose a picture first."
WRONG_KIND = "Use a PNG or a JPEG picture. SVG and other kinds can carry more than a picture, so we don’t take them."
TOO_HEAVY = "Use a picture of at most 2 MB."
UNREADABLE = "We can’t read this picture. Save it again as a PNG, then choose it here."


async def keep_logo(session: WriteSession, actor: Actor, raw: bytes) -> Organisation:
    """Show this picture as the firm's logo. Raises NotPermitted, Invalid (`logo`)."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    # Before the firm is held, and in a thread: decoding takes a while, and the firm's texts wait behind the lock.
    picture = await asyncio.to_thread(written_anew, raw)
    organisation = await existing(session, Organisation, actor.organisation_id, with_for_update=HOLD)
    await session.execute(delete(Logo).where(Logo.organisation_id == organisation.id))
    session.add(Logo(organisation_id=organisation.id, picture=picture))
    # Names exactly these bytes, so that browsers may keep them for ever.
    organisation.logo_key = hashlib.sha256(picture).hexdigest()[:20]
    organisation.logo_mime = MIME
    record(session, actor, "settings:logo", organisation_id=organisation.id)
    return organisation


async def remove_logo(session: WriteSession, actor: Actor) -> None:
    """Show our own mark again. Raises NotPermitted."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    organisation = await existing(session, Organisation, actor.organisation_id, with_for_update=HOLD)
    await session.execute(delete(Logo).where(Logo.organisation_id == organisation.id))
    if organisation.logo_key is not None:
        organisation.logo_key = None
        record(session, actor, "settings:logo_removed", organisation_id=organisation.id)


async def logo_at(session: ReadSession, organisation_id: UUID, key: str) -> bytes:
    """The picture of this address, for anybody: it stands on pages before signing in. Raises NotFound."""
    found = (
        select(Logo.picture)
        .join(Organisation, Organisation.id == Logo.organisation_id)
        .where(Organisation.id == organisation_id, Organisation.logo_key == key)
    )
    picture = await session.scalar(found)
    if picture is None:
        raise NotFound("logo")
    return picture


def logo_path(organisation: Organisation) -> str:
    """Where a firm's logo is on our own pages; "" without one."""
    return f"/logo/{organisation.id}/{organisation.logo_key}" if organisation.logo_key else ""


async def logo_for_mail(session: ReadSession, organisation_id: UUID) -> str:
    """The address of the logo for e-mails; "" without one, and where no mail program could fetch it."""
    parts = urlsplit(settings().public_origin)
    # Mail programs fetch pictures from the internet; a broken one would make a real mail look forged.
    if parts.scheme != "https" or parts.hostname in (None, "localhost", "127.0.0.1"):
        return ""
    organisation = await session.get(Organisation, organisation_id)
    path = logo_path(organisation) if organisation is not None else ""
    return f"{settings().public_origin}{path}" if path else ""


def written_anew(raw: bytes) -> bytes:
    """The picture as a small PNG of our own making: no metadata, nothing behind its end. Raises Invalid (`logo`)."""
    if not raw:
        raise Invalid({"logo": NO_FILE})
    if len(raw) > MOST_BYTES:
        raise Invalid({"logo": TOO_HEAVY})
    if not raw.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        raise Invalid({"logo": WRONG_KIND})
    try:
        return _redrawn(raw)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Invalid({"logo": UNREADABLE}) from None


def _redrawn(raw: bytes) -> bytes:
    # The size is in the head of the file and is looked at before a pixel is unpacked.
    with warnings.catch_warnings(), Image.open(io.BytesIO(raw), formats=("PNG", "JPEG")) as opened:
        warnings.simplefilter("ignore")
        width, height = opened.size
        if not (min(width, height) >= LEAST_SIDE and max(width, height) <= MOST_SIDE):
            sides = f"Use a picture between {LEAST_SIDE} and {MOST_SIDE:,} pixels on each side."
            raise Invalid({"logo": f"{sides} This one is {width:,} by {height:,}."})
        if width * height > MOST_PIXELS:
            raise Invalid({"logo": f"Use a smaller picture: this one is {width:,} by {height:,} pixels."})
        picture = opened.convert("RGBA")
    picture.thumbnail((KEPT_WIDTH, KEPT_HEIGHT))
    kept = io.BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue()
