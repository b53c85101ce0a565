"""Where somebody is taken next is a page of ours, whatever an address or a form says."""

import re
from urllib.parse import urljoin, urlsplit

from hypothesis import example, given
from hypothesis import strategies as st

from salestrekker_portal.portals.http.requests import safe_next

OURS = "https://portal.example.com/sign-in"
SIGNS = st.sampled_from(
    ["/", "\\", "\t", "\n", "\r", " ", "\x00", "\x1f", "@", ":", ".", "?", "#", "evil.example", "https:", "%09"]
)


def as_a_browser_reads(address: str) -> str:
    """The origin where a browser goes: without what can't be seen, tabs and breaks, and with backslashes turned."""
    seen = re.sub(r"[\t\n\r]", "", address.strip("".join(map(chr, range(33))))).replace("\\", "/")
    parts = urlsplit(urljoin(OURS, seen))
    return f"{parts.scheme}://{parts.netloc}"


@given(st.lists(SIGNS, max_size=7).map("".join))
@example("/\t/evil.example")
@example("/\\evil.example")
@example("//evil.example")
@example("/deals/1?next=//evil.example")
def test_nobody_is_taken_elsewhere(typed):
    assert as_a_browser_reads(safe_next(typed, "/board")) == "https://portal.example.com"


def test_a_page_of_ours_stays_as_it_was_asked_for():
    for path in ("/", "/board", "/deals/0190/notes?all=1#last", "/contacts?q=T%C4%81ne", "/contacts?q=Tāne"):
        assert safe_next(path, "/board") == path
