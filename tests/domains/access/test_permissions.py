"""Who may do what, written down a second time, by person: a slip in the one table is seen here."""

from dataclasses import replace

import pytest

from salestrekker_portal.domains.access.actor import demand
from salestrekker_portal.domains.access.permissions import REFUSALS, Permission, permissions_of
from salestrekker_portal.domains.access.previews import Preview
from salestrekker_portal.kernel.errors import NotPermitted
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Role
from tests.cast import Cast

# deed: admin, broker, assistant, client, partner, a preview of a client
MAY = {
    "contact:read": "admin broker assistant",
    "contact:write": "admin broker assistant",
    "deal:add": "admin broker assistant",
    "deal:move": "admin broker assistant",
    "deal:read": "admin broker assistant client partner preview",
    "deal:settle": "admin broker",
    "deal:share": "admin broker",
    "deal:write": "admin broker assistant",
    "document:read": "admin broker assistant client partner preview",
    "document:review": "admin broker assistant",
    "document:share": "admin broker",
    "document:upload": "admin broker assistant client partner",
    "letter:send": "admin broker",
    "note:share": "admin broker",
    "note:write": "admin broker assistant client partner",
    "organisation:manage": "admin",
    "partner:manage": "admin broker",
    "profile:read": "admin broker assistant client preview",
    "profile:write": "admin broker assistant client",
    "referral:add": "partner",
    "request:manage": "admin broker assistant",
}


def people(cast: Cast) -> dict:
    """One of each kind."""
    look = Preview(deal_id=new_id(), contact_id=new_id(), by_id=new_id(), by_name="Alice", opened_by=new_id())
    return {
        "admin": cast.alice, "broker": replace(cast.alice, role=Role.BROKER), "assistant": cast.bob,
        "client": cast.kim, "partner": cast.priya, "preview": replace(cast.kim, preview=look),
    }  # fmt: skip


async def test_each_may_what_is_theirs_and_everybody_else_is_told_why_not(sqlite, cast):
    assert set(MAY) == set(Permission)
    for name, actor in people(cast).items():
        for permission in Permission:
            if name in MAY[permission].split():
                demand(actor, permission)
                continue
            with pytest.raises(NotPermitted) as refused:
                demand(actor, permission)
            assert refused.value.message == REFUSALS[permission], f"{name} {permission}"


def test_staff_without_a_role_may_nothing():
    assert permissions_of(Portal.BROKER, None) == frozenset()


async def test_each_is_in_one_portal(sqlite, cast):
    for name, (staff, client, partner) in {
        "admin": (True, False, False), "client": (False, True, False), "partner": (False, False, True),
        "preview": (False, True, False),
    }.items():  # fmt: skip
        actor = people(cast)[name]
        assert (actor.is_staff, actor.is_client, actor.is_partner) == (staff, client, partner)
        assert actor.is_preview is (name == "preview")
        # Only clients are asked to agree, and kept apart from each other.
        assert actor.consented and not actor.sees_other_applicants
