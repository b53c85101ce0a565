"""How many answers a fact find needs before anybody has said anything, and how long they take: from the catalogue.

python -m benchmarks.burden prints the table of docs/benchmarks.md. "Needed" are answers without which the profile can't
be handed in; the lists of a page to which one has nothing to add are one answer, because one press gives it. Entries
that somebody does add (a job, a loan), and questions that an answer brings up, come on top.
"""

from datetime import date

from salestrekker_portal.domains.fact_find.progress import progress
from salestrekker_portal.domains.questions.catalogue import pages_for
from salestrekker_portal.domains.questions.chapters import screen_of
from salestrekker_portal.domains.questions.vocabulary import Loan, Party

PEOPLE = (("kim", "Kim Doe"), ("sam", "Sam Roe"))
ROWS = (
    ("Home loan, Australia, one person", "AU", Loan.HOME, 1),
    ("Home loan, Australia, a couple", "AU", Loan.HOME, 2),
    ("Home loan, New Zealand, one person", "NZ", Loan.HOME, 1),
    ("Personal loan, Australia", "AU", Loan.PERSONAL, 1),
    ("Vehicle, Australia", "AU", Loan.ASSET_CONSUMER, 1),
)


def counted(country: str, loan: Loan, people: int) -> tuple[int, int, int]:
    """Needed answers, minutes, and screens of one person."""
    facts = {"today": date(2026, 3, 9), "country": country, "loan": loan, "applicants": PEOPLE[:people]}
    pages = pages_for(country, Party.PERSON, loan)
    made = progress(pages, {}, facts)
    asked = {each.section_id for each in made.sections}
    screens = {screen_of(page, each) for page in pages for each in page.sections if f"{page.key}.{each.key}" in asked}
    return made.required, made.minutes_left, len(screens)


def table() -> str:
    """The rows as Markdown."""
    lines = ["| fact find | needed answers | about minutes | screens of one person |", "|---|---|---|---|"]
    for name, country, loan, people in ROWS:
        lines.append(f"| {name} | {' | '.join(str(each) for each in counted(country, loan, people))} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
