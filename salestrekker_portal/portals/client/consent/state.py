"""What a client is given to read before anything is collected."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.portal_access.consent import Reading, give_consent, profile_comes_first, to_read
from salestrekker_portal.kernel.wording import said_in
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import ClientState
from salestrekker_portal.tables.access import Portal

IN_SHORT = {
    "privacy_disclosure": [
        "We collect what a lender needs to decide on a loan: who you are, what you earn, own, owe and spend.",
        "Your broker’s team can see it. A lender sees it only when you apply.",
        "You can see who opened your file, at any time, under Privacy.",
    ],
    "credit_guide": [
        "Who we are, what we may help you with, and how we are paid.",
        "We must act in your best interests.",
        "If something goes wrong you can complain for free, to us first and then to the ombudsman.",
    ],
    "acknowledgement_and_declaration": [
        "What you tell us is true and complete as far as you know.",
        "You agree that we use it to arrange a loan for you.",
    ],
    "adviser_guide": [
        "Who your adviser is, what they may advise you on, and how they are paid.",
        "How to complain, and who decides when we can’t agree.",
    ],
    "roma": ["The record of the advice that you asked for and what it covers."],
}


class ReadingRow(TypedDict):
    """One document on the screen."""

    key: str
    name: str
    version: str
    href: str
    short: list[str]
    # The name inside a sentence.
    said: str


class ConsentState(ClientState, rx.State):
    """The documents, and what to say instead when there is nothing to agree to yet."""

    readings: list[ReadingRow] = []
    title: str = ""
    ready: bool = False

    @rx.event
    @allow(Portal.CLIENT, before_consent=True)
    async def load(self):
        """Show the versions that hold now; somebody who has agreed already goes on."""
        async with self._looking() as (session, actor):
            if actor.consented:
                # Also the tab that has just agreed and hears of it live: both ways on have to be the same.
                return await _way_on(session, actor)
            self.readings = [_row(each, actor.country) for each in await to_read(session, actor)]
        words = {1: "One thing to read before you start", 2: "Two things to read before you start"}
        self.title = words.get(len(self.readings), f"{len(self.readings)} things to read before you start")
        self.ready = True

    @rx.event
    @allow(Portal.CLIENT, before_consent=True)
    @once
    async def agree(self):
        """Agree to exactly what is on the screen."""
        # What this very tab has shown: a paper that was added meanwhile is refused, not agreed to unread.
        keys = [row["key"] for row in self.readings]
        async with self._acting() as (session, actor):
            await give_consent(session, actor, keys, address=self._from_address())
            return await _way_on(session, actor)


async def _way_on(session: ReadSession, actor: Actor):
    return rx.redirect("/portal/profile" if await profile_comes_first(session, actor) else "/portal")


def _row(reading: Reading, country: str) -> ReadingRow:
    return ReadingRow(
        key=reading.key,
        name=reading.name,
        version=f"Version {reading.version.removeprefix('v')}" if reading.version else "",
        href=reading.url or f"/files/{reading.document_id}?view=1",
        # Ours are about our papers: over somebody's own page nobody wrote a summary.
        short=[] if reading.url else [said_in(country, line) for line in IN_SHORT.get(reading.slot, [])],
        said=reading.name if reading.name.isupper() else reading.name[:1].lower() + reading.name[1:],
    )
