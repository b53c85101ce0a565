"""What a walk pressed, for people to read."""

from tests.journeys.pressing.buttons import short
from tests.journeys.pressing.walker import Walk

WIDEST = 60


def table_of(walked: Walk) -> str:
    """A line for each button: where it is, what it is called, what one click wrote and what more clicks came to."""
    rows = [(line.path, line.label, line.handlers, line.effect, line.more) for line in walked.lines]
    rows.insert(0, ("screen", "button", "handler", "one click", "two, and three"))
    widths = [min(WIDEST, max(len(row[at]) for row in rows)) for at in range(4)]
    return "\n".join("  ".join((*(f"{row[at][:WIDEST]:{widths[at]}}" for at in range(4)), row[4])) for row in rows)


def carried_short(walked: Walk) -> set[str]:
    """The handlers that were carried out, as the table of what is reached names them."""
    return {short(name) for name in walked.carried}


def why_not(walked: Walk) -> str:
    """Handlers whose buttons were pressed and came to nothing, each with the reason."""
    return "\n".join(f"{short(name)}: {why}" for name, why in walked.refused.items() if name not in walked.carried)
