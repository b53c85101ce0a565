"""The templates that a firm keeps for what its brokers write: made, changed, deleted by its admins, used by all."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.domains.letters.people import host
from salestrekker_portal.domains.letters.rules import (
    AUDIENCES,
    Draft,
    LetterRead,
    as_read,
    subject_problem,
    text_problem,
)
from salestrekker_portal.domains.notices.fields import FIELDS
from salestrekker_portal.domains.notifications.choosing import preview_readers
from salestrekker_portal.domains.portal_access.messages import values_of
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.letters import LetterTemplate
from salestrekker_portal.tables.notifications import Audience
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.outbox import Channel

NAME_LIMIT, MOST_TEMPLATES = 60, 100
NO_WAY = "Write what the e-mail says, or the SMS, or both."
TEXTS = ("name", "audience", "subject", "email_text", "sms_text")


@dataclass(frozen=True, kw_only=True)
class ShownTemplate:
    """A template with invented readers; a way that it doesn't go is None."""

    email: LetterRead | None
    sms: LetterRead | None


async def templates_of(session: ReadSession, actor: Actor, audience: Audience | None = None) -> list[LetterTemplate]:
    """The firm's templates by name, those for clients or for partners alone when asked. For those who may write."""
    demand(actor, Permission.LETTER_SEND)
    found = select(LetterTemplate).where(LetterTemplate.organisation_id == actor.organisation_id)
    if audience is not None:
        found = found.where(LetterTemplate.audience == audience)
    rows = await session.scalars(found.order_by(func.lower(LetterTemplate.name), LetterTemplate.id))
    return list(rows)


async def template_of(session: ReadSession, actor: Actor, template_id: UUID) -> LetterTemplate:
    """One of them. Raises NotFound, NotPermitted."""
    demand(actor, Permission.LETTER_SEND)
    found = await session.get(LetterTemplate, template_id)
    if found is None or found.organisation_id != actor.organisation_id:
        raise NotFound("template")
    return found


async def add_template(session: WriteSession, actor: Actor, typed: Mapping[str, object]) -> LetterTemplate:
    """Raises NotPermitted, Invalid (`name`, `audience`, `subject`, `email_text`, `sms_text`), Conflict (too many)."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    # Two admins at once: the second sees what the first called theirs.
    await session.get(Organisation, actor.organisation_id, with_for_update=HOLD)
    made = LetterTemplate(organisation_id=actor.organisation_id, name="")
    others = await templates_of(session, actor)
    if len(others) >= MOST_TEMPLATES:
        raise Conflict(f"A firm has at most {MOST_TEMPLATES} templates. Delete one that you no longer use.")
    _fill(made, typed, others)
    session.add(made)
    record(session, actor, "settings:template_added", organisation_id=actor.organisation_id, subject_id=made.id,
           name=made.name)  # fmt: skip
    await session.flush()
    return made


async def change_template(
    session: WriteSession, actor: Actor, template_id: UUID, typed: Mapping[str, object],
    shown: Mapping[str, object] | None = None,
) -> LetterTemplate:  # fmt: skip
    """Raises NotPermitted, NotFound, Invalid (as `add_template`), Faster for what somebody else changed since."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    await session.get(Organisation, actor.organisation_id, with_for_update=HOLD)
    template = await template_of(session, actor, template_id)
    await session.refresh(template, with_for_update=HOLD)
    trail = Trail(kinds=("settings:template_changed",), subject_id=template.id)
    now = {name: str(getattr(template, name)) for name in TEXTS}
    kept = await on_top_of(session, actor, trail, shown=shown, now=now, typed=typed)
    _fill(template, kept, await templates_of(session, actor))
    record(session, actor, "settings:template_changed", organisation_id=actor.organisation_id, subject_id=template.id,
           name=template.name)  # fmt: skip
    await session.flush()
    return template


async def delete_template(session: WriteSession, actor: Actor, template_id: UUID) -> None:
    """What was sent from it stays as it was read. Raises NotPermitted, NotFound."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    template = await template_of(session, actor, template_id)
    record(session, actor, "settings:template_deleted", organisation_id=actor.organisation_id, name=template.name)
    await session.delete(template)


async def shown_template(session: ReadSession, actor: Actor, typed: Mapping[str, object]) -> ShownTemplate:
    """What is being written, with invented readers of the real firm and broker. Raises NotPermitted."""
    people = await preview_readers(session, actor)
    values = {key: field.sample for key, field in FIELDS.items()} | values_of(people, FIELDS["link"].sample)
    both = _drafts(typed)
    email, sms = both[Channel.EMAIL], both[Channel.SMS]
    return ShownTemplate(
        email=as_read(email, values) if email.text or email.subject else None,
        sms=as_read(sms, values) if sms.text else None,
    )


def problems_of(typed: Mapping[str, object]) -> dict[str, str]:
    """What is wrong with its texts while somebody writes, by field."""
    both = _drafts(typed)
    email, sms = both[Channel.EMAIL], both[Channel.SMS]
    errors = {
        "subject": subject_problem(email, host()) if email.text else "",
        "email_text": text_problem(email, host()) if email.text else "",
        "sms_text": text_problem(sms, host()) if sms.text else "",
    }
    return {name: sentence for name, sentence in errors.items() if sentence}


def _drafts(typed: Mapping[str, object]) -> dict[Channel, Draft]:
    audience = next((each for each in AUDIENCES if each == typed.get("audience")), Audience.CLIENT)
    subject = clean(typed.get("subject"))
    texts = {
        Channel.EMAIL: clean(typed.get("email_text"), lines=True),
        Channel.SMS: clean(typed.get("sms_text"), lines=True),
    }
    return {
        way: Draft(channel=way, audience=audience, subject=subject if way is Channel.EMAIL else "", text=text)
        for way, text in texts.items()
    }


def _fill(template: LetterTemplate, typed: Mapping[str, object], others: list[LetterTemplate]) -> None:
    """Put what was typed into it, or say beside each field what is wrong."""
    errors = problems_of(typed)
    both, name = _drafts(typed), clean(typed.get("name"))
    email, sms = both[Channel.EMAIL], both[Channel.SMS]
    if typed.get("audience") not in AUDIENCES:
        errors["audience"] = "Choose clients or partners."
    if not email.text and not sms.text:
        errors["email_text"] = NO_WAY
    taken = any(each.id != template.id and each.name.casefold() == name.casefold() for each in others)
    errors["name"] = _name_problem(name, taken=taken)
    errors = {field: sentence for field, sentence in errors.items() if sentence}
    if errors:
        raise Invalid(errors)
    template.name, template.audience = name, email.audience
    template.subject = email.subject if email.text else ""
    template.email_text, template.sms_text = email.text, sms.text


def _name_problem(name: str, *, taken: bool) -> str:
    if not name:
        return "Give the template a name."
    if len(name) > NAME_LIMIT:
        return f"Use at most {NAME_LIMIT} characters. This has {len(name):,}."
    return f"There is a template “{name}” already." if taken else ""
