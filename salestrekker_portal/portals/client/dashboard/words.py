"""The dashboard's words for its greeting and the one next step, for its event and for the page's first answer."""

from collections.abc import Sequence
from typing import TypedDict

from salestrekker_portal.domains.fact_find.looking_again import LookAgain
from salestrekker_portal.domains.fact_find.promise import minutes_promised
from salestrekker_portal.domains.portal_access.home import BESIDE_THE_LOAN, TO_DO, Home
from salestrekker_portal.domains.questions.flows import loan_words
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.kernel.text import counted, joined
from salestrekker_portal.portals.client.dashboard.bank import BankWords
from salestrekker_portal.tables.deals import ApplicantRole


class NextStep(TypedDict):
    """The one thing to do now. Without `to` there is nothing to press."""

    eyebrow: str
    title: str
    text: str
    label: str
    to: str


def hello_words(home: Home, zone: str) -> str:
    """By the clock of the client's country."""
    hour = local(utc_now(), zone).hour
    part = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    return f"Good {part}, {home.first_name}"


def about_words(home: Home) -> str:
    return loan_of_whom(home.deal.loan_kind, home.role, [contact.called for contact in home.co_borrowers])


def loan_of_whom(loan_kind: str, role: ApplicantRole, co_borrowers: Sequence[str]) -> str:
    """ "Your home loan with Tāne", or to somebody who is no borrower whose it is."""
    loan, others = loan_words(loan_kind), joined(list(co_borrowers))
    if role in BESIDE_THE_LOAN and others:
        theirs = f"The {loan} of {others}"
        return theirs if role is ApplicantRole.NON_BORROWING_SPOUSE else f"{theirs}, which you would guarantee"
    return f"Your {loan}" + (f" with {others}" if others else "")


def profile_words(home: Home) -> tuple[bool, str, str, int]:
    """Whether the progress of the profile is shown, whose it is, what stands below it, and the percent."""
    note = f"When it is complete, {home.owner.first_name} checks it and gets in touch."
    whose = "Your profile" if home.inside == 1 else "Everybody’s answers together"
    return home.access.submitted_at is None and home.may_edit, whose, note, home.deal.profile_pct


# What somebody tells whose part in the deal asks for less than a whole life.
_TELLS = {
    ApplicantRole.SECURITY_GUARANTOR: "Who you are, the property that you offer, and what is owed on it.",
    ApplicantRole.NON_BORROWING_SPOUSE: "Who you are, and what your household spends.",
    ApplicantRole.TRUSTEE: "Who you are.",
}
_TELLS_ALL = "Who you are, what you earn, own, owe and spend."


def _takes(home: Home) -> str:
    """ " About 21 minutes.", as the profile says it. What is left once they have begun is another number for each who
    is in the deal, and takes all answers to know: the profile says that, and here stands how far everybody is."""
    if home.deal.profile_pct:
        return ""
    country, flow = home.organisation.country, home.access.section_ids
    minutes = minutes_promised(country, home.deal.loan_kind, flow, role=home.role, also_for=home.also_for)
    return f" About {counted(minutes, 'minute')}." if minutes else ""


def _look_again(asked: Sequence[LookAgain]) -> NextStep:
    """What was sent back comes before all else: somebody waits for it."""
    first, more = asked[0], len(asked) - 1
    then = f" After that, {counted(more, 'section')} more." if more else ""
    whose = f"?of={first.subject}" if first.subject else ""
    return NextStep(
        eyebrow="Your next step",
        title=f"Look at “{first.title}” again",
        text=f"{first.by} asks: {first.note}{then}",
        label="Look at it",
        to=f"/portal/profile/{first.section_id}{whose}",
    )


def _send_again(home: Home) -> NextStep:
    """What was handed in is no longer what stands there: the check says the rest, and sends it."""
    sent = max(home.access.submissions, 1)
    return NextStep(
        eyebrow="Your next step",
        title="Your answers changed since you sent them",
        text=f"{home.owner.first_name} has version {sent}. Look over what is there now, then send it again as version "
        f"{sent + 1}.",
        label="Check and send again",
        to="/portal/profile/review",
    )


def next_step(home: Home, first_name: str, bank: BankWords, *, changed: bool = False) -> NextStep:
    """The fact find, the bank, documents, then nothing: nobody is left wondering whose move it is. `changed`: something
    is new since they handed in their profile."""
    broker = home.owner.first_name
    waiting = [request for request in home.requests if request.state in TO_DO]
    if home.look_again:
        return _look_again(home.look_again)
    if changed:
        return _send_again(home)
    if home.may_edit and home.access.submitted_at is None:
        started = home.began or (home.inside == 1 and home.deal.profile_pct > 0)
        return NextStep(
            eyebrow="Your next step",
            title="Continue your profile" if started else "Tell us about you",
            text=f"{_TELLS.get(home.role, _TELLS_ALL)}{_takes(home)} What you type is saved as you go.",
            label="Continue your profile" if started else "Start your profile",
            to="/portal/profile",
        )
    if bank["to_do"]:
        return NextStep(
            eyebrow="Your next step",
            title=bank["title"],
            text="Connect your bank and they arrive by themselves, or upload them.",
            label="Go to bank statements",
            to="/portal/documents#bank",
        )
    if waiting:
        some = "1 document" if len(waiting) == 1 else f"{len(waiting)} documents"
        return NextStep(
            eyebrow="Your next step",
            title=f"Send {some}",
            text=f"{broker} needs {'it' if len(waiting) == 1 else 'them'} for your application. A photo will do.",
            label="Send documents",
            to="/portal/documents",
        )
    return NextStep(
        eyebrow="Nothing to do right now",
        title=f"It’s {broker}’s move",
        text=f"You have done everything we asked for, {first_name}. We’ll tell you when there is something new.",
        label="",
        to="",
    )
