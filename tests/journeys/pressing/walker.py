"""Walks through screens, finds every button that acts, and presses each once, twice and three times from one state.

What a press does is read from the database. More presses in one go must do exactly what one does, and be answered
the same: no refusal, no second row of anything, no second message.
"""

import os
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Error, Page

from tests.journeys.pressing.buttons import Target, forget, listen, place, sent, settle, short, targets
from tests.journeys.pressing.filling import Filler
from tests.journeys.pressing.rewind import Effect, Rewind

DEEPEST = 5
# Rows of a list have the same buttons: so many of the same words and handlers are looked at.
ALIKE = 2
# Rows whose buttons name them ("Switch off Dev Patel") call one handler: so many of them are pressed.
MOST_OF_ONE = 3
NOISY = bool(os.environ.get("TEST_WALK_ALOUD"))
Chain = tuple[Target, ...]


@dataclass
class Seen:
    """What a press came to."""

    effect: Effect
    sent: set[str]
    refused: tuple[str, ...]
    told: tuple[str, ...]
    where: str

    @property
    def did_something(self) -> bool:
        """More than that it was pressed."""
        return bool(set(self.effect) - {"intentions", "throttles"})

    def same(self, other: "Seen") -> bool:
        return (self.effect, self.refused, bool(self.told)) == (other.effect, other.refused, bool(other.told))


@dataclass
class Walk:
    """One person's screens on one server; `faults` and `carried` are what came of it."""

    browser: object
    url: str
    cookies: list
    rewind: Rewind
    once: set[str]
    acting: set[str]
    password: str = ""
    clicks: tuple[int, ...] = (2, 3)
    width: int = 1280
    faults: list[str] = field(default_factory=list)
    # Handlers (and "POST /path") that were pressed with an effect; those that were refused; what couldn't be pressed.
    carried: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    presses: int = 0
    _met: Counter = field(default_factory=Counter)
    _filler: Filler | None = None

    def screen(self, path: str) -> None:
        """Everything that can be reached from this address without leaving it."""
        todo: deque[Chain] = deque([()])
        while todo:
            chain = todo.popleft()
            began = time.monotonic()
            with self._page(path, chain) as page:
                found = [] if page is None else self._new(targets(page), chain)
            for target in found:
                if self._acts(target):
                    todo.extend(self._try(path, chain, target))
                elif len(chain) < DEEPEST and self._opens(target):
                    todo.append((*chain, target))
            self._say(f"{path} {[t.label for t in chain]}: {len(found)} new, {time.monotonic() - began:.1f} s")

    def _acts(self, target: Target) -> bool:
        return any(event in self.once for event in target.events)

    def _opens(self, target: Target) -> bool:
        """What acts and may be repeated is no way to anywhere; nor is what closes."""
        acts = any(event in self.acting or event.startswith("POST ") for event in target.events)
        return not acts and target.label.lower() not in CLOSING

    def _new(self, found: list[Target], chain: Chain) -> list[Target]:
        fresh = []
        for target in found:
            if not target.events and target.tag != "SUMMARY":
                continue
            acts = self._acts(target)
            alike = (target.tag, target.events, target.label if target.tag == "SUMMARY" or acts else "")
            handlers = ("handlers", target.events)
            if self._met[alike] >= (1 if acts else ALIKE) or (acts and self._met[handlers] >= MOST_OF_ONE):
                continue
            self._met.update((alike, handlers))
            fresh.append(target)
        return fresh

    def _page(self, path: str, chain: Chain):
        return _Opened(self, path, chain)

    def _try(self, path: str, chain: Chain, target: Target) -> Iterator[Chain]:
        """Press it once, and then more often; the chains that the first press opened up."""
        once, after = self._press(path, chain, target, 1)
        names = [event for event in target.events if event in self.once]
        if once is None:
            for name in names:
                self.refused.setdefault(name, f"{path} {target.short}: could not be pressed")
            return
        if not once.did_something or once.refused:
            for name in names:
                self.refused.setdefault(name, f"{path} {target.short}: {once.refused or 'no effect'}")
        else:
            self.carried.update(names)
            self._say(f"   carried {names_of(set(names))}: {once.effect}")
        for clicks in self.clicks:
            self._compare(path, chain, target, clicks, once)
        if len(chain) < DEEPEST and once.did_something:
            for each in after:
                if self._acts(each):
                    yield from self._try(path, (*chain, target), each)
                elif self._opens(each):
                    yield (*chain, target, each)

    def _compare(self, path: str, chain: Chain, target: Target, clicks: int, once: Seen) -> None:
        more, _ = self._press(path, chain, target, clicks)
        if more is not None and more.same(once):
            return
        # A busy machine may be late with what follows a press: look once more, and longer.
        once, _ = self._press(path, chain, target, 1, still=1_500)
        more, _ = self._press(path, chain, target, clicks, still=1_500)
        if once is not None and (more is None or not more.same(once)):
            self.faults.append(f"{path} {[t.label for t in chain]} {target.short}: once {once}; {clicks} clicks {more}")
            self._say(self.faults[-1])

    def _press(self, path: str, chain: Chain, target: Target, clicks: int, *, still: int = 200):
        """What it came to, and what can be pressed only since then. None when the button isn't there."""
        self.presses += 1
        with self._page(path, chain) as page:
            if page is None:
                return None, []
            before = {each.name for each in targets(page)}
            try:
                button = place(page, target)
                self._filler.fill(button)
                settle(page, 200)
                self.rewind.keep_before()
                forget(page)
                place(page, target).click(click_count=clicks, timeout=4_000)
                settle(page, max(still, 350))
                effect = self._effect(page, still)
                after = [each for each in self._new(_safely(page), (*chain, target)) if each.name not in before]
                return Seen(effect, sent(page), *_words(page), page.url), after if clicks == 1 else []
            except (Error, LookupError) as error:
                self._say(f"   {target.short}: {str(error)[:200]}")
                return None, []

    def _effect(self, page: Page, still: int) -> Effect:
        """Read until it stays the same: the worker tells people of it a moment later."""
        before = None
        for _ in range(12):
            now = self.rewind.effect()
            if now == before:
                break
            before = now
            page.wait_for_timeout(max(still, 220))
        return now

    def _say(self, words: str) -> None:
        if NOISY:
            print(words, flush=True)


CLOSING = {"close", "cancel", "close this notice", "back", "discard", "keep", "not now"}


class _Opened:
    """A page at the start of everything, with a chain of buttons pressed on it; None when one isn't there."""

    def __init__(self, walk: Walk, path: str, chain: Chain) -> None:
        self.walk, self.path, self.chain = walk, path, chain

    def __enter__(self) -> Page | None:
        walk = self.walk
        walk.rewind.to_start()
        walk._filler = Filler(walk.acting, walk.password)
        self.context = walk.browser.new_context(
            base_url=walk.url, viewport={"width": walk.width, "height": 1000}, storage_state={"cookies": walk.cookies}
        )
        page = self.context.new_page()
        listen(page)
        page.goto(self.path)
        settle(page, 220)
        for target in self.chain:
            try:
                button = place(page, target)
                if walk._acts(target):
                    walk._filler.fill(button)
                    settle(page, 200)
                place(page, target).click(timeout=4_000)
            except (Error, LookupError):
                return None
            settle(page, 200)
        return page

    def __exit__(self, *_: object) -> None:
        self.context.close()


def _safely(page: Page) -> list[Target]:
    try:
        return targets(page)
    except Error:
        return []


def _words(page: Page) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The refusals and the notices that are on the page."""
    texts = "(nodes) => nodes.filter((n) => n.checkVisibility() && n.innerText.trim()).map((n) => n.innerText.trim())"
    bad = page.eval_on_selector_all(".toast.is-bad, .field-error, [role=alert]", texts)
    good = page.eval_on_selector_all(".toast.is-ok", texts)
    return tuple(sorted(set(bad))), tuple(sorted(set(good)))


def names_of(handlers: set[str]) -> list[str]:
    return sorted(short(each) for each in handlers)
