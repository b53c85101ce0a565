"""Two people change one row: what each of them changed is kept, and what both changed is asked about. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from salestrekker_portal.kernel.text import clean


@dataclass(frozen=True)
class Merged:
    """`typed` is what to keep. `clashes` are the fields that both changed, each with the text that it has now."""

    typed: dict[str, object]
    clashes: dict[str, str] = field(default_factory=dict)


def said(value: object) -> str:
    """A value as a form says it: text tidied, a ticked box "on", one that isn't ticked empty."""
    if isinstance(value, bool) or value is None:
        return "on" if value else ""
    return clean(str(value), lines=True)


def merge(
    shown: Mapping[str, object],
    now: Mapping[str, object],
    typed: Mapping[str, object],
    *,
    several: Collection[str] = (),
) -> Merged:
    """What to keep of a form that was filled from `shown`, when the row says `now` and the person typed `typed`.

    Only the fields of `now` are looked at. One that a form leaves out is empty there, as a box that isn't ticked is.
    Fields of `several` hold words apart by spaces, each of which is there or isn't: they never clash. A form that
    doesn't say what it was filled from overwrites.
    """
    kept, clashes = dict(typed), {}
    if not shown:
        return Merged(kept)
    for name, current in now.items():
        if name not in shown:
            kept.setdefault(name, current)
            continue
        before, after, mine = said(shown[name]), said(current), said(typed.get(name))
        if name in several:
            kept[name] = _with_both(before, after, mine)
        elif after in (before, mine):
            continue
        elif mine == before:
            kept[name] = current
        else:
            clashes[name] = after
    return Merged(kept, clashes)


def _with_both(before: str, after: str, mine: str) -> str:
    """The words of `mine`, with what others added and without what they took away, in a steady order."""
    old, new, own = before.split(), after.split(), mine.split()
    left = [word for word in own if word in new or word not in old]
    return " ".join(left + [word for word in new if word not in old and word not in own])
