"""Who comes with a key: looked up on every request, as sessions are, so that an ended key ends at once."""

from datetime import timedelta

from sqlalchemy import or_, select, update

from salestrekker_portal.database.session import ReadSession, transaction
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.api_tokens.scopes import permissions_in
from salestrekker_portal.domains.api_tokens.service import MARK
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.tokens import token_hash
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.api_tokens import ApiToken
from salestrekker_portal.tables.organisations import Membership, Organisation, User

# "Last used" is for people: to write it at each request would make every reading program a writer.
NOTED_EVERY = timedelta(minutes=5)
LONGEST = 200


async def actor_with(session: ReadSession, secret: str) -> Actor | None:
    """The maker of this key, within what it is for; None when it opens nothing. One statement."""
    if not secret.startswith(MARK) or len(secret) > LONGEST or not secret.isascii():
        return None
    found = (
        await session.execute(
            select(
                ApiToken.id, ApiToken.scopes, User, Membership.role,
                Organisation.id, Organisation.name, Organisation.country, Organisation.time_zone,
            )
            .join(User, User.id == ApiToken.user_id)
            .join(Organisation, Organisation.id == ApiToken.organisation_id)
            .join(
                Membership,
                (Membership.user_id == User.id) & (Membership.organisation_id == Organisation.id),
            )
            .where(
                ApiToken.token_hash == token_hash(secret),
                ApiToken.revoked_at.is_(None),
                Membership.disabled_at.is_(None),
            )
        )
    ).one_or_none()  # fmt: skip
    if found is None:
        return None
    token_id, scopes, user, role, firm_id, firm, country, zone = found
    return Actor(
        portal=Portal.BROKER,
        session_id=token_id,
        organisation_id=firm_id,
        organisation_name=firm,
        id=user.id,
        name=user.name,
        country=country,
        time_zone=zone,
        role=role,
        within=permissions_in(scopes),
    )


async def note_use(actor: Actor) -> None:
    """Write down that the key was used, unless that was written a moment ago."""
    now = utc_now()
    async with transaction() as session:
        await session.execute(
            update(ApiToken)
            .where(
                ApiToken.id == actor.session_id,
                or_(ApiToken.last_used_at.is_(None), ApiToken.last_used_at < now - NOTED_EVERY),
            )
            .values(last_used_at=now)
        )
