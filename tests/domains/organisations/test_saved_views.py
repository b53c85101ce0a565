"""Views are one's own until they are shared; a colleague's is not changed by others, nor by another firm."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.organisations import saved_views as views
from salestrekker_portal.kernel.errors import Faster, Invalid, NotFound, NotPermitted
from tests.cast import Cast


async def _kept(cast: Cast, who, **typed: str):
    async with transaction() as session:
        return await views.add_view(session, who, "owner=me", {"name": "Mine", **typed})


async def _names(who) -> list[str]:
    async with reading() as session:
        return [view.name for view in await views.views_for(session, who)]


async def test_ones_own_until_it_is_shared(database, cast: Cast) -> None:
    await _kept(cast, cast.bob)
    await _kept(cast, cast.bob, name="All", shared="on")
    assert await _names(cast.bob) == ["All", "Mine"]
    assert await _names(cast.alice) == ["All"] and await _names(cast.mallory) == []


async def test_only_its_maker_or_an_admin_changes_it(database, cast: Cast) -> None:
    shared, own = await _kept(cast, cast.alice, shared="on"), await _kept(cast, cast.alice)
    for who, view, why in (
        (cast.bob, shared, NotPermitted), (cast.bob, own, NotFound), (cast.mallory, shared, NotFound),
    ):  # fmt: skip
        with pytest.raises(why):
            async with transaction() as session:
                await views.change_view(session, who, view.id, {"name": "Theirs"}, {})
        with pytest.raises(why):
            async with transaction() as session:
                await views.delete_view(session, who, view.id)
    theirs, secret = await _kept(cast, cast.bob, shared="on"), await _kept(cast, cast.bob)
    async with transaction() as session:
        await views.change_view(session, cast.alice, theirs.id, {"name": "The firm’s", "shared": "on"}, {})
        with pytest.raises(NotFound):
            await views.delete_view(session, cast.alice, secret.id)
    assert "The firm’s" in await _names(cast.bob)
    for who in (cast.kim, cast.priya):
        with pytest.raises(NotPermitted):
            async with transaction() as session:
                await views.add_view(session, who, "", {"name": "No"})


async def test_renamed_deleted_and_put_back(database, cast: Cast) -> None:
    view = await _kept(cast, cast.bob)
    shown = views.view_form(view)
    async with transaction() as session:
        await views.change_view(session, cast.bob, view.id, {"name": "Ours", "shared": "on"}, shown)
    assert await _names(cast.alice) == ["Ours"]
    with pytest.raises(Faster):
        async with transaction() as session:
            await views.change_view(session, cast.bob, view.id, {"name": "Other", "shared": ""}, shown)
    async with transaction() as session:
        await views.delete_view(session, cast.bob, view.id)
    assert await _names(cast.bob) == await _names(cast.alice) == []
    async with transaction() as session:
        await views.put_back_view(session, cast.bob, view.id)
    assert await _names(cast.bob) == ["Ours"]
    with pytest.raises(NotFound):
        async with transaction() as session:
            await views.put_back_view(session, cast.bob, view.id)


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
async def test_a_bad_name_is_refused(sqlite, cast: Cast, name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        await _kept(cast, cast.bob, name=name)
    assert "name" in refusal.value.errors
