"""What a tab is about, and how everything in it starts afresh when that changes.

An address is about a deal, or about itself; the pages of one deal, and those of the client portal, are about one
thing. When a tab arrives somewhere else, every State goes back to its defaults before anything is sent: no drawer
stays open over the next deal, and nothing of the one before stands under its name, for a moment even.
"""

import copy
from typing import Any

import reflex as rx

_AROUND: set[str] = set()


class AboutSomething(rx.State, mixin=True):
    """A State whose fields belong to what the page is about."""

    def _begin(self, *names: str) -> None:
        """Back to the defaults: the fields named, or all of its own. Only what differs is sent."""
        for name in names or own_fields(type(self)):
            fresh = type(self).__fields__[name].default_value()
            if getattr(self, name) != fresh:
                setattr(self, name, copy.deepcopy(fresh))


def own_fields(cls: type) -> list[str]:
    """The fields of a State that aren't Reflex's."""
    return [name for name, each in cls.__fields__.items() if each._owner is cls and not name.startswith("router")]


def stands_around(cls: type) -> type:
    """Mark the State of a frame that every page has: it is about whoever is signed in, not about the page."""
    _AROUND.add(cls.get_full_name())
    return cls


def place_of(path: str) -> str:
    """What an address is about: /deals/<id>/notes is about "deals/<id>", /portal/profile/x about "portal"."""
    parts = [part for part in path.split("/") if part]
    if parts[:1] == ["portal"]:
        return "portal"
    if parts[:1] == ["deals"]:
        return "/".join(parts[:2])
    return "/".join(parts)


class TabAbout(rx.State):
    """What this tab shows now. Backend only."""

    _place: str = ""


def states_about() -> list[type]:
    """Every State that starts afresh with its page, by name."""
    return [cls for cls in everything_about() if cls.get_full_name() not in _AROUND]


def everything_about() -> list[type]:
    """Those, and the States of what stands around."""
    ours = [cls for cls in rx.State.get_substates() if issubclass(cls, AboutSomething)]
    return sorted(ours, key=lambda cls: cls.get_full_name())


async def arrive(state: Any) -> None:
    """The tab has come to the address of its router."""
    about = await state.get_state(TabAbout)
    place = place_of(state.router.url.path)
    if place == about._place:
        return
    for cls in states_about():
        (await state.get_state(cls))._begin()
    about._place = place
