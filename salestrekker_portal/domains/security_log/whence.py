"""Where the request or event comes from that is being dealt with now; set at the edge, read where a row is written."""

from contextvars import ContextVar
from dataclasses import dataclass

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.throttles import neighbourhood
from salestrekker_portal.kernel.devices import browser_name


@dataclass(frozen=True)
class Whence:
    """`place`: an IPv4 address or an IPv6 /64, "" where nobody is behind it. `device`: a browser in words."""

    place: str = ""
    device: str = ""


NOWHERE = Whence()
_whence: ContextVar[Whence] = ContextVar("whence", default=NOWHERE)
# Who was found to be asking, for refusals that are noted far from where that was looked up.
_asking: ContextVar[Actor | None] = ContextVar("asking", default=None)
# What they asked for that is not there for them, where a screen says so itself and nothing is raised.
_missed: ContextVar[str] = ContextVar("missed", default="")


def come_from(address: str, agent: str) -> None:
    """What this task does from now on is done for this browser; nobody is known to be asking yet."""
    _whence.set(Whence(neighbourhood(address), browser_name(agent) if agent else ""))
    _asking.set(None)
    _missed.set("")


def whence() -> Whence:
    return _whence.get()


def asked_by(actor: Actor | None) -> None:
    """Who this task turned out to work for."""
    _asking.set(actor)


def not_for_them(what: str) -> None:
    """Somebody asked for something that is absent, or hidden from them."""
    _missed.set(what)


def missed() -> str:
    """What was asked for like that, once."""
    what = _missed.get()
    _missed.set("")
    return what


def asking() -> Actor | None:
    return _asking.get()
