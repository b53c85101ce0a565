"""Who is told, in which way, or why not. Facts in, a verdict out; no database here."""

from dataclasses import dataclass

from salestrekker_portal.domains.notices.catalogue import NONE, Event, Ways
from salestrekker_portal.tables.notifications import Audience, Why
from salestrekker_portal.tables.outbox import Channel

_SENTENCES = {
    (Why.OFF_BY_FIRM, Audience.CLIENT): "“{label}” is switched off for clients in Settings, Client Portal.",
    (Why.OFF_BY_FIRM, Audience.PARTNER): "“{label}” is switched off for all partners in Settings, Partner Portal. "
    "That counts more than what {name} chose.",
    (Why.OFF_BY_PERSON, Audience.CLIENT): "{name} switched this off on their own privacy page.",
    (Why.OFF_BY_PERSON, Audience.PARTNER): "{name} has not asked to be told of “{label}”.",
    Why.STATUS_BAR_OFF: "Stages are hidden from clients: “Show deal status bar” is off in Settings, Client Portal.",
    (Why.ACCESS_ENDED, Audience.CLIENT): "{name}’s access to the client portal has ended.",
    (Why.ACCESS_ENDED, Audience.PARTNER): "{name} no longer follows this deal, or is switched off.",
    Why.KEPT_PRIVATE: "The client lets partners see nothing of this deal, so {name} is told nothing of it.",
    Why.NO_EMAIL: "There is no e-mail address for {name}.",
    Why.BOUNCED: "E-mail to {email} came back. Correct the address.",
    Why.SMS_OFF: "SMS is off in Settings, Connect.",
    Why.NO_MOBILE: "There is no mobile number for {name}.",
    Why.OPTED_OUT: "{name} answered STOP to an SMS, so no more are sent.",
    Why.GATHERED: "Told in one message with other news, so that {name} hears once.",
    Why.NO_CREDITS: "There are not enough SMS credits. An admin can buy some in Settings, Billing details.",
}


@dataclass(frozen=True, kw_only=True)
class Person:
    """The recipient. `did_it`: it is their own deed. `lost_sight`: they may no longer see the deal at all;
    `kept_private`: a partner, and its clients let partners see nothing, or with `no_dates` no dates.

    `muted`: ways that a client switched off for this event.
    """

    name: str
    email: str | None = None
    mobile: str | None = None
    email_bounced: bool = False
    sms_opted_out: bool = False
    did_it: bool = False
    lost_sight: bool = False
    kept_private: bool = False
    no_dates: bool = False
    muted: Ways = NONE


@dataclass(frozen=True, kw_only=True)
class Firm:
    """What the brokerage decided. `allows`: its gate for this event; `credits` may be held for SMS."""

    sms_enabled: bool = False
    credits: int = 0
    allows: bool = True
    shows_stages: bool = True


@dataclass(frozen=True, kw_only=True)
class Skip:
    """One channel that stays silent, or with no channel all of them."""

    why: Why
    channel: Channel | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What happens. `in_summary` takes the place of an e-mail of its own."""

    email: bool = False
    sms: bool = False
    bell: bool = False
    in_summary: bool = False
    skipped: tuple[Skip, ...] = ()

    @property
    def tells(self) -> bool:
        return self.email or self.sms or self.bell or self.in_summary


SILENT = Verdict()
STAGE_EVENTS = ("stage_changed", "deal_stale_client")


def wanted_ways(event: Event, chosen: Ways | None) -> Ways:
    """What was chosen, or the default, within what is offered; fixed ways are always on."""
    ways = event.default if chosen is None else chosen
    return Ways(
        email=event.fixed.email or (ways.email and event.offered.email),
        sms=event.fixed.sms or (ways.sms and event.offered.sms),
        bell=event.fixed.bell or (ways.bell and event.offered.bell),
    )


def decide(
    event: Event, person: Person, firm: Firm, wanted: Ways, *, segments: int = 1, daily_summary: bool = False
) -> Verdict:
    """The verdict on one event for one person.

    `wanted` is the firm's choice for clients, and the person's own for staff and partners. Nobody is told of what
    they did themselves. The firm's no counts more than the person's yes (P-06). `segments` is the SMS's price.
    """
    if person.did_it:
        return SILENT
    silent = _silenced(event, person, firm, wanted)
    if silent is not None:
        return Verdict(skipped=(Skip(why=silent),))
    summary = daily_summary and wanted.email and not event.fixed.email
    by_email = _email_gate(person) if wanted.email and not summary else None
    by_sms = _sms_gate(person, firm, segments) if wanted.sms else None
    skipped = [Skip(why=by_email, channel=Channel.EMAIL)] if by_email else []
    skipped += [Skip(why=by_sms, channel=Channel.SMS)] if by_sms else []
    return Verdict(
        email=wanted.email and not summary and by_email is None,
        sms=wanted.sms and by_sms is None,
        bell=wanted.bell,
        in_summary=summary,
        skipped=tuple(skipped),
    )


def _silenced(event: Event, person: Person, firm: Firm, wanted: Ways) -> Why | None:
    """What silences the whole message, if anything."""
    wants_any = wanted.email or wanted.sms
    if person.lost_sight:
        return Why.ACCESS_ENDED
    if person.kept_private:
        return Why.KEPT_PRIVATE
    if event.audience is Audience.STAFF:
        return None
    if not firm.allows or (event.audience is Audience.CLIENT and not wants_any):
        return Why.OFF_BY_FIRM
    if event.audience is Audience.CLIENT and event.key in STAGE_EVENTS and not firm.shows_stages:
        return Why.STATUS_BAR_OFF
    return None if wants_any else Why.OFF_BY_PERSON


def _email_gate(person: Person) -> Why | None:
    if person.muted.email:
        return Why.OFF_BY_PERSON
    if not person.email:
        return Why.NO_EMAIL
    return Why.BOUNCED if person.email_bounced else None


def _sms_gate(person: Person, firm: Firm, segments: int) -> Why | None:
    if person.muted.sms:
        return Why.OFF_BY_PERSON
    if not firm.sms_enabled:
        return Why.SMS_OFF
    if not person.mobile:
        return Why.NO_MOBILE
    if person.sms_opted_out:
        return Why.OPTED_OUT
    return Why.NO_CREDITS if firm.credits < segments else None


def why_not_by(channel: Channel, person: Person, firm: Firm, segments: int = 1) -> str:
    """Why somebody can't be written to that way, in a sentence; "" when they can."""
    why = _email_gate(person) if channel is Channel.EMAIL else _sms_gate(person, firm, segments)
    return "" if why is None else str(_SENTENCES[why]).format(label="", name=person.name, email=person.email or "")


def sentence_for(skip: Skip, event: Event, person: Person) -> str:
    """Why it did not leave, for the broker to read on the deal."""
    pattern = _SENTENCES.get((skip.why, event.audience)) or _SENTENCES.get(skip.why) or "It was not sent."
    return pattern.format(label=event.label, name=person.name, email=person.email or "")
