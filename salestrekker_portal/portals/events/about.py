"""What a tab is about, and how everything in it starts afresh when that changes.

An address is about a deal, or about itself; the pages of one deal, and those of the client portal, are about one
thing. When a tab arrives somewhere else, every State goes back to its defaults before anything is sent: no drawer
stays open over the next deal, and nothing of the one before stands under its name, for a moment even. What the page
before still had to do needs what was in it: that is set aside here, and used in `aside.py`.
"""

import copy
from typing import Any

import reflex as rx

_AROUND: set[str] = set()

# How many parts of an address say what it is about, by the first of them; elsewhere all do. Told to the browser too.
SUBJECTS = {"portal": 1, "deals": 2}


class AboutSomething(rx.State, mixin=True):
    """A State whose fields belong to what the page is about."""

    def _begin(self, *names: str) -> None:
        """Back to the defaults: the fields named, or all of its own. Only what differs is sent."""
        for name in names or own_fields(type(self)):
            fresh = type(self).__fields__[name].default_value()
            if getattr(self, name) != fresh:
                # A copy: the default is one object for all tabs, and a list in it would fill up with somebody's rows.
                setattr(self, name, copy.deepcopy(fresh))

    def _contents(self) -> dict[str, Any]:
        """What differs from the defaults, by field, as it is."""
        found = {}
        for name in own_fields(type(self)):
            value = getattr(self, name)
            if value != type(self).__fields__[name].default_value():
                found[name] = getattr(value, "__wrapped__", value)  # without Reflex's watcher
        return found

    def _resume(self, contents: dict[str, Any]) -> None:
        """The opposite of `_contents`, on a State at its defaults."""
        for name, value in contents.items():
            setattr(self, name, value)


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
    return "/".join(parts[: SUBJECTS.get(parts[0], len(parts))] if parts else [])


# Pages that were left, whose contents are kept for what they still have to do; and those that are known by name.
KEPT_PAGES, KNOWN_PAGES = 2, 20

Contents = dict[str, dict[str, Any]]


class TabAbout(rx.State):
    """What this tab shows now."""

    # The same as `_place`, for the browser: until it hears of the place that it has gone to, it covers the one before.
    shows: str = ""
    _place: str = ""
    # How it was last called for: the framework's own words about an address.
    _router: dict[str, Any] = {}
    # What the tab showed before, oldest first: by place the contents of every State, by name; None when too long ago.
    _left: dict[str, Contents | None] = {}


def states_about() -> list[type]:
    """Every State that starts afresh with its page, by name."""
    return [cls for cls in everything_about() if is_about_its_page(cls)]


def is_about_its_page(cls: type) -> bool:
    """Whether a State starts afresh with its page."""
    return issubclass(cls, AboutSomething) and cls.get_full_name() not in _AROUND


def everything_about() -> list[type]:
    """Those, and the States of what stands around."""
    ours = [cls for cls in rx.State.get_substates() if issubclass(cls, AboutSomething)]
    return sorted(ours, key=lambda cls: cls.get_full_name())


async def arrive(state: Any) -> None:
    """The tab has come to the address of its router."""
    about = await state.get_state(TabAbout)
    place = place_of(state.router.url.path)
    # Kept even when nothing changes: the query of the address may be another (a panel that is open, a filter).
    about._router = dict(state.router_data)
    if place == about._place:
        return
    contents: Contents = {}
    for cls in states_about():
        each = await state.get_state(cls)
        contents[cls.get_full_name()] = each._contents()
        each._begin()
    left = {name: kept for name, kept in about._left.items() if name not in (place, about._place)}
    about._left = _last_of({**left, about._place: {name: each for name, each in contents.items() if each}})
    about._place = about.shows = place


def _last_of(left: dict[str, Contents | None]) -> dict[str, Contents | None]:
    """The last pages, and what was in the very last of them."""
    last = list(left.items())[-KNOWN_PAGES:]
    return {name: kept if at >= len(last) - KEPT_PAGES else None for at, (name, kept) in enumerate(last)}
