"""Keys of programs: an admin's to make and end, for no more than was ticked and its maker may do."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.api_tokens import service
from salestrekker_portal.domains.api_tokens.bearers import actor_with
from salestrekker_portal.domains.api_tokens.scopes import SCOPE_WORDS, TokenScope, checked_scopes, permissions_in
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted


async def made(actor, name: object = "Website", scopes=tuple(TokenScope)) -> tuple:
    async with transaction() as session:
        return await service.make_token(session, actor, name=name, scopes=list(scopes))


async def test_a_key_may_what_was_ticked_and_nothing_else(database, cast):
    _, secret = await made(cast.alice, scopes=[TokenScope.DEALS_READ])
    async with reading() as session:
        program = await actor_with(session, secret)
    assert program.permissions == {Permission.DEAL_READ} and program.organisation_id == cast.firm.id
    assert not program.may(Permission.ORGANISATION_MANAGE), "a key makes no keys"


async def test_only_an_admin_of_the_firm_makes_sees_and_ends_keys(sqlite, cast):
    key, secret = await made(cast.alice)
    for stranger in (cast.bob, cast.kim, cast.priya):
        with pytest.raises(NotPermitted):
            await made(stranger)
        with pytest.raises(NotPermitted):
            async with transaction() as session:
                await service.end_token(session, stranger, key)
    with pytest.raises(NotFound):
        async with transaction() as session:
            await service.end_token(session, cast.mallory, key)
    async with reading() as session:
        assert await service.tokens_of(session, cast.mallory) == []
        assert await actor_with(session, secret) is not None


async def test_what_is_wrong_is_said_for_each_field_and_there_are_twenty_at_most(sqlite, cast):
    with pytest.raises(Invalid) as refusal:
        await made(cast.alice, " ", [])
    assert set(refusal.value.errors) == {"name", "scopes"}
    with pytest.raises(Invalid, match="at most 80"):
        await made(cast.alice, "w" * 81)
    for number in range(service.MOST_TOKENS):
        await made(cast.alice, f"Program {number}")
    with pytest.raises(Conflict, match="End one"):
        await made(cast.alice)


def test_scopes_are_known_ones_and_each_has_its_words():
    assert set(SCOPE_WORDS) == set(TokenScope)
    assert checked_scopes(["leads:write", "deals:read", "deals:read"]) == [
        TokenScope.DEALS_READ,
        TokenScope.LEADS_WRITE,
    ]
    for raw in ([], ["deals:write"], ["deals:read", "passports:read"], [None]):
        with pytest.raises(Invalid):
            checked_scopes(raw)
    assert permissions_in(["deals:read", "of an older version"]) == {Permission.DEAL_READ}
