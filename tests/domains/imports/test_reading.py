"""Files of spreadsheets in all their ways, and what is said of those that are none."""

import csv
import io

import pytest

from salestrekker_portal.domains.imports.columns import FIELDS, guessed, said
from salestrekker_portal.domains.imports.reading import MOST_BYTES, MOST_ROWS, read_sheet
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.sheets import sheet


@pytest.mark.parametrize(
    "raw",
    [
        "Name,Town\nZoë,“Home”\n".encode(),
        b"\xef\xbb\xbf" + "Name;Town\r\nZoë;“Home”\r\n".encode(),
        "Name;Town\r\nZoë;“Home”\r\n\r\n;\r\n".encode("cp1252"),
        "Name\tTown\r\nZoë\t“Home”\r\n".encode("utf-16"),
        'sep=|\r\n"Name"|"Town"|\r\n"Zoë"|"“Home”"|\r\n'.encode(),
    ],
)
def test_one_sheet_in_the_ways_of_spreadsheets(raw):
    sheet = read_sheet(raw)
    assert sheet.columns == ["Name", "Town"] and sheet.rows == [(2, ["Zoë", "“Home”"])]


def test_rows_are_counted_as_spreadsheets_do():
    sheet = read_sheet(b'Name,Note\n"A\nB",x\n\nC,\n')
    assert sheet.rows == [(2, ["A\nB", "x"]), (4, ["C", ""])]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "line of headings"),
        (b"Name,Town\n", "line of headings"),
        (b"PK\x03\x04rest", "Save as"),
        (b"\x00\x01\x02", "isn’t text"),
        (b"\xff\xfe\x00", "isn’t text"),
        (b'Name,Town\n"Kim,x\n', "quotation mark"),
        (b"Name\nKim,x\n", "Row 2 has more cells"),
        (b"Name\n" + b"x" * 5_001 + b"\n", "Row 2 has a cell of 5,001"),
        (b"Name\n" + b"x" * 200_000 + b"\n", "far too long"),
        (b"a" * (MOST_BYTES + 1), "larger than 5 MB"),
        (b"Name\n" + b"Kim\n" * (MOST_ROWS + 1), "10,001 rows"),
        (",".join("abcdefghij" * 7).encode() + b"\nx\n", "70 columns"),
    ],
)
def test_what_is_no_sheet_says_what_to_do(raw, sentence):
    with pytest.raises(Invalid, match=sentence):
        read_sheet(raw)


def test_what_we_hand_out_is_read_again_and_is_never_a_formula():
    rows = [["=1+1", "+61 491 570 006"], ["-", "O’Brien"]]
    text = sheet(["=cmd|' /C calc'!A0", "Phone"], rows)
    cells = [each for line in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) for each in line]
    assert len(cells) == 6 and not any(each.startswith(("=", "+", "-")) for each in cells)
    again = read_sheet(text.encode())
    assert again.columns == ["=cmd|' /C calc'!A0", "Phone"] and [cells for _, cells in again.rows] == rows


def test_what_was_said_of_a_heading_twice_or_of_none():
    assert said(["Phone", "Phone", "", "Town"], ["mobile", "", "name", ""]) == {"phone": "mobile", "town": ""}
    assert said(["Phone", "Phone"], ["", "mobile"]) == {"phone": "mobile"}


def test_columns_of_other_systems_are_guessed_and_each_field_once():
    columns = ["First Name", "SURNAME", "E-mail", "Phone 1", "Mobile", "Loan amount", "Adviser", "Favourite colour"]
    assert guessed(columns, {}) == ["first_name", "last_name", "email", "mobile", "", "value", "owner", ""]
    assert guessed(["Adviser"], {"adviser": ""}) == [""] and guessed(["Who"], {"who": "name"}) == ["name"]
    assert guessed([label for label, _ in FIELDS.values()], {}) == list(FIELDS)
