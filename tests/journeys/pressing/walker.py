"""Walks through screens, finds every button that acts, and presses each once, twice and three times from one state.

What a press does is read from the database. More presses in one go must do exactly what one does, and be answered
the same: no refusal, no second row of anything, no second message.
"""

import os
import re
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Error, Page

from tests.journeys.pressing.buttons import Target, short, targets
from tests.journeys.pressing.rewind import Effect, Rewind
from tests.journeys.pressing.stage import Stage

DEEPEST = 5
# Rows of a list have the same buttons: so many that open the same are looked into on a screen, and in all.
ALIKE, ALIKE_IN_ALL = 2, 4
# One handler from buttons that begin with the same word ("Renew for Ann"): one that was carried out is enough, and so
# many are tried until then. Of one handler whatever the words ("Car loan", "Lease"), so many that were carried out.
TRIES, ENOUGH = 6, 2
# A file for what is walked, as it happens.
NOISY = os.environ.get("TEST_WALK_ALOUD", "")
LONGER_MS = 1_200
CLOSING = {"close", "cancel", "close this notice", "back", "discard", "keep", "not now"}
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
TOKEN = re.compile(r"[\w-]{20,}")
Chain = tuple[Target, ...]


@dataclass
class Seen:
    """What a press came to."""

    effect: Effect
    refused: tuple[str, ...]
    told: int
    where: str
    dialogs: int

    @property
    def did_something(self) -> bool:
        """More than that it was pressed."""
        return bool(set(self.effect) - {"intentions", "throttles"})


@dataclass(frozen=True)
class Pressed:
    """A line of the table: where, which button, which handlers, what one click wrote, and what more clicks came to."""

    path: str
    label: str
    handlers: str
    effect: str
    more: str


@dataclass
class Walk:
    """One person's screens on one server; `faults`, `carried` and `lines` are what came of it.

    `frames` says which of the parts that stand on every page are walked too.
    """

    stage: Stage
    rewind: Rewind
    once: set[str]
    acting: set[str]
    frames: tuple[str, ...] = ("page", "deal")
    clicks: tuple[int, ...] = (2, 3)
    faults: list[str] = field(default_factory=list)
    # Handlers (and "POST /path") that were pressed with an effect, and with which first word; and those that came to
    # nothing, with the reason.
    carried: set[str] = field(default_factory=set)
    done: set[tuple] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    lines: list[Pressed] = field(default_factory=list)
    met: Counter = field(default_factory=Counter)
    presses: int = 0

    def screen(self, path: str) -> None:
        """Everything that can be reached from this address without leaving it."""
        todo: deque[Chain] = deque([()])
        while todo:
            chain = todo.popleft()
            began = time.monotonic()
            try:
                page = self.stage.open(path, chain)
                found = self._new(targets(page), path, chain)
            except (Error, LookupError) as error:
                self._say(f"{path} {[t.label for t in chain]}: {str(error)[:160]}")
                continue
            for target in found:
                if self._acts(target):
                    todo.extend(self._try(path, chain, target))
                elif len(chain) < DEEPEST:
                    todo.append((*chain, target))
            self._say(f"{path} {[t.label for t in chain]}: {len(found)} new, {time.monotonic() - began:.1f} s")

    def _acts(self, target: Target) -> bool:
        return any(event in self.once for event in target.events)

    def _new(self, found: list[Target], path: str, chain: Chain) -> list[Target]:
        # The same again would only close what it has opened.
        open_now = {(each.tag, each.events, each.label) for each in chain}
        return [
            each
            for each in found
            if each.frame in ("", *self.frames)
            and (each.tag, each.events, each.label) not in open_now
            and self._is_new(each, path, len(chain))
        ]

    def _is_new(self, target: Target, path: str, depth: int) -> bool:
        """Whether this button is worth a look, and then it has had one."""
        acts, route = self._acts(target), ID.sub("-", path)
        # What came to nothing may come to something once another row of the form was opened.
        first = target.label.split(" ")[0]
        words = f"{target.label} {depth}" if acts else first
        keys = ((route, target.tag, target.events, target.leads, words), (target.tag, target.events, target.leads))
        if acts:
            most = (1, TRIES)
            if self._is_done(target):
                return False
        elif not self._may_lead_on(target):
            return False
        else:
            most = (ALIKE, ALIKE_IN_ALL)
        if any(self.met[key] >= limit for key, limit in zip(keys, most, strict=True)):
            return False
        self.met.update(keys)
        return True

    def _is_done(self, target: Target) -> bool:
        """Whether it was carried out from a button with such words, or from enough others."""
        words = [first for events, first in self.done if events == target.events]
        return target.label.split(" ")[0] in words or len(words) >= ENOUGH

    def _may_lead_on(self, target: Target) -> bool:
        """What acts and may be repeated leads nowhere; nor does what closes, nor a menu of what is known."""
        if any(event in self.acting or event.startswith("POST ") for event in target.events):
            return False
        if target.tag == "SUMMARY":
            ends = [event for event in target.leads if event in self.acting or event.startswith("POST ")]
            wanted = [event for event in ends if event in self.once]
            return len(ends) < len(target.leads) or any(event not in self.carried for event in wanted)
        return bool(target.events) and target.label.lower() not in CLOSING

    def _try(self, path: str, chain: Chain, target: Target) -> Iterator[Chain]:
        """Press it once, and then more often; the chains that the first press opened up."""
        if self._is_done(target):
            return
        once, after = self._press(path, chain, target, 1)
        names = [event for event in target.events if event in self.once]
        if once is None:
            self.refused.update((name, f"{path} {target.short}: could not be pressed") for name in names)
            return
        if not once.did_something or once.refused:
            self.refused.update((name, f"{path} {target.short}: {once.refused or 'no effect'}") for name in names)
        else:
            self.carried.update(names)
            self.done.add((target.events, target.label.split(" ")[0]))
        same = [self._compare(path, chain, target, clicks, once) for clicks in self.clicks]
        self._write(path, target, once, "the same" if all(same) else "NOT THE SAME")
        if len(chain) < DEEPEST and once.did_something:
            yield from self._behind(path, (*chain, target), after)

    def _behind(self, path: str, chain: Chain, after: list[Target]) -> Iterator[Chain]:
        """What can be pressed only since the last button of the chain was."""
        for each in self._new(after, path, chain):
            if self._acts(each):
                yield from self._try(path, chain, each)
            else:
                yield (*chain, each)

    def _compare(self, path: str, chain: Chain, target: Target, clicks: int, once: Seen) -> bool:
        more, _ = self._press(path, chain, target, clicks)
        if more == once:
            return True
        # A busy machine may be late with what follows a press: look once more, and longer.
        once, _ = self._press(path, chain, target, 1, still=LONGER_MS)
        more, _ = self._press(path, chain, target, clicks, still=LONGER_MS)
        if more == once:
            return True
        self.faults.append(f"{path} {[t.label for t in chain]} {target.short}: once {once}; {clicks} clicks {more}")
        self._say(self.faults[-1])
        return False

    def _press(self, path: str, chain: Chain, target: Target, clicks: int, *, still: int = 0):
        """What it came to, and what can be pressed only since then. None when the button isn't there."""
        self.presses += 1
        for filled in (True, False):
            try:
                return self._pressed(path, chain, target, clicks, still=still, filled=filled)
            except LookupError:
                continue  # what was filled took it away, as an answer takes "None of the rest"
            except Error as error:
                self._say(f"   {path} {target.short}, {clicks} clicks: {str(error)[:200]}")
                return None, []
        self._say(f"   {path} {target.short}, {clicks} clicks: is gone")
        return None, []

    def _pressed(self, path: str, chain: Chain, target: Target, clicks: int, *, still: int, filled: bool):
        page = self.stage.open(path, chain)
        before = {each.name for each in targets(page)}
        if filled:
            self.stage.fill(page, target)
        self.rewind.keep_before()
        self.stage.press(page, target, clicks, filled=True, **({"still": still} if still else {}))
        seen = Seen(self.rewind.effect(), *_words(page), TOKEN.sub("-", page.url), _dialogs(page))
        # Where a press led elsewhere, that screen has its own turn.
        stays = urlsplit(page.url).path == urlsplit(path).path
        after = [each for each in targets(page) if each.name not in before] if clicks == 1 and stays else []
        return seen, after

    def _write(self, path: str, target: Target, once: Seen, more: str) -> None:
        effect = ", ".join(f"{table} +{new} -{gone}" for table, (new, gone) in once.effect.items())
        handlers = ", ".join(short(event) for event in target.events)
        said = f" ({'; '.join(once.refused)})" if once.refused else ""
        self.lines.append(Pressed(ID.sub("…", path), target.label[:40], handlers, (effect or "nothing") + said, more))
        self._say(f"   {self.lines[-1]}")

    def _say(self, words: str) -> None:
        if NOISY:
            with Path(NOISY).open("a") as told:
                print(words, file=told)


def _words(page: Page) -> tuple[tuple[str, ...], int]:
    """The refusals that are on the page, and how many notices."""
    texts = "(nodes) => nodes.filter((n) => n.checkVisibility() && n.innerText.trim()).map((n) => n.innerText.trim())"
    bad = page.eval_on_selector_all(".toast.is-bad, .field-error, [role=alert]", texts)
    return tuple(sorted(set(bad))), len(page.eval_on_selector_all(".toast.is-ok", texts))


def _dialogs(page: Page) -> int:
    return page.locator("dialog[open]").count()
