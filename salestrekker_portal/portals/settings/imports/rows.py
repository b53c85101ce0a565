"""How files and their rows read on the screen."""

from collections.abc import Sequence
from typing import TypedDict

from salestrekker_portal.domains.imports.queries import Look
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.kernel.text import counted, shortened
from salestrekker_portal.tables.imports import AT_WORK, DataImport, ImportRow, ImportStatus, RowState

MOST_OF_A_SAMPLE = 40


class ColumnLine(TypedDict):
    """A heading, what stands below it first, and the field that it is taken for."""

    key: str
    heading: str
    sample: str
    field: str


class RowLine(TypedDict):
    """A row that can't come in, or of which something stays, with why."""

    number: str
    says: str


class FileLine(TypedDict):
    """A file that came in, or went again. `back`: it can be taken back."""

    id: str
    name: str
    note: str
    back: bool


def column_lines(file: DataImport, rows: Sequence[ImportRow]) -> list[ColumnLine]:
    """Each column with its first values."""
    return [
        ColumnLine(
            key=f"column-{place}",
            heading=heading or f"Column {place + 1}",
            sample=" · ".join(shortened(row.cells[place], MOST_OF_A_SAMPLE) for row in rows if row.cells[place]),
            field=file.mapping[place],
        )
        for place, heading in enumerate(file.columns)
    ]


def row_lines(rows: Sequence[ImportRow], state: RowState) -> list[RowLine]:
    """Those in this state, each with what is said of it."""
    return [RowLine(number=f"{row.number:,}", says=" ".join(row.says)) for row in rows if row.state is state]


def more_words(shown: Sequence[RowLine], of: int) -> str:
    """That there are more rows than these; "" when these are all."""
    return f"The first {len(shown):,} of {of:,}." if len(shown) < of else ""


def summary(look: Look) -> list[str]:
    """What came of looking at the rows, in sentences."""
    good, known, bad = (look.counts.get(each, 0) for each in (RowState.GOOD, RowState.KNOWN, RowState.BAD))
    return [
        f"{counted(good, 'row')} can come in.",
        *([f"{counted(known, 'row')} with nothing that you don’t know: left as it is."] if known else []),
        *([f"{counted(bad, 'row')} can’t come in, for the reasons below."] if bad else []),
    ]  # fmt: skip


def progress(look: Look) -> tuple[int, str]:
    """Per cent, and in words, of what the worker does."""
    file, done = look.file, {ImportStatus.CHECKING: "Looked at", ImportStatus.RUNNING: "Brought in"}
    counts = look.counts
    of = file.rows
    if file.status is not ImportStatus.CHECKING:
        left = counts.get(RowState.GOOD if file.status is ImportStatus.RUNNING else RowState.IN, 0)
        of = file.at + left
    percent = min(100, 100 * file.at // of) if of else 100
    return percent, f"{done.get(file.status, 'Taken back')} {file.at:,} of {counted(of, 'row')}"


def file_line(file: DataImport, counts: dict[RowState, int], zone: str) -> FileLine:
    """One of the list: when, by whom, and how many rows are in."""
    came, stays = counts.get(RowState.IN, 0), counts.get(RowState.STAYS, 0)
    when = instant_words(file.finished_at or file.created_at, zone)
    if file.status is ImportStatus.TAKEN_BACK:
        note = f"Taken back {when}" + (f"; of {counted(stays, 'row')} something stayed" if stays else "")
    elif file.status is ImportStatus.STOPPED:
        what = f"with {counted(came, 'row')} in. Take it back and try again" if came else "Choose it again"
        note = f"Stopped {when} by a fault of ours. {what[0].upper()}{what[1:]}."
    else:
        note = f"{counted(came, 'row')} brought in {when} by {file.by_name}" if came else f"Brought in {when}"
    back = file.status in (ImportStatus.DONE, ImportStatus.STOPPED) and came > 0
    return FileLine(id=str(file.id), name=file.file_name, note=note, back=back)


def is_at_work(file: DataImport) -> bool:
    return file.status in AT_WORK
