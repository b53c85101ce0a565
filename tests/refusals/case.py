"""One row of the refusal table: a way in, how its rightful user would use it, and what everybody else meets.

Everybody in STRANGERS tries every row with the rightful user's own ids. What has to be true afterwards: nothing of
the deal, its people or the firm changed, and nothing secret was told. The row's `control` is then tried as the
rightful user, so that a row with wrong ids or a dead handler fails instead of passing for the wrong reason.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

# Who tries: name -> who they are.
STRANGERS = {
    "nobody": "not signed in",
    "lee": "a client of another deal of the same firm",
    "sam": "a co-applicant who may not see the others",
    "revoked": "a client whose access was revoked",
    "pat": "a partner of the firm who does not follow the deal",
    "mallory": "a broker of another firm",
    "bob": "an assistant of the firm",
}

# refused: they are told no. own: the handler acts on what is theirs (their own board, their own page).
Meets = Literal["refused", "own"]
# What the rightful user's call does: changes rows, shows something secret, or only its own screen.
Control = Literal["changes", "shows", "quiet"]


@dataclass(frozen=True, kw_only=True)
class Case:
    """`handler` is "state.method" in snake case; texts may name ids: {deal}, {kim}, {note}, …"""

    handler: str
    path: str = "/"
    payload: dict[str, Any] = field(default_factory=dict)
    rightful: str = "alice"
    control: Control = "changes"
    # People of the same portal who are not refused, and why that is right.
    own: dict[str, str] = field(default_factory=dict)
    # A handler that needs its page loaded first: called before it, as the same person, on the same tab.
    after: str = ""
    after_payload: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RouteCase:
    """A plain HTTP way in. `refusals` maps stranger to the status that they meet; others meet `otherwise`."""

    method: str
    route: str
    path: str
    form: dict[str, str] = field(default_factory=dict)
    rightful: str = "alice"
    rightful_status: int = 200
    otherwise: int = 404
    why_public: str = ""


def filled(value: Any, ids: dict[str, str]) -> Any:
    """A payload or path with its ids put in."""
    if isinstance(value, str):
        return value.format(**ids) if "{" in value and not value.startswith("{{") else value
    if isinstance(value, dict):
        return {key: filled(each, ids) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, ids) for each in value]
    return value
