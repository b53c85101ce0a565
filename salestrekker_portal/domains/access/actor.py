"""Who is asking: resolved from the session on every event, never remembered."""

from dataclasses import dataclass
from uuid import UUID

from salestrekker_portal.domains.access.permissions import READING, REFUSALS, Permission, permissions_of
from salestrekker_portal.domains.access.previews import Preview
from salestrekker_portal.kernel.errors import NotPermitted
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Role


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody signed in. `id` is the user, the client's contact, or the partner."""

    portal: Portal
    session_id: UUID
    organisation_id: UUID
    id: UUID
    name: str
    country: str
    time_zone: str
    organisation_name: str = ""
    role: Role | None = None
    # Clients only: the one deal, and how they were let in.
    access_id: UUID | None = None
    deal_id: UUID | None = None
    sees_other_applicants: bool = False
    consented: bool = True
    # Staff and partners: they have gone without a second step for longer than the firm allows.
    lacks_factor: bool = False
    # Staff and partners: nothing has shown for a while that it is still them who sit there (proof.py).
    is_stale: bool = False
    # A member of staff who looks at this client's pages; `id` and `name` are the client's all the same.
    preview: Preview | None = None
    # A program with a key of this person's: all that the key is for. None for the person themselves.
    within: frozenset[Permission] | None = None
    # An automation that acts for this person: the timeline names it, and people outside read the person's name.
    through: str = ""

    @property
    def permissions(self) -> frozenset[Permission]:
        allowed = permissions_of(self.portal, self.role)
        if self.within is not None:
            allowed &= self.within
        return allowed & READING if self.is_preview else allowed

    @property
    def is_preview(self) -> bool:
        return self.preview is not None

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def is_staff(self) -> bool:
        return self.portal is Portal.BROKER

    @property
    def is_client(self) -> bool:
        return self.portal is Portal.CLIENT

    @property
    def is_partner(self) -> bool:
        return self.portal is Portal.PARTNER


def demand(actor: Actor, permission: Permission) -> None:
    """Raises NotPermitted with the sentence of the permission."""
    if not actor.may(permission):
        raise NotPermitted(REFUSALS[permission])
