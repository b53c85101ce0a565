"""Within one file of journeys everybody is on one server: a mobile there belongs to one person.

Two people with one mobile are "shared with" each other, and the second can't be invited: which test fails then
depends on which ran before it.
"""

import re
from collections import defaultdict
from pathlib import Path

JOURNEYS = Path(__file__).resolve().parents[1] / "journeys"
PERSON = re.compile(r'"(?P<mobile>0\d{3} \d{3} \d{3})", "(?P<email>[^"]+@[^"]+)"')


def shared(source: str) -> list[str]:
    """Mobiles that more than one e-mail is written beside."""
    found = defaultdict(set)
    for each in PERSON.finditer(source):
        found[each["mobile"]].add(each["email"])
    return [f"{mobile}: {sorted(emails)}" for mobile, emails in found.items() if len(emails) > 1]


def test_a_mobile_belongs_to_one_person_in_each_file_of_journeys():
    wrong = {path.name: shared(path.read_text()) for path in JOURNEYS.glob("test_*.py")}
    assert not {name: each for name, each in wrong.items() if each}


def test_the_search_finds_two_with_one_mobile():
    one, two = ('("A", "B", "0491 570 945", "a@example.com")', '("C", "D", "0491 570 945", "c@example.com")')
    assert shared(one) == [] and len(shared(one + two)) == 1
