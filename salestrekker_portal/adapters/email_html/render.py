"""Puts the words of a message into our templates: one base layout, the message as HTML, the same words as text."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from css_inline import CSSInliner
from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, select_autoescape

from salestrekker_portal.domains.outbox.service import Content
from salestrekker_portal.kernel.text import split_address

HERE = Path(__file__).parent
# Said below the sheet, in small type: the sentence that tells a real message from a forged one.
PROOF = "Is this really from us?"
PIN_NOTE = "You will need your PIN."


@dataclass(frozen=True, kw_only=True)
class MailPart:
    """A piece of a message: `kind` says how it looks, `first` is what stands before `text` in bold.

    `shown` is an address as it is read; `address` the same where it may be opened, otherwise "".
    """

    kind: str = "text"
    first: str = ""
    text: str = ""
    address: str = ""
    shown: str = ""


def plain_part(content: Content) -> str:
    """The words without the look; the link stands on its own line."""
    return _templates().get_template("message.txt").render(parts=_parts(content))


def html_part(content: Content) -> str:
    """A whole HTML document. Everything that people typed is escaped."""
    parts = _parts(content)
    firm = content.firm or content.sender
    return (
        _templates()
        .get_template("message.html")
        .render(
            subject=content.subject,
            # What a list of e-mails shows beside the subject: a greeting would tell nothing.
            preview=next((each for each in content.paragraphs if not each.endswith(",")), ""),
            firm=firm,
            letter=firm.strip()[:1].upper(),
            logo=_openable(content.logo),
            sheet=[part for part in parts if part.kind != "proof"],
            below=[part for part in parts if part.kind == "proof"],
            button=next((part for part in parts if part.kind == "button"), None),
        )
    )


def _parts(content: Content) -> list[MailPart]:
    parts = [_part(paragraph) for paragraph in content.paragraphs]
    if content.link:
        button = MailPart(
            kind="button", text=content.link_label, address=_openable(content.link), shown=content.link
        )  # fmt: skip
        # After the first thing that is said, so that nobody has to look for it; a greeting alone says nothing.
        parts.insert(min(2, len(parts)), button)
    return parts


def _part(paragraph: str) -> MailPart:
    said, address = split_address(paragraph)
    if address:
        return MailPart(kind="address", text=said, address=_openable(address), shown=address)
    for kind, first in (("proof", PROOF), ("note", PIN_NOTE)):
        if paragraph.startswith(first):
            return MailPart(kind=kind, first=first, text=paragraph.removeprefix(first))
    return MailPart(text=paragraph)


def _openable(link: str) -> str:
    """The link where it is a web address, otherwise "": escaping does nothing against `javascript:`."""
    return link if urlsplit(link).scheme in ("https", "http") else ""


class _Inlined(BaseLoader):
    """Reads our templates and writes the rules of `mail.css` into their elements.

    That happens here, once, and not to each finished mail: so no second parser ever reads what people typed, and
    what Jinja escaped stays as Jinja wrote it.
    """

    def __init__(self) -> None:
        self._inliner = CSSInliner(
            extra_css=(HERE / "mail.css").read_text(encoding="utf-8"),
            keep_at_rules=True,  # the dark look and the narrow screen can't be said in an element
            load_remote_stylesheets=False,
        )

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        path = HERE / template
        if path.parent != HERE or not path.is_file():
            raise TemplateNotFound(template)
        source = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            whole = source.startswith("<!doctype")
            source = self._inliner.inline(source) if whole else self._inliner.inline_fragment(source, css="")
        return source, str(path), None


@cache
def _templates() -> Environment:
    """A value that a template asks for and nobody gave is an error, never a gap in somebody's mail."""
    return Environment(
        loader=_Inlined(),
        autoescape=select_autoescape(["html"]),  # on for HTML; plain text would show "&amp;"
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
