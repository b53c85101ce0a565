"""The way in for a partner who gets no e-mail from us: a link that their broker hands over (P-04, L32)."""

from uuid import UUID

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.partners.queries import membership_of, works_elsewhere
from salestrekker_portal.domains.partners.service import demand_assigned
from salestrekker_portal.domains.signing_in.own_password import password_link
from salestrekker_portal.domains.signing_in.strangers import as_known
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.partners import Partner


async def sign_in_link(session: WriteSession, actor: Actor, partner_id: UUID) -> str:
    """An address to hand to a partner. Earlier links stop within half an hour.

    It lets somebody new choose their password. Whoever has a password, or works with other firms too, gets the
    sign-in page: a firm must not be able to let itself into an account that is not only with them. Raises NotFound,
    NotPermitted, Conflict when the partner is switched off or nobody's.
    """
    demand(actor, Permission.PARTNER_MANAGE)
    membership = await membership_of(session, actor.organisation_id, partner_id)
    account = await existing(session, Partner, partner_id)
    partner = as_known(account, membership)
    if membership.disabled_at is not None:
        raise Conflict(f"{partner.name} is switched off. Switch them on first.")
    demand_assigned(partner, membership)
    record(session, actor, "partner:link_copied", organisation_id=actor.organisation_id, partner=partner.name)
    if account.password_hash is not None or await works_elsewhere(session, membership.organisation_id, partner.id):
        return f"{settings().public_origin}/partner/sign-in"
    return await password_link(session, Portal.PARTNER, partner.id)
