"""Enums, permissions and tables agree with each other."""

from salestrekker_portal.domains.access.permissions import (
    CLIENT_GRANTS,
    PARTNER_GRANTS,
    REFUSALS,
    STAFF_GRANTS,
    Permission,
)
from salestrekker_portal.tables.organisations import Role
from salestrekker_portal.tables.registry import metadata


def test_every_permission_has_its_refusal_and_someone_who_holds_it():
    held = set().union(*STAFF_GRANTS.values(), CLIENT_GRANTS, PARTNER_GRANTS)
    for permission in Permission:
        assert REFUSALS[permission].endswith("."), permission
        assert permission in held, permission


def test_permissions_are_in_order():
    names = [permission.name for permission in Permission]
    assert names == sorted(names)


def test_an_assistant_never_decides_for_the_outside():
    outside = {Permission.DEAL_SHARE, Permission.DEAL_SETTLE, Permission.DOCUMENT_SHARE, Permission.NOTE_SHARE}
    assert not outside & STAFF_GRANTS[Role.ASSISTANT]
    assert outside <= STAFF_GRANTS[Role.BROKER]


def test_every_foreign_key_and_owner_column_can_be_searched():
    """A table that belongs to a deal or a person is always asked for by it."""
    for table in metadata.tables.values():
        for name in ("deal_id", "access_id"):
            if name in table.columns:
                led = {next(iter(index.columns)).name for index in table.indexes}
                led |= {next(iter(key.columns)).name for key in table.constraints if len(key.columns)}
                assert name in led, f"{table.name}.{name} leads no index"
