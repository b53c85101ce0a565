"""A message in words that are still being written, as a mail program draws it: all of it stands in a signed address.

Nothing of a draft is kept anywhere, and whoever opens the address needs to be of the firm whose draft it is.
"""

import json
import zlib
from dataclasses import replace

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.notices.reasons import why_of
from salestrekker_portal.domains.notices.texts import MESSAGES
from salestrekker_portal.domains.notices.wording import Wording
from salestrekker_portal.domains.notifications.choosing import preview, preview_readers
from salestrekker_portal.domains.notifications.partner_tests import partner_content
from salestrekker_portal.domains.organisations.letterhead import on_paper
from salestrekker_portal.domains.outbox.content import Content
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.tokens import said_in, signed

PURPOSE = "drawn-words"
# What every server in front of us takes as an address.
LONGEST = 7_000
PLACE = "/settings/drawn/"


def drawn_address(actor: Actor, key: str, words: Wording) -> str:
    """Where this draft is seen as mail programs draw it; "" for one that no address has room for."""
    said = json.dumps([actor.organisation_id.hex, key, words.subject, words.email_text], ensure_ascii=False)
    token = signed(zlib.compress(said.encode(), 9), secret=settings().secret, purpose=PURPOSE)
    return f"{PLACE}{token}" if len(token) <= LONGEST else ""


async def drawn_behind(session: ReadSession, actor: Actor, token: object) -> Content:
    """The e-mail on the firm's paper, with invented readers. Raises NotFound for what we didn't sign, for another
    firm's, and for a message that goes by text only; NotPermitted as the previews do.
    """
    raw = said_in(token, secrets=settings().secrets, purpose=PURPOSE, limit=LONGEST)
    firm, key, subject, text = json.loads(zlib.decompress(raw)) if raw is not None else ("", "", "", "")
    if firm != actor.organisation_id.hex:
        raise NotFound("page")
    words = Wording(subject=subject, email_text=text)
    content: Content | None
    if key in MESSAGES:
        people = await preview_readers(session, actor)
        content, _ = preview(people, key, words)
        kind = key
    else:
        content, kind = await partner_content(session, actor, key, words), f"notice.{key}"
    if content is None:
        raise NotFound("page")
    # Its button leads to where the firm's people are at home: nobody comes in from a preview.
    home = f"{settings().public_origin}/settings"
    why = why_of(kind if kind.startswith(("portal.", "notice.")) else f"notice.{kind}", content.firm)
    return await on_paper(session, actor.organisation_id, replace(content, link=home, why=why))
