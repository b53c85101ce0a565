"""A partner has lost phone and recovery codes: their broker lets them in with the password alone again."""

from uuid import UUID

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.partners.queries import known_elsewhere
from salestrekker_portal.domains.partners.service import managed
from salestrekker_portal.domains.signing_in.notices import tell
from salestrekker_portal.domains.signing_in.second_step import forget_factor
from salestrekker_portal.domains.signing_in.sessions import end_sessions
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.partners import Partner

ELSEWHERE = (
    "{name} works with other firms too, so no single firm can take their second step away. One of their recovery "
    "codes lets them in."
)


async def reset_partner_factor(session: WriteSession, actor: Actor, partner_id: UUID) -> Partner:
    """Take a partner's second step away. They are signed out everywhere and told by e-mail.

    Raises NotPermitted, NotFound, Conflict (none there; somebody of another firm too).
    """
    # Held: of two who press at once the second finds none.
    await existing(session, Partner, partner_id, with_for_update=HOLD, populate_existing=True)
    partner, membership = await managed(session, actor, partner_id)
    if partner.factor_since is None:
        raise Conflict(f"{partner.name} has no second step.")
    if await known_elsewhere(session, membership):
        raise Conflict(ELSEWHERE.format(name=partner.name))
    await forget_factor(session, Portal.PARTNER, partner.id)
    await end_sessions(session, partner_id=partner.id)
    await tell(session, Portal.PARTNER, partner.id, actor.organisation_id, subject="Your second step was taken away",
               what=f"{actor.name} took the second step of your sign-in away, because you had lost it.",
               for_them=True)  # fmt: skip
    record(session, actor, "partner:factor_reset", organisation_id=actor.organisation_id, subject_id=partner.id,
           partner=partner.name)  # fmt: skip
    return partner
