"""The numbers of the last runs, a line for each package, for a reader: `results.md`."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

KEPT = Path(__file__).with_name("results.md")
HEAD = """# Would the tests notice?

`python -m tests.mutations all --keep` writes these lines. Faults that change nothing are not counted;
`equivalents.txt` names them.

| package | faults | noticed | lived | on |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Result:
    """What a run came to for one package."""

    package: str
    faults: int
    lived: int
    on: date

    @property
    def noticed(self) -> float:
        """In per cent."""
        return 100 * (self.faults - self.lived) / max(self.faults, 1)

    def __str__(self) -> str:
        return f"{self.package}: {self.faults} faults, {self.noticed:.0f} % noticed, {self.lived} lived"

    @property
    def row(self) -> str:
        return f"| {self.package} | {self.faults} | {self.noticed:.0f} % | {self.lived} | {self.on} |"


def merged(text: str, results: list[Result]) -> str:
    """The page with these results instead of earlier ones of the same packages."""
    rows = {line.split("|")[1].strip(): line for line in text.splitlines() if line.startswith("| salestrekker")}
    rows |= {result.package: result.row for result in results}
    return HEAD + "".join(f"{rows[package]}\n" for package in sorted(rows))


def keep(results: list[Result]) -> None:
    KEPT.write_text(merged(KEPT.read_text() if KEPT.exists() else "", results))
