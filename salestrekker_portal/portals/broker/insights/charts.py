"""What bars, ranges and columns of the page are made of."""

from salestrekker_portal.domains.insights.reports import PipelineStage, SourceRow
from salestrekker_portal.domains.insights.turnaround import PaperDays
from salestrekker_portal.kernel.days import day_words
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.broker.insights.over_time import settled_chart, turnaround_chart
from salestrekker_portal.portals.broker.insights.reading import Reports
from salestrekker_portal.portals.broker.insights.shapes import BarPart, Chart, ChartBar, blank, line, share_of
from salestrekker_portal.portals.broker.insights.words import per_cent, range_words, short_days, short_money
from salestrekker_portal.portals.broker.words import value_words

# Of so many people a bar shows each by themselves; the others are one piece.
MOST_OWNERS = 4
TONES = ("is-one", "is-two", "is-three", "is-four", "is-five")
# What a card draws, and what its table shows; a file has all.
MOST_BARS, MOST_LINES = 8, 40
OTHERS = "Others"
# Of the groups that `FINISHED_WITHIN` makes.
FINISHED_NAMES = ("In a day", "1 to 3 days", "3 to 7 days", "7 to 14 days", "Longer than 14 days")


def charts_of(read: Reports) -> dict[str, Chart]:
    """By the keys of `CHARTS`."""
    return {
        "pipeline": _pipeline(read),
        "turnaround": turnaround_chart(read),
        "settled": settled_chart(read),
        "sources": _sources(read),
        "papers": _papers(read),
        "finished": _finished(read),
        "workload": _workload(read),
    }


def owners_of(stages: list[PipelineStage]) -> list[tuple[object, str]]:
    """(id, name) of whoever has open deals, by what they are worth, then by name."""
    cents: dict[tuple[object, str], int] = {}
    for stage in stages:
        for part in stage.parts:
            cents[part.owner_id, part.owner] = cents.get((part.owner_id, part.owner), 0) + part.cents
    return sorted(cents, key=lambda each: (-cents[each], each[1].casefold()))


def stages_named(read: Reports) -> list[tuple[str, PipelineStage]]:
    """Each stage, with its workflow's name where several are shown; workflows without a deal only when asked for."""
    busy = {each.workflow_id for each in read.pipeline if each.deals}
    shown = [each for each in read.pipeline if read.scope.workflow_id or not busy or each.workflow_id in busy]
    several = len({each.workflow_id for each in shown}) > 1
    return [(f"{each.workflow}: {each.stage}" if several else each.stage, each) for each in shown]


def _pipeline(read: Reports) -> Chart:
    named, rows = stages_named(read), owners_of(read.pipeline)
    shown = rows if len(rows) <= MOST_OWNERS + 1 else rows[:MOST_OWNERS]
    rest = rows[len(shown) :]
    heads = [name for _, name in shown] + ([OTHERS] if rest else [])
    most = max((stage.cents for _, stage in named), default=0)
    bars: list[ChartBar] = []
    lines = []
    for name, stage in named:
        by_owner = {part.owner_id: part.cents for part in stage.parts}
        amounts = [by_owner.get(owner, 0) for owner, _ in shown]
        if rest:
            amounts.append(stage.cents - sum(amounts))
        said = ", ".join(f"{who} {value_words(cents)}" for who, cents in zip(heads, amounts, strict=True) if cents)
        to = read.address.deals(workflow=str(stage.workflow_id), stage=str(stage.stage_id))
        bars.append(_bar(stage.stage_id, name, short_money(stage.cents), said, amounts, most, to=to))
        cells = [str(stage.deals), *(value_words(each) for each in amounts), value_words(stage.cents)]
        lines.append(line(stage.stage_id, name, *cells, to=to))
    sums = [
        sum(part.cents for _, stage in named for part in stage.parts if part.owner_id == owner) for owner, _ in shown
    ]
    total = sum(stage.cents for _, stage in named)
    whole = [*sums, *([total - sum(sums)] if rest else []), total]
    deals = str(sum(stage.deals for _, stage in named))
    lines.append(line("all", "All", deals, *(value_words(each) for each in whole), all=True))
    return blank(
        lead="Open deals today, by broker", bars=bars if total else [], lines=lines if total else [],
        heads=["Stage", "Deals", *heads, "All"], legend=_legend(heads), count=counted(len(named), "stage"),
        none="No open deals here, or none with an amount.",
    )  # fmt: skip


def _sources(read: Reports) -> Chart:
    rows = [each for each in read.sources if each.deals]
    most = max((each.deals for each in rows), default=0)
    bars = [
        _bar(each.partner_id, source_name(each), f"{per_cent(each.settled, each.deals)} settle", _source_words(each),
             [each.settled, max(0, each.lodged - each.settled), each.deals - max(each.lodged, each.settled)], most)
        for each in rows[:MOST_BARS]
    ]  # fmt: skip
    lines = [
        line(each.partner_id, source_name(each), str(each.deals), str(each.lodged), str(each.settled),
             per_cent(each.settled, each.deals), value_words(each.settled_cents))
        for each in rows[:MOST_LINES]
    ]  # fmt: skip
    return blank(
        lead=f"Of those added since {day_words(read.scope.first)}", bars=bars, lines=lines,
        heads=["Source", "Referred", "Lodged", "Settled", "Share", "Settled value"],
        legend=_legend(["Settled", "Lodged", "Referred"]), count=counted(len(rows), "source"), more=_more(len(rows)),
        none=f"No deal was added since {day_words(read.scope.first)}.",
    )  # fmt: skip


def source_name(row: SourceRow) -> str:
    """A partner with their firm; the firm's own deals otherwise."""
    return row.partner if row.partner_id is not None else "Your own"


def _source_words(row: SourceRow) -> str:
    return f"{row.deals:,} referred, {row.lodged:,} lodged, {row.settled:,} settled"


def _papers(read: Reports) -> Chart:
    rows = [each for each in read.papers if each.spread is not None]
    most = max((each.spread.median for each in rows[:MOST_BARS] if each.spread), default=0)
    bars = [
        _bar(each.name, each.name, short_days(each.spread.median), f"eight of ten in {range_words(each.spread)}",
             [each.spread.median], most)
        for each in rows[:MOST_BARS]
        if each.spread
    ]  # fmt: skip
    lines = [line(each.name, each.name, *paper_cells(each)) for each in read.papers]
    return blank(
        lead="Days from asked for to accepted, weekends counted", bars=bars, lines=lines[:MOST_LINES],
        heads=["Paper", "Asked for", "Median", "8 of 10", "Asked again"], count=counted(len(read.papers), "paper"),
        more=_more(len(read.papers)),
        none=f"No paper that was asked for since {day_words(read.scope.first)} is accepted yet.",
    )  # fmt: skip


def paper_cells(row: PaperDays) -> tuple[str, ...]:
    """The figures of a paper."""
    took = (short_days(row.spread.median), range_words(row.spread)) if row.spread else ("–", "–")
    return (f"{row.asked:,}", *took, per_cent(row.again, row.asked))


def finished_groups(read: Reports) -> list[tuple[str, int]]:
    """How many clients were done within each time, and who isn't yet."""
    done = list(zip(FINISHED_NAMES, read.finished.within, strict=True))
    return [*done, ("Not done yet", read.finished.started - sum(read.finished.within))]


def _finished(read: Reports) -> Chart:
    groups, started = finished_groups(read), read.finished.started
    most = max(count for _, count in groups)
    bars = []
    for at, (name, count) in enumerate(groups):
        # Who isn't done yet is drawn hollow.
        amounts = [0, 0, count] if at == len(groups) - 1 else [count]
        bars.append(_bar(name, name, f"{count:,}", per_cent(count, started), amounts, most))
    lines = [line(name, name, f"{count:,}", per_cent(count, started)) for name, count in groups]
    lines.append(line("all", "All", f"{started:,}", "100%", all=True))
    return blank(
        lead=f"From the first visit to handing in, visits since {day_words(read.scope.first)}",
        bars=bars if started else [], lines=lines if started else [], heads=["Done", "Clients", "Share"],
        legend=_legend(["Handed in", "", "Not yet"]), count=counted(started, "client"),
        none=f"No client came in for the first time since {day_words(read.scope.first)}.",
    )  # fmt: skip


def _workload(read: Reports) -> Chart:
    lines = [
        line(each.owner_id, each.owner, f"{each.deals:,}", f"{each.ours:,}", f"{each.late_tasks:,}",
             value_words(each.cents), to=read.address.deals(owner=str(each.owner_id)))
        for each in read.workload
    ]  # fmt: skip
    late = max(read.workload, key=lambda each: each.late_tasks, default=None)
    warn = f"{late.owner} has {late.late_tasks:,} late tasks." if late and late.late_tasks > 2 else ""
    return blank(
        lead="Today", lines=lines, heads=["Broker", "Open deals", "Our move", "Late tasks", "Value"], more=warn,
        count=counted(len(lines), "person", "people"), none="Nobody has an open deal here.",
    )  # fmt: skip


def _bar(
    key: object, name: str, value: str, said: str, amounts: list[int] | list[float], most: float, to: str = ""
) -> ChartBar:
    parts: list[BarPart] = [
        {"key": tone, "tone": tone, "width": share_of(amount, most)}
        for tone, amount in zip(TONES, amounts, strict=False)
        if amount
    ]
    return {"key": str(key), "name": name, "to": to, "value": value, "said": said, "parts": parts}


def _legend(names: list[str]) -> list:
    return [{"key": tone, "tone": tone, "words": name} for tone, name in zip(TONES, names, strict=False) if name]


def _more(count: int) -> str:
    return f"{count - MOST_LINES:,} more in the file." if count > MOST_LINES else ""
