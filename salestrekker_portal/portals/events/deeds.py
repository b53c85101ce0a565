"""What a handler asks of the page that it answers: to go somewhere, to copy, to print. Named, never a script.

Reflex evaluates whatever text a handler sends. Here the compiled client takes a name and values instead, and knows
what each name does (ui/connection/deeds.js); every `eval` of it is gone, so the policy of our pages (portals/http/
policy.py) allows none, and whoever could put text into an event still runs nothing.
"""

import json
import re
from typing import Any, Literal

import reflex as rx
from reflex.event import Event, EventSpec

from salestrekker_portal.portals.events.client_import import import_line, pointing_to

CLIENT = "utils/state.js"
AFTER = 'import io from "socket.io-client";\n'
# What the client evaluates, how often, and what stands there instead.
EVALUATES = (
    ("eval(event.payload.javascript_code)", 1, "carryOut(event.payload.javascript_code)"),
    ("eval(event.payload.function)()", 1, "noScript()"),
    ("eval(event.payload.callback)", 2, "noScript()"),
    ("await eval(`import(dataUri)`)", 1, "noScript()"),
    ("eval?.(", 1, "noScript("),
)
NAMES = "carryOut, noScript"
LEFT = re.compile(r"\beval\s*(\?\.)?\(|\bnew Function\b")
Deed = Literal["go", "sign_in", "reload", "print", "copy", "send", "focus", "show", "settled", "go_on", "faster"]


def do(deed: Deed, *values: Any) -> EventSpec:
    """An event that has the page do it; `values` are JSON. `focus` and `show` end with milliseconds to wait."""
    return rx.call_script(json.dumps([deed, *values]))


def is_deed(event: Event, deed: Deed) -> bool:
    """Whether an event to the page is this one."""
    return str((event.payload or {}).get("javascript_code", "")).startswith(f'["{deed}"')


def without_eval(source: str, script: str) -> str:
    """The client source that carries out deeds of `script`; raises when it is no longer the known one."""
    before = pointing_to(source, NAMES, script)
    if before is not None:
        return before
    known = source.count(AFTER) == 1 and all(source.count(text) == times for text, times, _ in EVALUATES)
    for text, _, instead in EVALUATES:
        source = source.replace(text, instead)
    if not known or LEFT.search(source):
        # Loudly, at build time: with an eval that is left, pages would stop at it in everybody's browser.
        raise RuntimeError(f"{CLIENT} of this Reflex version differs: review portals/events/deeds.py.")
    return source.replace(AFTER, AFTER + import_line(NAMES, script))


class NoEvalPlugin(rx.plugins.Plugin):
    """Rewrites the compiled client."""

    def pre_compile(self, **context: Any) -> None:
        """Register the rewrite with the compiler."""
        from salestrekker_portal.ui.connection import DEEDS  # not before the app is there

        context["add_modify_task"](CLIENT, lambda source: without_eval(source, DEEDS))
