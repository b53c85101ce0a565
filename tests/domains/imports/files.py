"""Spreadsheets as people have them."""

import csv
import io

HEADINGS = ["First Name", "Surname", "Mobile Phone", "Email Address", "Opportunity", "Loan Amount", "Status", "Notes"]
WRONG = (
    {"Email Address": "kim@@example"},
    {"Mobile Phone": "12"},
    {"Loan Amount": "a lot"},
    {"Status": "Nowhere"},
    {"First Name": "", "Surname": ""},
)


def line_of(number: int, **other: str) -> dict[str, str]:
    """A good row: everybody has an address and a number of their own."""
    return {
        "First Name": f"Zoë{number}", "Surname": "O’Brien",
        "Mobile Phone": f"0491 57{number // 1000} {number % 1000:03d}",
        "Email Address": f"zoe{number}@example.com", "Opportunity": f"Home loan {number}",
        "Loan Amount": ("750k", "$1,250,000", "640 000")[number % 3], "Status": "fact find",
        "Notes": 'Two lines,\nand a "quote"; both kept' if number % 50 == 0 else "",
    } | other  # fmt: skip


def written(lines: list[dict[str, str]], *, mark: str = ";", letters: str = "cp1252") -> bytes:
    """As Excel saves it."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, HEADINGS, delimiter=mark)
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode(letters)
