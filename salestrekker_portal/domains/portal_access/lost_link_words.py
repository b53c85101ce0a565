"""What a client reads who lost their link: the links that work, of one firm, in one message."""

from dataclasses import dataclass

from salestrekker_portal.domains.outbox.service import Content
from salestrekker_portal.domains.portal_access.messages import People, greeting, pin_kept, proof, sender_of, signed
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.tables.portal_access import PortalAccess


@dataclass(frozen=True, kw_only=True)
class WayIn:
    """One client's way into one deal, with the address that was invited, and that of the link."""

    access: PortalAccess
    people: People
    email: str
    link: str


def lost_link(ways: list[WayIn]) -> Content:
    """All of one firm's that one address was invited to, the newest first. A single one gets a button."""
    people, several = ways[0].people, len(ways) > 1
    hello = joined(list(dict.fromkeys(way.people.greeted for way in ways)))
    one_owner = len({way.people.owner.id for way in ways}) == 1
    here = "links. Here they are again, one for each application" if several else "link. Here it is again"
    return Content(
        sender=sender_of(people) if one_owner else people.organisation.name,
        firm=people.organisation.name,
        reply_to=people.owner.email,
        subject=f"Your {'links' if several else 'link'} to {people.organisation.name}",
        paragraphs=[
            f"{greeting(people)} {hello},",
            f"You, or somebody who typed your e-mail or mobile, asked for your {here}. What you typed is still there.",
            *([f"{_application(way)}:\n{way.link}" for way in ways] if several else []),
            pin_kept(people),
            "You didn’t ask? Then do nothing: this e-mail went to you only, and without the PIN it opens nothing.",
            signed(people),
            proof(),
        ],
        link_label="" if several else "Open my page",
        link="" if several else ways[0].link,
    )


def _application(way: WayIn) -> str:
    """Which application it is, in what its client may know of it: deals' own names are the team's."""
    people = way.people
    others = f", with {joined(list(people.others))}" if people.others else ""
    return f"{people.called}’s application {people.deal.reference}{others}"
