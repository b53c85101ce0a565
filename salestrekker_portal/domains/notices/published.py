"""What other programs may hear of: from the kind of an activity to the name of the event. Pure data.

Names are a promise to other people's programs: more may come, none is renamed.
"""

PUBLISHED: dict[str, str] = {
    "deal:added": "deal.added",
    "deal:moved": "deal.moved",
    "deal:settled": "deal.settled",
    "deal:archived": "deal.archived",
    "deal:restored": "deal.restored",
    "referral:added": "lead.added",
    "portal_access:granted": "client.invited",
    "portal_access:revoked": "client.access_ended",
    "profile:submitted": "fact_find.submitted",
    "document:uploaded": "document.added",
}
EVENT_WORDS: dict[str, str] = {
    "deal.added": "A deal was added",
    "deal.moved": "A deal moved to another stage",
    "deal.settled": "A deal settled",
    "deal.archived": "A deal was archived",
    "deal.restored": "A deal was restored",
    "lead.added": "A partner referred somebody",
    "client.invited": "A client was invited",
    "client.access_ended": "A client’s access ended",
    "fact_find.submitted": "A client submitted their fact find",
    "document.added": "A document arrived",
}
# The facts of an activity that leave with it: words of the firm's own, never of or about a person.
TOLD: dict[str, tuple[str, ...]] = {"deal.moved": ("from_stage", "to_stage")}
