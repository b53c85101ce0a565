"""What a profile page is told besides its questions."""

from typing import TypedDict


class AckView(TypedDict):
    """What was confirmed: the browser's number of the save, the version that the answer has now, how it reads in
    its field, and what shares add up to."""

    number: str
    version: int
    value: str
    sum: str


class NewsView(TypedDict):
    """An answer that somebody else changed while this page was open."""

    value: str
    version: int
    by: str
    was: str


class ClashView(TypedDict):
    """Two people changed one answer: what each of them wrote."""

    mine: str
    mine_words: str
    theirs: str
    theirs_words: str
    name: str
    version: int


class PersonView(TypedDict):
    """Somebody else who is on this page now."""

    name: str
    initials: str
    doing: str
