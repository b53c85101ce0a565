"""Making a key, listing keys and ending one: an admin's to do."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.api_tokens.scopes import checked_scopes
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, noting
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.kernel.tokens import new_token, token_hash
from salestrekker_portal.tables.api_tokens import ApiToken
from salestrekker_portal.tables.organisations import Membership, Organisation, User

NAME_LIMIT = 80
MOST_TOKENS = 20
# Lets a search through code and logs find a key that was left there.
MARK = "stp_"


@dataclass(frozen=True, kw_only=True)
class KeptToken:
    """A key as it is listed. `works` is False once its maker has left the firm."""

    token: ApiToken
    maker: str
    works: bool


async def make_token(session: WriteSession, actor: Actor, *, name: object, scopes: list[object]) -> tuple[UUID, str]:
    """A new key: its id, and the key itself, which can't be had again.

    Raises NotPermitted, Invalid (`name`, `scopes`), Conflict (there are enough).
    """
    demand(actor, Permission.ORGANISATION_MANAGE)
    errors: dict[str, str] = {}
    title, chosen = "", []
    with noting(errors):
        title = checked_token_name(name)
    with noting(errors):
        chosen = checked_scopes(scopes)
    if errors:
        raise Invalid(errors)
    await existing(session, Organisation, actor.organisation_id, with_for_update=HOLD)
    live = select(func.count()).where(ApiToken.organisation_id == actor.organisation_id, ApiToken.revoked_at.is_(None))
    if (await session.scalar(live) or 0) >= MOST_TOKENS:
        raise Conflict(f"There are {MOST_TOKENS} keys already. End one that isn't used, then make this one.")
    secret = MARK + new_token()
    token = ApiToken(
        organisation_id=actor.organisation_id,
        user_id=actor.id,
        name=title,
        scopes=[scope.value for scope in chosen],
        token_hash=token_hash(secret),
        ending=secret[-4:],
    )
    session.add(token)
    record(
        session, actor, "api_token:made",
        organisation_id=actor.organisation_id, subject_id=token.id, name=title, scopes=", ".join(token.scopes),
    )  # fmt: skip
    return token.id, secret


async def tokens_of(session: ReadSession, actor: Actor) -> list[KeptToken]:
    """The firm's live keys, the newest first. Raises NotPermitted."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    rows = await session.execute(
        select(ApiToken, User, Membership.disabled_at)
        .join(User, User.id == ApiToken.user_id)
        .outerjoin(
            Membership,
            (Membership.user_id == User.id) & (Membership.organisation_id == ApiToken.organisation_id),
        )
        .where(ApiToken.organisation_id == actor.organisation_id, ApiToken.revoked_at.is_(None))
        .order_by(ApiToken.id.desc())
    )
    return [KeptToken(token=token, maker=maker.name, works=disabled is None) for token, maker, disabled in rows]


async def end_token(session: WriteSession, actor: Actor, token_id: UUID) -> None:
    """From now on the key opens nothing. Ending it twice is fine. Raises NotPermitted, NotFound."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    mine = select(ApiToken).where(ApiToken.id == token_id, ApiToken.organisation_id == actor.organisation_id)
    token = (await session.scalars(mine.with_for_update(key_share=True))).one_or_none()
    if token is None:
        raise NotFound("key")
    if token.revoked_at is not None:
        return
    token.revoked_at = utc_now()
    record(
        session, actor, "api_token:ended",
        organisation_id=actor.organisation_id, subject_id=token.id, name=token.name,
    )  # fmt: skip


def checked_token_name(raw: object) -> str:
    """What the key is called in the list. Raises Invalid."""
    name = clean(raw)
    if not name:
        raise Invalid({"name": "Say which program the key is for, like “Website form”."})
    if len(name) > NAME_LIMIT:
        raise Invalid({"name": f"Use at most {NAME_LIMIT} characters. This has {len(name):,}."})
    return name
