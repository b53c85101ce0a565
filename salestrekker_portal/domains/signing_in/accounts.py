"""Whoever signs in with a password: staff and partners. Clients come in by their link."""

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.signing_in.notices import accounts_of
from salestrekker_portal.kernel.errors import NotPermitted
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.partners import Partner


def demand_account(actor: Actor) -> None:
    """Raises NotPermitted for clients."""
    if actor.is_client:
        raise NotPermitted("This page is for brokers and their partners. You come in with your link.")


async def own_account(session: ReadSession, actor: Actor, *, held: bool = False) -> User | Partner:
    """One's own row, `held` until the end of the transaction. Raises NotPermitted for clients."""
    demand_account(actor)
    account: type[User] | type[Partner] = accounts_of(actor.portal)
    person: User | Partner = await existing(session, account, actor.id, with_for_update=HOLD if held else None)
    return person
