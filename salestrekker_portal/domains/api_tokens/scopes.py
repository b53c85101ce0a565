"""What a key may be good for, in words for whoever makes one. No scope gives more than its maker may do."""

from collections.abc import Iterable
from enum import StrEnum

from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.kernel.errors import Invalid


class TokenScope(StrEnum):
    """what:deed, as other programs name it."""

    CONTACTS_READ = "contacts:read"
    DEALS_READ = "deals:read"
    FACT_FINDS_READ = "fact_finds:read"
    LEADS_WRITE = "leads:write"


SCOPE_WORDS = {
    TokenScope.DEALS_READ: "Read deals: name, people, value, stage and progress. No answers and no files.",
    TokenScope.FACT_FINDS_READ: "Read fact finds: everything that clients answered, with the figures made of it.",
    TokenScope.CONTACTS_READ: "Read contacts: names, e-mail addresses and mobile numbers.",
    TokenScope.LEADS_WRITE: "Add leads: a new deal with its people. Nothing that exists is changed.",
}
_GIVES = {
    TokenScope.CONTACTS_READ: Permission.CONTACT_READ,
    TokenScope.DEALS_READ: Permission.DEAL_READ,
    TokenScope.FACT_FINDS_READ: Permission.PROFILE_READ,
    TokenScope.LEADS_WRITE: Permission.DEAL_ADD,
}


def checked_scopes(raw: Iterable[object]) -> list[TokenScope]:
    """The scopes that were ticked, each once and in one order. Raises Invalid for none and for unknown ones."""
    ticked = [str(each) for each in raw]
    known = [scope for scope in TokenScope if scope.value in ticked]
    if not known or len(known) != len(set(ticked)):
        raise Invalid({"scopes": "Tick at least one thing that the key is for."})
    return known


def permissions_in(scopes: Iterable[str]) -> frozenset[Permission]:
    """What may be done at most under these scopes; one that is no longer known gives nothing."""
    return frozenset(_GIVES[TokenScope(each)] for each in scopes if each in set(TokenScope))
