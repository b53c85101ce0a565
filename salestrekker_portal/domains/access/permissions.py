"""The one table of who may do what, and the sentence for everyone who may not."""

from enum import StrEnum

from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Role


class Permission(StrEnum):
    """resource:deed, in alphabetical order."""

    CONTACT_READ = "contact:read"
    CONTACT_WRITE = "contact:write"
    DEAL_ADD = "deal:add"
    DEAL_MOVE = "deal:move"
    DEAL_READ = "deal:read"
    DEAL_SETTLE = "deal:settle"
    DEAL_SHARE = "deal:share"
    DEAL_WRITE = "deal:write"
    DOCUMENT_READ = "document:read"
    DOCUMENT_REVIEW = "document:review"
    DOCUMENT_SHARE = "document:share"
    DOCUMENT_UPLOAD = "document:upload"
    LETTER_SEND = "letter:send"
    NOTE_SHARE = "note:share"
    NOTE_WRITE = "note:write"
    ORGANISATION_MANAGE = "organisation:manage"
    PARTNER_MANAGE = "partner:manage"
    PROFILE_READ = "profile:read"
    PROFILE_WRITE = "profile:write"
    REFERRAL_ADD = "referral:add"
    REQUEST_MANAGE = "request:manage"


_ALL_STAFF = frozenset(
    {
        Permission.CONTACT_READ,
        Permission.CONTACT_WRITE,
        Permission.DEAL_ADD,
        Permission.DEAL_MOVE,
        Permission.DEAL_READ,
        Permission.DEAL_WRITE,
        Permission.DOCUMENT_READ,
        Permission.DOCUMENT_REVIEW,
        Permission.DOCUMENT_UPLOAD,
        Permission.NOTE_WRITE,
        Permission.PROFILE_READ,
        Permission.PROFILE_WRITE,
        Permission.REQUEST_MANAGE,
    }
)
# Letting somebody outside the firm see something, or closing a deal, is a broker's decision.
_BROKER = _ALL_STAFF | {
    Permission.DEAL_SETTLE,
    Permission.DEAL_SHARE,
    Permission.DOCUMENT_SHARE,
    Permission.LETTER_SEND,
    Permission.NOTE_SHARE,
    Permission.PARTNER_MANAGE,
}

STAFF_GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: _BROKER | {Permission.ORGANISATION_MANAGE},
    Role.BROKER: _BROKER,
    Role.ASSISTANT: _ALL_STAFF,
}
# All that a preview may do.
READING = frozenset({Permission.DEAL_READ, Permission.DOCUMENT_READ, Permission.PROFILE_READ})
CLIENT_GRANTS = frozenset(
    {
        Permission.DEAL_READ,
        Permission.DOCUMENT_READ,
        Permission.DOCUMENT_UPLOAD,
        Permission.NOTE_WRITE,
        Permission.PROFILE_READ,
        Permission.PROFILE_WRITE,
    }
)
PARTNER_GRANTS = frozenset(
    {
        Permission.DEAL_READ,
        Permission.DOCUMENT_READ,
        Permission.DOCUMENT_UPLOAD,
        Permission.NOTE_WRITE,
        Permission.REFERRAL_ADD,
    }
)

REFUSALS: dict[Permission, str] = {
    Permission.CONTACT_READ: "You can't look at contacts.",
    Permission.CONTACT_WRITE: "You can't change contacts.",
    Permission.DEAL_ADD: "You can't add deals.",
    Permission.DEAL_MOVE: "You can't move deals.",
    Permission.DEAL_READ: "You can't open deals.",
    Permission.DEAL_SETTLE: "Only a broker or an admin can settle, unlock or archive a deal. Ask the deal's owner.",
    Permission.DEAL_SHARE: "Only a broker or an admin can invite clients or end their access. Ask the deal's owner.",
    Permission.DEAL_WRITE: "You can view this deal but not change it.",
    Permission.DOCUMENT_READ: "You can't open documents.",
    Permission.DOCUMENT_REVIEW: "Only the brokerage reviews documents.",
    Permission.DOCUMENT_SHARE: "Only a broker or an admin can share documents outside the team. Ask the deal's owner.",
    Permission.DOCUMENT_UPLOAD: "You can't add documents here.",
    Permission.LETTER_SEND: "Only a broker or an admin can write to clients and partners. Ask the deal's owner.",
    Permission.NOTE_SHARE: "Only a broker or an admin can share notes outside the team. Ask the deal's owner.",
    Permission.NOTE_WRITE: "You can't write notes here.",
    Permission.ORGANISATION_MANAGE: "Only an admin can change the organisation's settings. Ask an admin.",
    Permission.PARTNER_MANAGE: "Only a broker or an admin can add partners.",
    Permission.PROFILE_READ: "You can't open this client profile.",
    Permission.PROFILE_WRITE: "You can read this client profile but not change it.",
    Permission.REFERRAL_ADD: "Your broker has not switched on adding deals. Ask them to.",
    Permission.REQUEST_MANAGE: "Only the brokerage asks for documents.",
}


def permissions_of(portal: Portal, role: Role | None) -> frozenset[Permission]:
    """What somebody in this portal, with this role, may do at all; the deal itself is checked elsewhere."""
    if portal is Portal.BROKER:
        return STAFF_GRANTS[role] if role is not None else frozenset()
    return CLIENT_GRANTS if portal is Portal.CLIENT else PARTNER_GRANTS
