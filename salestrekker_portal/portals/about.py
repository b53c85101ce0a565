"""What a tab is about, and how everything in it starts afresh when that changes.

An address is about a deal, or about itself; the pages of one deal, and those of the client portal, are about one
thing. When a tab arrives somewhere else, every State goes back to its defaults: those that the new page loads as
they load, so that nothing flickers, and all others at once, so that no drawer stays open over the next deal.
"""

import copy
from typing import Any

import reflex as rx

from salestrekker_portal.portals.pages import REGISTRY

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


def loads_at(path: str) -> list[Any]:
    """What the page at an address loads by; nothing for no page. A name counts for more than a variable part."""
    parts = path.strip("/").split("/")
    fitting = []
    for route, each in REGISTRY.items():
        wanted = route.strip("/").split("/")
        pairs = list(zip(wanted, parts, strict=False))
        if len(wanted) == len(parts) and all(name == part or name.startswith("[") for name, part in pairs):
            fitting.append((sum(name == part for name, part in pairs), each))
    return max(fitting, key=lambda pair: pair[0])[1].on_load if fitting else []


class TabAbout(rx.State):
    """What this tab shows now, and which States have yet to start afresh there. Backend only."""

    _place: str = ""
    _waiting: list[str] = []


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
    loading = {handler.state for handler in loads_at(state.router.url.path)}
    waiting = []
    for cls in states_about():
        if cls in loading:
            waiting.append(cls.get_full_name())
        else:
            (await state.get_state(cls))._begin()
    about._place, about._waiting = place, waiting


async def before(state: Any, cls: type) -> None:
    """An event of the State `cls` comes: it starts afresh if it has to."""
    if not issubclass(cls, AboutSomething):
        return
    about = await state.get_state(TabAbout)
    name = cls.get_full_name()
    if name in about._waiting:
        about._waiting = [each for each in about._waiting if each != name]
        (await state.get_state(cls))._begin()
