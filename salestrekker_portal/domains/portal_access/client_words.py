"""What a client reads, in the words that apply to their deal: the broker's, the firm's, or our own."""

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from sqlalchemy import or_, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.notices.catalogue import Event, Ways
from salestrekker_portal.domains.notices.texts import MESSAGES, message_of, with_note
from salestrekker_portal.domains.notices.wording import (
    TEXTS,
    Wording,
    own_or_standard,
    paragraphs_of,
    sms_of,
    subject_of,
)
from salestrekker_portal.domains.outbox.service import Content
from salestrekker_portal.domains.portal_access.messages import People, sender_of, values_of
from salestrekker_portal.kernel.text import shortened
from salestrekker_portal.tables.organisations import PortalSettings

# What was decided, by the key of the message; a message that is not in it goes as we ship it.
Stored = Mapping[str, Mapping[str, object]]
SHOWS = "shows"
LINE_LENGTH = 140


class Shows(StrEnum):
    """How much of a note stands in the e-mail that tells of it (S3-03)."""

    WHOLE = "whole"
    LINE = "line"
    NONE = "none"


async def settings_rows(
    session: ReadSession, organisation_id: UUID, owner_id: UUID
) -> dict[UUID | None, PortalSettings]:
    """The firm's portal settings (under None) and one broker's own, as far as there are any."""
    rows = await session.scalars(
        select(PortalSettings).where(
            PortalSettings.organisation_id == organisation_id,
            or_(PortalSettings.user_id == owner_id, PortalSettings.user_id.is_(None)),
        )
    )
    return {row.user_id: row for row in rows}


def merged(rows: Mapping[UUID | None, PortalSettings]) -> dict[str, dict]:
    """What applies to one broker's deals: message by message their own decision, the firm's otherwise (S1-02)."""
    firms_first = sorted(rows, key=lambda owner: owner is not None)
    return {key: kept for owner in firms_first for key, kept in (rows[owner].notifications or {}).items()}


async def stored_for(session: ReadSession, organisation_id: UUID, owner_id: UUID) -> dict[str, dict]:
    """The same, looked up."""
    return merged(await settings_rows(session, organisation_id, owner_id))


async def stored_for_owner(session: ReadSession, people: People) -> dict[str, dict]:
    """What applies to the deal of these people."""
    return await stored_for(session, people.organisation.id, people.owner.id)


def ways_of(stored: Stored, event: Event) -> Ways | None:
    """By e-mail, by SMS, or both; None where nobody decided. `rules.wanted_ways` knows the rest."""
    kept = stored.get(event.key)
    if kept is None or "email" not in kept:
        return None
    return Ways(email=kept.get("email") is True, sms=kept.get("sms") is True)


def shows_of(kept: Mapping[str, object]) -> Shows:
    """What was chosen for the message of a shared note; its first line where nobody chose."""
    chosen = kept.get(SHOWS)
    return next((each for each in Shows if each == chosen), Shows.LINE)


def shown_of_notes(texts: list[str], shows: Shows) -> str:
    """What stands in the e-mail, by a line for each note, or all of them; nothing where that was chosen."""
    if shows is Shows.NONE:
        return ""
    if shows is Shows.WHOLE:
        return "\n".join(texts)
    return "\n".join(f"“{_first_line(text)}”" for text in texts)


def _first_line(text: str) -> str:
    line = next((each.strip() for each in text.splitlines() if each.strip()), "")
    more = len(line) < len(text.strip()) and len(line) <= LINE_LENGTH
    return f"{line.removesuffix('.')}…" if more else shortened(line, LINE_LENGTH)


def words_of(stored: Stored, key: str) -> Wording:
    """The brokerage's own words, or ours."""
    return own_or_standard(stored.get(key) or {}, message_of(key).standard)


def has_own_words(stored: Stored, key: str) -> bool:
    """Whether somebody wrote this message anew."""
    return any(_text((stored.get(key) or {}).get(name)) for name in TEXTS)


def _text(kept: object) -> str:
    return kept if isinstance(kept, str) else ""


def client_email(people: People, key: str, facts: Mapping[str, str], link: str, words: Wording) -> Content:
    """The e-mail about one event. `facts` are the event's own values by key; the button always has the link."""
    message = MESSAGES[key]
    values = {**facts, **values_of(people, link)}
    return Content(
        sender=sender_of(people),
        firm=people.organisation.name,
        reply_to=people.owner.email,
        subject=subject_of(words.subject, values, message.fields),
        paragraphs=paragraphs_of(with_note(key, words.email_text), values, message.fields),
        link_label=message.link_label if link else "",
        link=link,
    )


def client_sms(people: People, key: str, facts: Mapping[str, str], words: Wording) -> str:
    """The SMS about one event, as it leaves and is billed. It never has the link."""
    return sms_of(words.sms_text, {**facts, **values_of(people)}, MESSAGES[key].fields)
