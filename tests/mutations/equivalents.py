"""Faults that no test can notice, because the program does the same with them: `equivalents.txt`, a reason for each.

A line is `path | the line in which it stands | what stands there then | the reason`.
"""

from functools import cache
from pathlib import Path

from salestrekker_portal.build import ROOT
from tests.mutations.faults import Fault

KEPT = Path(__file__).with_name("equivalents.txt")
Name = tuple[str, str, str]


def read(text: str) -> dict[Name, str]:
    """The reasons by the names of the faults. Raises ValueError for a line without four parts."""
    found = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            path, there, becomes, reason = (part.strip() for part in line.split(" | "))
            found[path, there, becomes] = reason
    return found


EQUIVALENT = read(KEPT.read_text())


@cache
def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


def name_of(path: Path, fault: Fault) -> Name:
    """What a fault is called here: by the words of its line, which stay when the line moves."""
    becomes = fault.becomes if fault.becomes not in ("", "pass") else fault.what
    return str(path.relative_to(ROOT)), _lines(path)[fault.line - 1].strip(), becomes
