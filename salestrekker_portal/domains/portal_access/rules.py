"""What must be true before a client is invited: one list, which the panel shows and the service obeys."""

from dataclasses import dataclass, field
from enum import StrEnum

from salestrekker_portal.domains.access.permissions import REFUSALS, Permission
from salestrekker_portal.domains.documents.rules import SLOT_NAMES, SLOTS
from salestrekker_portal.kernel.text import joined, phone_words, takes_texts
from salestrekker_portal.tables.documents import Slot
from salestrekker_portal.tables.organisations import Country, PrivacyMode


class CheckState(StrEnum):
    """Done, not done, or not to be judged until something else is done."""

    OK = "ok"
    FAILING = "failing"
    WAITING = "waiting"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One condition: how it stands, why, and where it is put right."""

    key: str
    state: CheckState
    title: str
    reason: str = ""
    fix_label: str = ""
    fix_href: str = ""


@dataclass(frozen=True, kw_only=True)
class ShareFacts:
    """What the conditions look at. Numbers are E.164, addresses lower case."""

    deal_id: str
    contact_id: str
    first_name: str
    email: str | None
    mobile: str | None
    email_also_of: str = ""
    mobile_also_of: str = ""
    shares_knowingly: bool = False
    owner_name: str = ""
    owner_is_actor: bool = True
    owner_mobile: str | None = None
    sms_enabled: bool = True
    credits: int = 0
    # What the text with this client's PIN costs: more than one credit where a name needs Unicode.
    pin_price: int = 1
    privacy_mode: PrivacyMode = PrivacyMode.DOCUMENTS
    privacy_url: str | None = None
    country: Country = Country.AU
    # Which documents of a fixed purpose the deal has: slot to file name.
    slots: dict[Slot, str] = field(default_factory=dict)
    # Which of them the firm has for all its deals, so that this one gets it: slot to name and version.
    firm_slots: dict[Slot, str] = field(default_factory=dict)
    is_locked: bool = False
    is_archived: bool = False
    stage_name: str = ""
    stage_edits: bool = True
    may_share: bool = True
    may_manage: bool = True
    # Who to ask for what only an admin can put right: name and e-mail.
    admin_name: str = ""
    admin_email: str = ""


def preflight(facts: ShareFacts) -> list[Check]:
    """Every condition in the order in which a person would put them right."""
    return [
        *([] if facts.may_share else [_right()]),
        _email(facts),
        _mobile(facts),
        _not_the_owners_number(facts),
        _sms(facts),
        _credits(facts),
        *_documents(facts),
        _deal_is_open(facts),
    ]


def blockers(checks: list[Check]) -> list[Check]:
    """The conditions that stop an invitation. One that waits, waits for one that fails."""
    return [check for check in checks if check.state is CheckState.FAILING]


def _check(key: str, good: bool, title: str, reason: str = "", fix: tuple[str, str] = ("", "")) -> Check:
    state = CheckState.OK if good else CheckState.FAILING
    return Check(key=key, state=state, title=title, reason=reason, fix_label=fix[0], fix_href=fix[1])


def _right() -> Check:
    return _check("right", False, "Inviting is a broker’s job", REFUSALS[Permission.DEAL_SHARE])


def _contact_fix(facts: ShareFacts, label: str) -> tuple[str, str]:
    return label, f"/deals/{facts.deal_id}?edit={facts.contact_id}"


def _email(facts: ShareFacts) -> Check:
    if not facts.email:
        reason = f"The link goes by e-mail, so {facts.first_name} needs an address."
        return _check("email", False, "No e-mail address", reason, _contact_fix(facts, "Add e-mail"))
    if facts.email_also_of:
        return _shared_email(facts)
    return _check("email", True, f"E-mail is {facts.email}")


def _mobile(facts: ShareFacts) -> Check:
    if not facts.mobile:
        reason = f"The PIN goes by SMS, so {facts.first_name} needs a mobile."
        return _check("mobile", False, "No mobile number", reason, _contact_fix(facts, "Add mobile"))
    if not takes_texts(facts.mobile):
        title = f"No text can go to {phone_words(facts.mobile, facts.country)}"
        reason = f"The PIN goes by SMS, so {facts.first_name} needs a mobile; this number is good for a call only."
        return _check("mobile", False, title, reason, _contact_fix(facts, "Change to a mobile"))
    if facts.mobile_also_of:
        return _shared_mobile(facts)
    return _check("mobile", True, f"Mobile is {phone_words(facts.mobile, facts.country)}")


def _shared_email(facts: ShareFacts) -> Check:
    """One shared half can be accepted; the other then keeps the two people apart."""
    also, title = facts.email_also_of, f"E-mail is shared with {facts.email_also_of}"
    if facts.mobile_also_of:
        reason = (
            f"{also} has {facts.email} too, and the mobile is shared as well: link and PIN would both reach somebody "
            f"else. Give {facts.first_name} another e-mail or mobile for this invitation, below."
        )
        return _check("email", False, title, reason, _contact_fix(facts, "Change e-mail"))
    means = (
        f"{also} can read the e-mail with the link; only the PIN, on {facts.first_name}’s own mobile, keeps them out."
    )
    if facts.shares_knowingly:
        return _check("email", True, f"{title}, and they know", means)
    reason = f"{means} Tell them, or use another e-mail, below."
    return _check("email", False, title, reason, _contact_fix(facts, "Change e-mail"))


def _shared_mobile(facts: ShareFacts) -> Check:
    also, title = facts.mobile_also_of, f"Mobile is shared with {facts.mobile_also_of}"
    if facts.email_also_of:
        reason = "The e-mail is shared as well. One of the two must be another one, below."
        return _check("mobile", False, title, reason, _contact_fix(facts, "Change mobile"))
    own = f"{facts.first_name}’s own mailbox"
    means = f"{also} can read the SMS with the PIN. Only the link, in {own}, keeps them out."
    if facts.shares_knowingly:
        return _check("mobile", True, f"{title}, and they know", means)
    reason = f"{means} Tell them, or use another mobile, below."
    return _check("mobile", False, title, reason, _contact_fix(facts, "Change mobile"))


def _not_the_owners_number(facts: ShareFacts) -> Check:
    whose = "yours" if facts.owner_is_actor else f"{facts.owner_name}’s"
    title = f"Number is not the same as {whose}"
    if not facts.mobile:
        return Check(
            key="own_number", state=CheckState.WAITING, title=title, reason="Checked once there is a mobile number."
        )
    if facts.owner_mobile and facts.mobile == facts.owner_mobile:
        reason = (
            f"{phone_words(facts.mobile, facts.country)} is also {whose}. Carriers drop an SMS from a number to "
            "itself, so the PIN would never arrive. Use another mobile for this invitation, below. "
            "To look at the portal only, preview it."
        )
        return _check("own_number", False, f"Number is the same as {whose}", reason, _contact_fix(facts, "Change"))
    return _check("own_number", True, title)


def _admin_fix(facts: ShareFacts, label: str, href: str) -> tuple[str, tuple[str, str]]:
    """The link for an admin. For everybody else, whom to ask: the same page asks them by e-mail (L18)."""
    if facts.may_manage:
        return "", (label, href)
    who = facts.admin_name or "an admin"
    return f" Only an admin can change this: ask {who}.", ("Ask an admin", href)


def _sms(facts: ShareFacts) -> Check:
    if facts.sms_enabled:
        return _check("sms", True, "SMS is on in Connect")
    more, fix = _admin_fix(facts, "Switch on SMS", "/settings/connect")
    return _check("sms", False, "SMS is off in Connect", "The PIN goes by SMS." + more, fix)


def _credits(facts: ShareFacts) -> Check:
    left = f"{facts.credits:,} SMS credit{'' if facts.credits == 1 else 's'} left"
    # Salestrekker refuses to invite with one credit left, so that a new PIN can always go out (S2-10).
    least = 2 * facts.pin_price
    if facts.credits >= least:
        return _check("credits", True, left)
    more, fix = _admin_fix(facts, "Buy credits", "/settings/billing")
    one = "one" if facts.pin_price == 1 else str(facts.pin_price)
    reason = f"An invitation needs at least {least}: {one} for the PIN, {one} kept for a new PIN.{more}"
    return _check("credits", False, left, reason, fix)


def _documents(facts: ShareFacts) -> list[Check]:
    if facts.privacy_mode is PrivacyMode.LINK:
        # The page stands for the privacy disclosure; what else the country asks for is given as a paper.
        papers = [_slot(facts, slot) for slot in SLOTS[facts.country] if slot is not Slot.PRIVACY_DISCLOSURE]
        if facts.privacy_url:
            return [_check("privacy_link", True, "Privacy disclosure is linked", facts.privacy_url), *papers]
        more, fix = _admin_fix(facts, "Add the link", "/settings/client-portal")
        reason = f"Clients must read it before anything is collected.{more}"
        return [_check("privacy_link", False, "No privacy disclosure link", reason, fix), *papers]
    return [_slot(facts, slot) for slot in SLOTS[facts.country]]


def _slot(facts: ShareFacts, slot: Slot) -> Check:
    name = SLOT_NAMES[slot]
    if slot in facts.slots:
        return _check(slot.value, True, f"{name} is in this deal", facts.slots[slot])
    if slot in facts.firm_slots:
        return _check(slot.value, True, f"{name} of your firm comes into this deal", facts.firm_slots[slot])
    only_here = f"For this deal only, add a file to its documents and label it “{name}”."
    if facts.may_manage:
        reason = f"Clients must be given it first. Add it once and every deal has it, this one too. {only_here}"
        return _check(slot.value, False, f"No “{name}” yet", reason, ("Add it once", "/settings/client-portal"))
    who = facts.admin_name or "an admin"
    reason = f"Clients must be given it first. {who} can add it once for every deal. {only_here}"
    return _check(slot.value, False, f"No “{name}” yet", reason, ("Add it here", f"/deals/{facts.deal_id}/documents"))


def _deal_is_open(facts: ShareFacts) -> Check:
    if facts.is_archived:
        return _check("open", False, "Deal is archived", "Restore it before you invite anyone.")
    if facts.is_locked:
        reason = "A settled deal is locked. Unlock it before you invite anyone."
        return _check("open", False, "Deal is locked", reason, ("Open deal", f"/deals/{facts.deal_id}"))
    mode = "lets clients edit" if facts.stage_edits else "shows the profile read-only"
    return _check("open", True, f"Deal is open, and {facts.stage_name} {mode}")


def refusal(blocking: list[Check], first_name: str) -> str:
    """One sentence for somebody who tries anyway."""
    titles = joined([check.title for check in blocking])
    return f"{first_name} can’t be invited yet: {titles}. {blocking[0].reason}".strip()
