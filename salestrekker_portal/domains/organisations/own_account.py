"""A member of staff's own name and mobile (B-08)."""

from collections.abc import Mapping

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.kernel.errors import Invalid, NotPermitted
from salestrekker_portal.kernel.names import person_names
from salestrekker_portal.kernel.text import clean, mobile_from, phone_words
from salestrekker_portal.tables.organisations import User


async def own_account(session: ReadSession, actor: Actor) -> User:
    """The person themself. Staff only: raises NotPermitted."""
    if not actor.is_staff:
        raise NotPermitted("This page is for the brokerage's own people.")
    return await existing(session, User, actor.id)


def own_form(user: User, country: str) -> dict[str, str]:
    """What the form shows of a person, by its fields."""
    mobile = phone_words(user.mobile, country)
    return {"first_name": user.first_name, "last_name": user.last_name, "mobile": mobile}


async def change_own_details(
    session: WriteSession, actor: Actor, typed: Mapping[str, object], shown: Mapping[str, object] | None = None
) -> User:
    """Keep one's name and mobile as typed; an empty mobile takes it away.

    Raises NotPermitted, Invalid (`first_name`, `last_name`, `mobile`), Faster (changed in another tab).
    """
    user = await own_account(session, actor)
    await session.refresh(user, with_for_update=HOLD)
    typed = await on_top_of(session, actor, Trail(), shown=shown, now=own_form(user, actor.country), typed=typed)
    errors: dict[str, str] = {}
    names = person_names(typed.get("first_name"), typed.get("last_name"), errors)
    mobile = typed.get("mobile")
    number = mobile_from(mobile, country=actor.country)
    if number is None and clean(mobile):
        example = "021 123 4567" if actor.country == "NZ" else "0412 345 678"
        errors["mobile"] = f"Enter a mobile number, for example {example}."
    if errors:
        raise Invalid(errors)
    user.first_name, user.last_name, user.mobile = names["first_name"], names["last_name"], number
    record(session, actor, "account:changed", organisation_id=actor.organisation_id)
    return user
