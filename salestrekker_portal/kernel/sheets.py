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
    writer.writerow(columns)
    for row in rows:
        writer.writerow([f"'{each}" if isinstance(each, str) and each.startswith(_FORMULA) else each for each in row])
    return out.getvalue()


def sheet_amount(cents: int) -> str:
    """1250 or 1250.50: what a spreadsheet adds up."""
    return money_words(cents).replace("$", "").replace(",", "")
