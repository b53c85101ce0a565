"""Colleagues whom the writer of a note tells of it: who they may be, and who they are."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, delete, select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import STAFF_GRANTS, Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.kernel.names import by_name, text_key
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notes import Note, NoteMention
from salestrekker_portal.tables.organisations import Membership, User

MOST_TOLD = 20


@dataclass(frozen=True, kw_only=True)
class NotePerson:
    """Somebody of the firm. `hint` tells them from another of the same name, and is empty where nobody has it too."""

    id: UUID
    name: str
    hint: str = ""

    @property
    def called(self) -> str:
        return f"{self.name} ({self.hint})" if self.hint else self.name


async def may_be_told(session: ReadSession, actor: Actor) -> list[NotePerson]:
    """Whom this person may tell of a note, by name: who works here now and may read deals, except themself.

    Every deal of a firm may be read by everybody there whose role reads deals. One statement.
    """
    if not actor.is_staff:
        return []
    found = await session.scalars(_readers(actor.organisation_id).where(User.id != actor.id))
    return _told_apart(by_name(found))


async def told_of(session: ReadSession, notes: Sequence[Note]) -> dict[UUID, list[NotePerson]]:
    """Who was told of each of these notes, which this person may read. One statement, none without notes."""
    if not notes:
        return {}
    rows = await session.execute(
        select(NoteMention.note_id, User)
        .join(User, User.id == NoteMention.user_id)
        .where(NoteMention.note_id.in_([note.id for note in notes]))
    )
    found = [(note_id, user) for note_id, user in rows]
    known = {each.id: each for each in _told_apart(by_name({user.id: user for _, user in found}.values()))}
    told: dict[UUID, list[NotePerson]] = {}
    for person in known.values():
        for note_id, user in found:
            if user.id == person.id:
                told.setdefault(note_id, []).append(person)
    return told


async def tell_of_note(session: WriteSession, actor: Actor, deal: Deal, note: Note, wanted: Collection[UUID]) -> None:
    """Have these colleagues told of a note that is held, and nobody else. Who was told before is not told again; who
    is left out hears nothing more, where the message has not left yet.

    Raises NotFound for whoever doesn't work here now or may not read the deal, Invalid (`tell`) for too many.
    """
    if not actor.is_staff and wanted:
        raise NotFound("person")
    chosen = set(wanted) - {actor.id}
    if len(chosen) > MOST_TOLD:
        raise Invalid({"tell": f"Tell at most {MOST_TOLD} people of one note."})
    before = set(await session.scalars(select(NoteMention.user_id).where(NoteMention.note_id == note.id)))
    fresh = await _allowed(session, actor, chosen - before)
    gone = before - chosen
    if gone:
        await session.execute(delete(NoteMention).where(NoteMention.note_id == note.id, NoteMention.user_id.in_(gone)))
    if fresh:
        session.add_all([NoteMention(note_id=note.id, user_id=each.id) for each in fresh])
        record(session, actor, "note:mentioned", organisation_id=deal.organisation_id, deal_id=deal.id,
               subject_id=note.id, who=joined([each.name for each in fresh]),
               whom=" ".join(str(each.id) for each in fresh))  # fmt: skip


async def _allowed(session: ReadSession, actor: Actor, wanted: set[UUID]) -> list[User]:
    if not wanted:
        return []
    found = by_name(await session.scalars(_readers(actor.organisation_id).where(User.id.in_(wanted))))
    if len(found) != len(wanted):
        raise NotFound("person")
    return found


def _readers(organisation_id: UUID) -> Select[User]:
    roles = [role for role, grants in STAFF_GRANTS.items() if Permission.DEAL_READ in grants]
    return (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role.in_(roles),
            Membership.disabled_at.is_(None),
            # Who works for another firm and hasn't come in here yet is nobody whose name may be read.
            Membership.waits_since.is_(None),
        )
    )


def _told_apart(people: Iterable[User]) -> list[NotePerson]:
    """Those who share a name, whatever its accents, get their e-mail beside it."""
    known = list(people)
    keys = [text_key(each.name) for each in known]
    return [
        NotePerson(id=each.id, name=each.name, hint=each.email if keys.count(key) > 1 else "")
        for each, key in zip(known, keys, strict=True)
    ]
