"""An event says on which page it was pressed, and not where its tab has got to by the time it travels.

Reflex gives an event its address when it leaves. Offline it waits in line, and the person may follow a link meanwhile:
a note saved on one deal would be carried out under the address of the next. Here the address is put in when the event
is made; the server then does it for that page (`aside.py`), and is told when the page was left before it travelled.
"""

from typing import Any

import reflex as rx

from salestrekker_portal.portals.events.client_import import import_line, pointing_to

CLIENT = "utils/state.js"
NAMES = "leavesFrom, pressedHere"
AFTER = 'import io from "socket.io-client";\n'
MADE = "const _events = normalizeEvents(events);\n"
STAMPED = "const _events = pressedHere(normalizeEvents(events), (event) => withRouterData(event, params));\n"
LEAVES = "recordSentStorageValues(routed_event);\n"
SAID = f"{LEAVES}    leavesFrom(routed_event, locationRef.current ?? window.location);\n"


def stamped(source: str, script: str) -> str:
    """The client source that stamps events with `script`; raises when it is no longer the known one."""
    before = pointing_to(source, NAMES, script)
    if before is not None:
        return before
    if (source.count(AFTER), source.count(MADE), source.count(LEAVES)) != (1, 1, 1):
        # Loudly, at build time. What silently went wrong here would be one client's words in another's file.
        raise RuntimeError(f"{CLIENT} of this Reflex version differs: review portals/events/pressed_here.py.")
    return source.replace(AFTER, AFTER + import_line(NAMES, script)).replace(MADE, STAMPED).replace(LEAVES, SAID)


class PressedHerePlugin(rx.plugins.Plugin):
    """Rewrites the compiled client."""

    def pre_compile(self, **context: Any) -> None:
        """Register the rewrite with the compiler."""
        from salestrekker_portal.ui.connection import PRESSED  # not before the app is there

        context["add_modify_task"](CLIENT, lambda source: stamped(source, PRESSED))


def was_left(router_data: dict[str, Any]) -> bool:
    """Whether the browser had gone elsewhere between the press and the moment when its event travelled."""
    return router_data.get("left") is True
