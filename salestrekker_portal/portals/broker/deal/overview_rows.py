"""What the lists of a deal's overview hold."""

from typing import TypedDict


class ContactShown(TypedDict):
    """One person of the deal; `portal` is a state of `words.PORTAL_BADGES`."""

    id: str
    name: str
    initials: str
    role: str
    email: str
    mobile: str
    company: bool
    portal: str
    seen: str
    first_name: str
    last_name: str
    time_zone: str
    # Whom a partner's client may be: words, and the deal where they are ("" for none).
    alike: str
    alike_path: str


class NoteShown(TypedDict):
    id: str
    author: str
    initials: str
    when_at: str
    exact: str
    text: str
    audience: str
    important: bool


class FileShown(TypedDict):
    id: str
    name: str
    meta: str
    audience: str


class FigureShown(TypedDict):
    """One figure of what the clients told; `path` opens the lines that it is made of."""

    key: str
    name: str
    words: str
    path: str


class FactShown(TypedDict):
    name: str
    value: str
