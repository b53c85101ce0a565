"""The invisible part of a live page: when the tab is bumped, it asks its own State to look again."""

import reflex as rx

from salestrekker_portal.portals.events.live import LiveState


class LiveSignal(rx.Fragment):
    """Raises `on_change` when `revision` differs from the one the page was mounted with.

    A hook rather than a keyed element: Reflex runs `on_mount` in the enclosing component, which a key of the
    element does not remount.
    """

    revision: rx.Var[int]
    on_change: rx.EventHandler[rx.event.no_args_event_spec]

    def add_imports(self) -> dict[str, list[str]]:
        return {"react": ["useEffect", "useRef"]}

    def add_hooks(self) -> list[str | rx.Var]:
        revision, changed = self.revision, rx.Var.create(self.event_triggers["on_change"])
        return [
            rx.Var(
                f"const seenRevision = useRef({revision!s});"
                f"useEffect(() => {{ if (seenRevision.current !== {revision!s}) {{"
                f"seenRevision.current = {revision!s}; ({changed!s})(); }} }}, [{revision!s}]);",
                _var_data=rx.vars.VarData.merge(revision._get_all_var_data(), changed._get_all_var_data()),
            )
        ]

    def _render(self, *args, **kwargs):
        return super()._render(*args, **kwargs).remove_props("revision", "onChange")


def live_signal(*, on_change: rx.event.EventType) -> rx.Component:
    """Calls `on_change` each time somebody else changed what this page shows. Renders nothing to see."""
    return LiveSignal.create(revision=LiveState.revision, on_change=on_change)


def bell_signal(*, on_change: rx.event.EventType) -> rx.Component:
    """Calls `on_change` each time the bell of whoever is signed in changed."""
    return LiveSignal.create(revision=LiveState.news, on_change=on_change)
