"""Where somebody is by the clock, guessed from what is known of them: a state, or a phone number. Pure."""

import phonenumbers
from phonenumbers import timezone

# As the fact find keeps Australian states. Canberra's and Hobart's clocks are Sydney's.
OF_STATES = {
    "nsw": "Australia/Sydney",
    "vic": "Australia/Sydney",
    "act": "Australia/Sydney",
    "tas": "Australia/Sydney",
    "qld": "Australia/Brisbane",
    "sa": "Australia/Adelaide",
    "nt": "Australia/Darwin",
    "wa": "Australia/Perth",
}
# Names that mean one of ours, so that people read one name a clock.
_SAME = {"Australia/Melbourne": "Australia/Sydney", "Australia/Hobart": "Australia/Sydney"}
# Area codes that are one clock; the library knows only some of their exchanges. 08 has three.
_AREAS = {"+612": "Australia/Sydney", "+613": "Australia/Sydney", "+617": "Australia/Brisbane"}
_UNKNOWN = phonenumbers.timezone.UNKNOWN_TIMEZONE


def zone_of_state(state: str) -> str:
    """The zone of an Australian state as the fact find keeps it ("nsw"); "" for anything else."""
    return OF_STATES.get(state.strip().lower(), "")


def zone_of_phone(e164: str | None, at_home: str) -> str:
    """Where a number is: `at_home` (the firm's) when it may be there, otherwise the first of its places; "" unknown.

    An Australian mobile may be anywhere in Australia, so it tells only that nobody is abroad; a landline tells more.
    """
    try:
        number = phonenumbers.parse(e164 or "")
    except phonenumbers.NumberParseException:
        return ""
    if (e164 or "")[:4] in _AREAS:
        return _AREAS[(e164 or "")[:4]]
    places = [_SAME.get(zone, zone) for zone in timezone.time_zones_for_number(number) if zone != _UNKNOWN]
    return at_home if at_home in places else next(iter(places), "")
