"""A chart as a picture for a letter or a slide: SVG with the figures in it, in the colours of the day."""

from collections.abc import Callable, Iterable
from html import escape

from salestrekker_portal.kernel.text import shortened
from salestrekker_portal.portals.broker.insights.shapes import Chart, ChartBar, MonthColumns, StageSpan

WIDTH, EDGE, ROW = 760, 24, 30
# Where bars begin and end; names stand before them, values behind.
LEFT, RIGHT = 216, 660
TALL = 180
NAME_LIMIT = 28
INK, MUTED, LINE, ACCENT, GREY, PAPER, WARN = (
    "#14202e", "#556273", "#e2e6ec", "#0f6b6b", "#c6cdd8", "#ffffff", "#8a5a00",
)  # fmt: skip
SPAN_WORDS = "Dot: median, amber over the limit. Bar: eight of ten deals. Line: too long after."
# Fill and edge of each tone; a printer may have no colours, so no two are alike without them.
LOOKS = {
    "is-one": (ACCENT, ACCENT), "is-two": (GREY, GREY), "is-three": (PAPER, "#8490a0"), "is-four": ("#7fb5b2", ACCENT),
    "is-five": ("#e6edfb", "#2353b8"),
}  # fmt: skip


def picture_of(chart: Chart, title: str, firm: str) -> str:
    """The chart with its title, what it counts, its legend and whose it is; a reader hears the title."""
    draw: Callable[[Chart], tuple[list[str], float]] = _bars
    if chart["spans"]:
        draw = _spans
    elif chart["months"]:
        draw = _months
    drawn, foot = draw(chart)
    parts = [
        _text(EDGE, 34, title, size=18, weight=600), _text(EDGE, 54, chart["lead"], fill=MUTED),
        *drawn, *_legend(chart, foot + 24), _text(EDGE, foot + 56, firm, fill=MUTED, size=11),
    ]  # fmt: skip
    tall = foot + 72
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {tall:g}" width="{WIDTH}" height="{tall:g}" '
        f'role="img" aria-label="{escape(title)}" font-family="Inter, Arial, sans-serif">'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{"".join(parts)}</svg>'
    )


def _bars(chart: Chart) -> tuple[list[str], float]:
    top, parts = 76.0, []
    for bar in chart["bars"]:
        parts += [*_named(bar, top), *_pieces(bar, top)]
        top += ROW
    return parts, top


def _pieces(bar: ChartBar, top: float) -> Iterable[str]:
    at = float(LEFT)
    for part in bar["parts"]:
        width = (RIGHT - LEFT) * _share(part["width"])
        yield _box(at, top, max(2, width - 1), 16, part["tone"])
        at += width


def _spans(chart: Chart) -> tuple[list[str], float]:
    top, parts, foot = 76.0, [], 76.0 + ROW * len(chart["spans"])
    for tick in chart["ticks"]:
        at = _across(tick["at"])
        parts.append(f'<path d="M{at:.1f} 70V{foot:g}" stroke="{LINE}"/>')
        parts.append(_text(at, foot + 14, tick["words"], fill=MUTED, anchor="middle"))
    for span in chart["spans"]:
        parts += [*_named(span, top), *_span(span, top + 8)]
        top += ROW
    parts.append(_text(EDGE, foot + 40, SPAN_WORDS, fill=MUTED))
    return parts, foot + 24


def _span(span: StageSpan, middle: float) -> Iterable[str]:
    left, width = _across(span["left"]), max(4, (RIGHT - LEFT) * _share(span["width"]))
    yield f'<rect x="{left:.1f}" y="{middle - 3:g}" width="{width:.1f}" height="6" rx="3" fill="{GREY}"/>'
    if span["limit"]:
        yield f'<path d="M{_across(span["limit"]):.1f} {middle - 8:g}v16" stroke="{INK}" stroke-width="2"/>'
    fill = WARN if span["late"] else ACCENT
    yield f'<circle cx="{_across(span["middle"]):.1f}" cy="{middle:g}" r="5" fill="{fill}"/>'


def _months(chart: Chart) -> tuple[list[str], float]:
    top, parts = 92.0, []
    for tick in chart["ticks"]:
        at = top + TALL * (1 - _share(tick["at"]))
        parts.append(f'<path d="M72 {at:.1f}H{WIDTH - EDGE}" stroke="{LINE}"/>')
        parts.append(_text(64, at + 4, tick["words"], fill=MUTED, anchor="end"))
    room = (WIDTH - EDGE - 72) / len(chart["months"])
    for n, month in enumerate(chart["months"]):
        parts += _month(month, 72 + room * n, room, top)
    return parts, top + TALL + 22


def _month(month: MonthColumns, left: float, room: float, top: float) -> Iterable[str]:
    wide, middle = min(20, room * 0.3), left + room / 2
    last, now = TALL * _share(month["last"] or "0%"), TALL * _share(month["height"])
    if last:
        yield _box(middle - wide - 1, top + TALL - last, wide, last, "is-three")
    yield _box(middle + 1, top + TALL - now, wide, now, "is-one")
    yield _text(middle + 1 + wide / 2, top + TALL - now - 6, month["value"], anchor="middle")
    yield _text(middle, top + TALL + 18, month["name"], fill=MUTED, anchor="middle")


def _named(each: ChartBar | StageSpan, top: float) -> Iterable[str]:
    yield _text(EDGE, top + 12, shortened(each["name"], NAME_LIMIT), weight=500)
    yield _text(WIDTH - EDGE, top + 12, each["value"], weight=500, anchor="end")


def _legend(chart: Chart, top: float) -> Iterable[str]:
    at = float(EDGE)
    for each in chart["legend"]:
        words = shortened(each["words"], 44)
        yield _box(at, top - 9, 10, 10, each["tone"])
        yield _text(at + 16, top, words, fill=MUTED)
        # About as wide as letters are.
        at += 32 + 6.4 * len(words)


def _box(x: float, y: float, width: float, height: float, tone: str) -> str:
    fill, edge = LOOKS.get(tone, LOOKS["is-one"])
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2" fill="{fill}" '
        f'stroke="{edge}"/>'
    )


def _text(
    x: float, y: float, words: str, *, fill: str = INK, size: int = 12, weight: int = 400, anchor: str = "start"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{fill}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )


def _share(said: str) -> float:
    return float(said.rstrip("%")) / 100


def _across(said: str) -> float:
    return LEFT + (RIGHT - LEFT) * _share(said)
