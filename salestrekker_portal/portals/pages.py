"""The page registry: every screen, its address, its portal and what loads it. The app adds them all."""

from collections.abc import Callable
from dataclasses import dataclass, field

import reflex as rx
from reflex_base.vars.base import VarData

from salestrekker_portal.tables.access import Portal


@dataclass(frozen=True, kw_only=True)
class RegisteredPage:
    """One screen. `portal` None means that anybody may open it."""

    route: str
    title: str
    build: Callable[[], rx.Component]
    portal: Portal | None
    on_load: list = field(default_factory=list)


REGISTRY: dict[str, RegisteredPage] = {}


def page(route: str, *, title: str, portal: Portal | None, on_load: list | None = None) -> Callable:
    """Register a page function under its address."""

    def register(build: Callable[[], rx.Component]) -> Callable[[], rx.Component]:
        if route in REGISTRY:
            raise ValueError(f"two pages at {route}")
        REGISTRY[route] = RegisteredPage(route=route, title=title, build=build, portal=portal, on_load=on_load or [])
        return build

    return register


def add_pages(app: rx.App) -> None:
    """Give every registered page to Reflex."""
    for each in REGISTRY.values():
        app.add_page(_keyed(each), route=each.route, title=f"{each.title} | Salestrekker Portal", on_load=each.on_load)


def _keyed(each: RegisteredPage) -> Callable[[], rx.Component]:
    """A page about one deal is drawn anew for the next, so that nothing typed stays in its fields."""
    if not each.route.partition("[deal_id]")[1]:
        return each.build
    # On the wrapper, so that React forgets everything below it when the deal in the address is another.
    hook = {"const {deal_id: aboutDeal} = useParams()": None}
    deal = rx.Var("aboutDeal", _var_data=VarData(hooks=hook, imports={"react-router": ["useParams"]}))
    return lambda: rx.fragment(each.build(), key=deal)
