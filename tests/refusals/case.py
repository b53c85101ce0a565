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
    "noor": "a client who has not agreed to the privacy disclosure yet",
    "revoked": "a client whose access was revoked",
    "pat": "a partner of the firm who does not follow the deal",
    "mallory": "a broker of another firm",
    "bob": "an assistant of the firm",
}

# What the rightful user's call does: changes rows, shows something secret, or only its own screen. "refused" is for
# what two portals share and only one has a use for.
Control = Literal["changes", "shows", "quiet", "refused"]
# name of a stranger -> why they are not refused
Reasons = dict[str, str]
# A handler to call first: its key, and what it is called with.
Step = tuple[str, dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Case:
    """`handler` is "state.method" in snake case; texts may name ids: {deal}, {kim}, {note}, …"""

    handler: str
    path: str = "/"
    payload: dict[str, Any] = field(default_factory=dict)
    rightful: str = "alice"
    control: Control = "changes"
    # Not refused, because the handler acts on what is theirs: their own page, their own deal. Still told nothing.
    own: Reasons = field(default_factory=dict)
    # Not refused in words, because the page says so itself or nothing is left to do. Nothing changes, nothing told.
    silent: Reasons = field(default_factory=dict)
    # What the rightful user has done before anybody else tries.
    given: tuple[Step, ...] = ()
    # What each person does first on the same tab: open the page, open the dialog.
    after: tuple[Step, ...] = ()


def filled(value: Any, ids: dict[str, str]) -> Any:
    """A payload or path with its ids put in."""
    if isinstance(value, str):
        return value.format(**ids) if "{" in value else value
    if isinstance(value, dict):
        return {filled(key, ids): filled(each, ids) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, ids) for each in value]
    return value
