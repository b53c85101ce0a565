"""A message taken apart: lists, quotations and facts, and the place of its button. Pure."""

from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit

from salestrekker_portal.domains.outbox.content import ITEM, PIN_NOTE, PROOF, SIGNED, Content, button_place, is_quoted
from salestrekker_portal.kernel.text import shortened, split_address

PREVIEW_LIMIT = 110
# What Word's engine needs to know before it draws: pixels of a letter at 16 px, and what stands around the words.
_LETTER, _AROUND, _WIDEST = 9, 60, 280


@dataclass(frozen=True, kw_only=True)
class MailPart:
    """A piece of a message: `kind` says how it looks, `first` is what stands before `text` in bold.

    `shown` is an address as it is read; `address` the same where it may be opened, otherwise "". `width` is a
    button's, in pixels, for programs that can't measure.
    """

    kind: str = "text"
    first: str = ""
    text: str = ""
    address: str = ""
    shown: str = ""
    items: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    width: int = 0


def parts_of(content: Content) -> list[MailPart]:
    """In the order that they are read: what it is about, its list, the button, and what matters less."""
    place = button_place(content.paragraphs)
    before, after = _grouped(content.paragraphs[:place]), _grouped(content.paragraphs[place:])
    facts = [MailPart(kind="facts", facts=tuple((key, value) for key, value in content.facts))] if content.facts else []
    return [*before, *facts, *_actions(content), *after]


def _grouped(paragraphs: list[str]) -> list[MailPart]:
    parts: list[MailPart] = []
    for listed, group in groupby(paragraphs, key=lambda each: bool(ITEM.match(each))):
        if listed:
            parts.append(MailPart(kind="list", items=tuple(ITEM.sub("", each) for each in group)))
        else:
            parts += [_part(each) for each in group]
    return parts


def _part(paragraph: str) -> MailPart:
    said, address = split_address(paragraph)
    if address:
        return MailPart(kind="address", text=said, address=openable(address), shown=address)
    for kind, first in (("proof", PROOF), ("note", PIN_NOTE)):
        if paragraph.startswith(first):
            return MailPart(kind=kind, first=first, text=paragraph.removeprefix(first))
    if is_quoted(paragraph):
        return MailPart(kind="quote", text=paragraph)
    return MailPart(kind="sign" if paragraph.startswith(SIGNED) else "text", text=paragraph)


def _actions(content: Content) -> list[MailPart]:
    ways = [MailPart(kind="way", text=words, address=openable(to), shown=to) for words, to in content.ways]
    if not content.link:
        return ways
    label = content.link_label
    width = min(_WIDEST, _AROUND + _LETTER * len(label))
    button = MailPart(kind="button", text=label, address=openable(content.link), shown=content.link, width=width)
    return [button, *ways]


def preview_of(content: Content, parts: list[MailPart]) -> str:
    """What a list of e-mails shows beside the subject: the next thing, never a greeting or the subject again."""
    said = content.preview
    if not said:
        lists = [", ".join(part.items) for part in parts if part.kind == "list"]
        quotes = [part.text for part in parts if part.kind == "quote"]
        texts = [part.text for part in parts if part.kind == "text" and not part.text.endswith((",", ":"))]
        said = next((each for each in (*quotes, *lists, *texts) if each and each != content.subject), "")
    return shortened(" ".join(said.split()), PREVIEW_LIMIT)


def openable(link: str) -> str:
    """The link where it is a web address, otherwise "": escaping does nothing against `javascript:`."""
    return link if urlsplit(link).scheme in ("https", "http") else ""
