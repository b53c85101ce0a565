"""What a broker chooses when sharing a deal with a client."""

from dataclasses import dataclass
from uuid import UUID

from salestrekker_portal.domains.portal_access.channels import OWN, Channels


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """`sections` are those of this invitation alone, where they are not the flow's; `request_ids` the documents that
    it asks for, None where nobody was asked to choose."""

    sees_other_applicants: bool = False
    flow_id: UUID | None = None
    sections: list[str] | None = None
    request_ids: list[UUID] | None = None
    asks_bank_statements: bool = False
    channels: Channels = OWN


# Everything of the fact find, about this client alone, to their own e-mail and mobile.
PLAIN = Invitation()
