"""What somebody did with a client's file, in the client's words."""

from salestrekker_portal.tables.security_log import SecurityEvent

DID = {
    "document:opened": "opened {name}",
    "document:downloaded": "downloaded {name}",
    "messages:read": "read your messages",
    "profile:opened": "opened your profile",
    "profile:exported": "printed or exported your profile",
    "deal:opened": "opened your file",
    "portal_access:signed_in": "signed in",
    "portal_access:previewed": "looked at your pages as you see them",
}


def look_words(row: SecurityEvent) -> tuple[str, str]:
    """Who, and what they did."""
    what = DID.get(row.kind, "looked at your file").format_map({"name": row.facts.get("name") or "a document"})
    return row.actor_name or "The portal", what
