"""Rows as a file that spreadsheets open."""

import csv
import io
from collections.abc import Iterable, Sequence

from salestrekker_portal.kernel.money import money_words

# What a spreadsheet takes for a formula, typed by whoever named a person, a deal or a stage.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet(columns: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> str:
    """CSV with a mark of its letters in front, because Excel guesses otherwise. No text of it is a formula."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    # The headings too: those of a file that somebody chose are somebody's words.
    writer.writerow(map(_as_text, columns))
    for row in rows:
        writer.writerow(map(_as_text, row))
    return out.getvalue()


def _as_text(cell: str | int | float) -> str | int | float:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def unmarked(cell: str) -> str:
    """A cell without the mark that keeps spreadsheets from taking it for a formula: `sheet` read again."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def sheet_amount(cents: int) -> str:
    """1250 or 1250.50: what a spreadsheet adds up."""
    return money_words(cents).replace("$", "").replace(",", "")
