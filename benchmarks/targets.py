"""The numbers that count, their bounds and what we are after, as rows of docs/benchmarks.md."""

from dataclasses import dataclass
from statistics import median

Rounds = list[dict[str, float]]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One number: what it is, what came out, the most that counts as done, and what we are after."""

    number: int
    what: str
    ours: float | None
    bound: float
    moonshot: float
    unit: str = "x"
    said: str = ""

    @property
    def verdict(self) -> str:
        if self.ours is None:
            return "not measured"
        return "moonshot" if self.ours <= self.moonshot else "met" if self.ours <= self.bound else "**MISS**"


def middle(rounds: Rounds, name: str) -> float | None:
    """The median over the rounds that have it."""
    found = [each[name] for each in rounds if name in each]
    return median(found) if found else None


def ratio(ours: float | None, floor: float | None) -> float | None:
    return ours / floor if ours is not None and floor else None


def rows(raw: dict) -> list[Row]:
    """All rows from the raw numbers: {"1000": {"ours": rounds, "floor": rounds}, "10000": …}."""
    small, big = raw.get("1000", {}), raw.get("10000", {})

    def both(name: str, of: dict = small) -> tuple[float | None, float | None]:
        return middle(of.get("ours", []), name), middle(of.get("floor", []), name)

    def against_floor(number: int, what: str, name: str, bound: float, moonshot: float, of: dict = small) -> Row:
        ours, floor = both(name, of)
        said = f"{ours:.0f} / {floor:.0f} ms" if ours is not None and floor is not None else ""
        return Row(number=number, what=what, ours=ratio(ours, floor), bound=bound, moonshot=moonshot, said=said)

    def alone(number: int, what: str, name: str, bound: float, moonshot: float, unit: str, of: dict = small) -> Row:
        return Row(number=number, what=what, ours=both(name, of)[0], bound=bound, moonshot=moonshot, unit=unit)

    painted, painted_big = both("painted")[0], both("painted", big)[0]
    echo, list_rps = both("event_p95"), both("list_rps")
    return [
        against_floor(1, "board from an empty cache, until its cards are painted", "painted", 2.0, 1.3),
        against_floor(1, "the same until a card can be dragged (no target)", "live", 4.1, 2.0),
        Row(number=2, what="board at 10,000 deals to 1,000", ours=ratio(painted_big, painted), bound=1.25,
            moonshot=1.05),
        alone(2, "bytes of that, 10,000 deals", "kilobytes", 525, 260, "KB", big),
        alone(2, "nodes of the page, 10,000 deals", "nodes", 6000, 5000, "", big),
        against_floor(3, "open a deal, for the first time", "open_first", 3.0, 1.5),
        against_floor(3, "open another", "open_again", 3.0, 1.5),
        against_floor(3, "open a deal, 10,000 deals", "open_first", 3.0, 1.5, big),
        against_floor(4, "move a card by drag, until it is kept", "move_kept", 3.0, 1.5),
        alone(4, "the card in its new place on the screen", "move_painted", 50, 33.4, "ms"),
        alone(5, "bytes of a move on an open board", "move_bytes", 2000, 400, "B"),
        Row(number=6, what="event p95 to echo, 50 people", ours=ratio(*echo), bound=3.0, moonshot=1.5,
            said=f"{echo[0]:.1f} / {echo[1]:.1f} ms" if None not in echo else ""),
        Row(number=7, what="list of 50 deals by the API, 32 programs: the floor's requests a second to ours",
            ours=ratio(list_rps[1], list_rps[0]), bound=4.0, moonshot=2.0,
            said=f"{list_rps[1]:.0f} / {list_rps[0]:.0f} a second" if None not in list_rps else ""),
        against_floor(7, "its p95", "list_p95", 4.0, 2.0),
        Row(number=8, what="memory at rest (PSS)", ours=ratio(*both("idle_mb")), bound=3.0, moonshot=2.0,
            said=" / ".join(f"{each:.0f}" for each in both("idle_mb") if each) + " MB"),
        alone(8, "memory of a session with a board", "session_mb", 0.3, 0.1, "MB"),
        against_floor(9, "upload of 20 MB", "upload", 2.5, 1.5),
        against_floor(10, "an answer, from the last key until it is kept (floor: its move)", "answer_kept", 3.0, 1.5),
    ]  # fmt: skip


def table(raw: dict) -> str:
    """The rows as Markdown."""
    lines = ["| # | what | ours | bound | moonshot | | |", "|---|---|---|---|---|---|---|"]
    for row in rows(raw):
        ours = "" if row.ours is None else f"{row.ours:.2f}" if row.ours < 10 else f"{row.ours:,.0f}"
        ours = f"{ours} {row.unit}".strip() if ours else "–"
        limits = f"{row.bound:g} {row.unit} | {row.moonshot:g} {row.unit}"
        lines.append(f"| {row.number} | {row.what} | {ours} | {limits} | {row.verdict} | {row.said} |")
    return "\n".join(lines)
