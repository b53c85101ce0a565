"""A lead that comes from another program of the firm's: its website's form, a calculator, a call centre."""

from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.pipeline.adding import Part, open_deal
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import clean, joined, shortened
from salestrekker_portal.tables.deals import Deal

SUMMARY_LIMIT = 1_000
NAME_SHOWN = 160
REACH = "Give a mobile number or an e-mail address, so that somebody can call back."


async def take_lead(
    session: WriteSession,
    actor: Actor,
    *,
    people: list[dict[str, object]],
    name: object = "",
    summary: object = "",
    value_cents: int = 0,
    workflow_id: UUID | None = None,
) -> Deal:
    """A new deal of the actor's on top of the workflow's first stage. Each of `people` has first_name, last_name,
    email and mobile as they were typed.

    People who are known already come in as new contacts: a program must not learn whom the firm knows, and the
    broker reads beside them who they may be. Raises NotPermitted, Invalid ("people.0.mobile", `summary`, …), NotFound.
    """
    demand(actor, Permission.DEAL_ADD)
    errors = {
        f"people.{place}.mobile": REACH
        for place, person in enumerate(people)
        if not clean(person.get("email")) and not clean(person.get("mobile"))
    }
    text = clean(summary, lines=True)
    if len(text) > SUMMARY_LIMIT:
        errors["summary"] = f"Use at most {SUMMARY_LIMIT:,} characters. This has {len(text):,}."
    if errors:
        raise Invalid(errors)
    try:
        return await open_deal(
            session,
            actor,
            owner_id=actor.id,
            name=clean(name) or _named_after(people),
            value_cents=value_cents,
            people=[Part(typed=person) for person in people],
            workflow_id=workflow_id,
            summary=text,
        )
    except Invalid as refusal:
        raise Invalid({_place(field): sentence for field, sentence in refusal.errors.items()}) from refusal


def _named_after(people: list[dict[str, object]]) -> str:
    last_names = [clean(person.get("last_name")) or clean(person.get("first_name")) for person in people]
    return shortened(joined(list(dict.fromkeys(filter(None, last_names)))), NAME_SHOWN) or "New lead"


def _place(field: str) -> str:
    """ "0.mobile" of the first person becomes "people.0.mobile"."""
    return f"people.{field}" if field[:1].isdigit() else field
