"""What keeps a deal from its next stage, from facts that are true now."""

from dataclasses import dataclass
from typing import TypedDict

from salestrekker_portal.kernel.text import counted
from salestrekker_portal.tables.deals import Deal


class Blocker(TypedDict):
    """One condition: `tone` is ok, warn, bad or info; `to` leads to where it is mended."""

    id: str
    name: str
    text: str
    tone: str
    to: str
    act: str


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """What an invitation needs of one person, and how far it got."""

    name: str
    has_mobile: bool
    has_email: bool
    invited: bool
    consented: bool


def blockers_of(deal: Deal, people: list[PersonFacts], tasks: int = 0) -> list[Blocker]:
    """Conditions in the order in which a broker would clear them; the met ones last."""
    found = [*(_person(deal, person) for person in people), _documents(deal), _profile(deal), *_tasks(deal, tasks)]
    return sorted(found, key=lambda each: each["tone"] == "ok")


def _row(key: str, name: str, text: str, tone: str, to: str = "", act: str = "") -> Blocker:
    return {"id": key, "name": name, "text": text, "tone": tone, "to": to, "act": act}


def _person(deal: Deal, person: PersonFacts) -> Blocker:
    share, key = f"/deals/{deal.id}/share", f"person-{person.name}"
    if person.consented:
        return _row(key, f"{person.name} is in the client portal", "", "ok")
    if person.invited:
        return _row(
            key, f"{person.name} hasn’t signed in yet", "The invitation was sent.", "info", share, "See delivery"
        )
    missing = [
        word for word, there in (("mobile number", person.has_mobile), ("e-mail", person.has_email)) if not there
    ]
    if missing:
        text = f"Not invited to the portal: no {' and no '.join(missing)}."
        return _row(key, f"{person.name} can’t sign in yet", text, "bad", share, "Fix and invite")
    return _row(key, f"{person.name} isn’t invited yet", "Invite them to the client portal.", "warn", share, "Invite")


def _documents(deal: Deal) -> Blocker:
    to = f"/deals/{deal.id}/required-documents"
    left = deal.documents_asked - deal.documents_in
    if not deal.documents_asked:
        return _row("documents", "No documents asked for yet", "Add the list that this loan needs.", "warn", to, "Add")
    if left:
        words = f"{counted(left, 'document')} still to come"
        return _row(
            "documents", words, f"{deal.documents_in} of {deal.documents_asked} are in.", "info", to, "See which"
        )
    whole = "The document is in" if deal.documents_asked == 1 else f"All {deal.documents_asked} documents are in"
    return _row("documents", whole, "", "ok")


def _tasks(deal: Deal, number: int) -> list[Blocker]:
    if not number:
        return []
    words = f"{counted(number, 'task')} to do"
    return [_row("tasks", words, "By the team.", "info", f"/deals/{deal.id}/tasks", "See which")]


def _profile(deal: Deal) -> Blocker:
    if deal.profile_pct >= 100:
        return _row("profile", "Client profile complete", "", "ok")
    text = f"{deal.profile_pct}% of the questions are answered."
    return _row("profile", "Client profile not complete", text, "info", f"/deals/{deal.id}/profile", "Open profile")
