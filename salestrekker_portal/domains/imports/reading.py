"""A spreadsheet's CSV, in whichever letters and with whichever marks it was saved."""

import codecs
import csv
import io
from dataclasses import dataclass

from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.sheets import unmarked
from salestrekker_portal.kernel.text import clean, counted

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 10_000, 60, 5_000
_MARKS = ",;\t|"
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

TOO_LARGE = "That file is larger than 5 MB. Split it, and bring in one part after the other."
A_WORKBOOK = "That is a workbook. Open it, choose Save as and “CSV UTF-8”, and choose the file that it makes."
NOTHING = "Choose a CSV file with a line of headings and at least one row."
NO_TEXT = "That file isn’t text. Save the spreadsheet as CSV and choose that."
NOT_ONE_PIECE = (
    "A quotation mark isn’t closed in that file, or a cell of it is far too long. Save it again from the spreadsheet."
)


@dataclass(frozen=True)
class Sheet:
    """Headings, and rows as (number as spreadsheets count, cells), each as long as the headings."""

    columns: list[str]
    rows: list[tuple[int, list[str]]]


def read_sheet(raw: bytes) -> Sheet:
    """Raises Invalid (`file`) with what to do."""
    if len(raw) > MOST_BYTES:
        raise Invalid({"file": TOO_LARGE})
    if raw.startswith(_WORKBOOK):
        raise Invalid({"file": A_WORKBOOK})
    text = _text(raw)
    mark, text = _said_mark(text)
    try:
        # Strict, or a quotation mark that is never closed would make one cell of the rest of the file.
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark or _mark_of(text), strict=True)
        columns = [unmarked(clean(each)) for each in next(lines, [])]
        # Empty lines are left out at once: 5 MB of them are five million.
        filled = [
            (number, line) for number, line in enumerate(lines, start=2) if line and any(each.strip() for each in line)
        ]
    except csv.Error:
        raise Invalid({"file": NOT_ONE_PIECE}) from None
    while columns and not columns[-1]:
        columns.pop()
    if not columns:
        raise Invalid({"file": NOTHING})
    rows = [(number, _cells(number, line, len(columns))) for number, line in filled]
    _demand_size(columns, rows)
    return Sheet(columns, rows)


def _demand_size(columns: list[str], rows: list) -> None:
    if not rows:
        raise Invalid({"file": NOTHING})
    if len(columns) > MOST_COLUMNS:
        raise Invalid({"file": f"That file has {counted(len(columns), 'column')}. Keep at most {MOST_COLUMNS}."})
    if len(rows) > MOST_ROWS:
        raise Invalid({"file": f"That file has {counted(len(rows), 'row')}. Split it: at most {MOST_ROWS:,} at once."})


def _text(raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(raw, "utf-16")
    if b"\0" in raw:
        raise Invalid({"file": NO_TEXT})
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel writes on Windows when nobody chose "UTF-8"; five of its bytes mean nothing.
        return raw.decode("cp1252", errors="replace")


def _decoded(raw: bytes, letters: str) -> str:
    try:
        return raw.decode(letters)
    except UnicodeDecodeError:
        raise Invalid({"file": NO_TEXT}) from None


def _said_mark(text: str) -> tuple[str, str]:
    """The mark that Excel may say in a line of its own before the headings, and the rest."""
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"').lower()
    return (said[4:], rest) if said.startswith("sep=") and len(said) == 5 else ("", text)


def _mark_of(text: str) -> str:
    """Which mark parts the headings: the one that makes most of them."""

    def headings(mark: str) -> int:
        try:
            return len(next(csv.reader(io.StringIO(text, newline=""), delimiter=mark)))
        except (StopIteration, csv.Error):
            return 0

    return max(_MARKS, key=headings)


def _cells(number: int, line: list[str], many: int) -> list[str]:
    cells = [unmarked(clean(each, lines=True)) for each in line[:many]]
    longest = max(map(len, cells), default=0)
    if longest > MOST_LETTERS:
        raise Invalid(
            {"file": f"Row {number} has a cell of {counted(longest, 'character')}. Keep at most {MOST_LETTERS:,}."}
        )
    if any(clean(each) for each in line[many:]):
        raise Invalid({"file": f"Row {number} has more cells than there are headings. Give each column a heading."})
    return cells + [""] * (many - len(cells))
