"""Why somebody gets an e-mail, said in its footer. Pure."""

from salestrekker_portal.domains.notices.catalogue import BY_KEY, Event
from salestrekker_portal.tables.notifications import Audience

NO_STOP = "It is part of that work, so it can’t be stopped by a link."
_OTHERS = {
    "portal.": "You get this because you asked {firm} about a loan.",
    "portal.pin_for_owner": "You get this because the deal is yours.",
    "letter.client": "You get this because {firm} is working on your loan.",
    "letter.partner": "You get this because you work with {firm}.",
    "partner.invitation": "You get this because {firm} added you as a partner.",
    "partner.": "You get this because you are a partner of {firm}.",
    "member.": "You get this because {firm} gave you an account.",
    "account.": "You get this because somebody asked for a new password for this address.",
    "account.changed": "You get this because something changed in your account at {firm}. It always comes.",
    "account.many_pins": "You get this because you are an admin at {firm}. It always comes.",
    "security.": "You get this because you are an admin at {firm}. It always comes.",
    "settings.": "You get this because you are an admin at {firm}.",
    "test.": "You get this because you asked for a test in the settings.",
    "notice.daily_summary": "You get this because you chose one summary a day.",
}


def may_stop(event: Event) -> bool:
    """Whether its reader may end it by a press in the e-mail: not what is part of the work, nor what always comes."""
    if event.audience is Audience.CLIENT:
        return event.key in OPTIONAL_FOR_CLIENTS
    return not event.fixed.email


# The rest asks a client for something, or says that something ended.
OPTIONAL_FOR_CLIENTS = ("note_shared", "file_shared", "still_missing", "stage_changed", "deal_stale_client")


def why_of(kind: str, firm: str) -> str:
    """The reason as a sentence, by the kind of the message; "" for a kind that nobody described."""
    event = BY_KEY.get(kind.removeprefix("notice."))
    if event is not None:
        return _why_news(event, firm)
    # The longest beginning that fits: an exact kind before its family.
    fits = [begin for begin in _OTHERS if kind.startswith(begin)]
    return _OTHERS[max(fits, key=len)].format(firm=firm) if fits else ""


def _why_news(event: Event, firm: str) -> str:
    if event.audience is Audience.CLIENT:
        because = f"You get this because {firm} is working on your loan."
        return because if may_stop(event) else f"{because} {NO_STOP}"
    if event.audience is Audience.PARTNER:
        return f"You get this because you work with {firm}."
    if event.fixed.email:
        return f"You get this because you are an admin at {firm}. It always comes."
    return f"You get this because you chose to hear of “{event.label}”."
