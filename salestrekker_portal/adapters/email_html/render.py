"""Puts the words of a message into our templates: one base layout, the message as HTML, the same words as text."""

import re
import textwrap
from functools import cache
from pathlib import Path

import phonenumbers
from css_inline import CSSInliner
from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, select_autoescape
from markupsafe import Markup, escape

from salestrekker_portal.adapters.email_html.parts import openable, parts_of, preview_of
from salestrekker_portal.domains.outbox.service import Content

HERE = Path(__file__).parent
# What every mail program shows without folding, and people can quote.
COLUMNS = 72
# After the preview, so that no program fills the rest of its line with the beginning of the letter.
FILLER = Markup("&#847;&zwnj;&nbsp;" * 70)  # noqa: S704  ours, and nobody typed any of it
DARK = "(prefers-color-scheme: dark)"
_COUNTRIES = {"en-NZ": "NZ"}


def plain_part(content: Content) -> str:
    """The words without the look; each address stands on its own line, and no other line is wider than 72 letters."""
    return _templates().get_template("message.txt").render(**_values(content))


def html_part(content: Content) -> str:
    """A whole HTML document. Everything that people typed is escaped."""
    return _templates().get_template("message.html").render(**_values(content))


def automatic_headers(content: Content, kind: str = "") -> dict[str, str]:
    """What tells programs that nobody typed this (RFC 3834), and how it is stopped with one press (RFC 8058).

    What a broker wrote by hand says nothing of the kind: who is away answers them.
    """
    headers = {} if kind.startswith("letter.") else {"Auto-Submitted": "auto-generated"}
    if openable(content.stop):
        headers |= {"List-Unsubscribe": f"<{content.stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers


def _values(content: Content) -> dict[str, object]:
    parts = parts_of(content)
    firm = content.firm or content.sender
    return {
        "subject": content.subject,
        "preview": preview_of(content, parts),
        "filler": FILLER,
        "lang": content.lang,
        "country": _COUNTRIES.get(content.lang, "AU"),
        "firm": firm,
        "letter": firm.strip()[:1].upper(),
        "logo": openable(content.logo),
        "sheet": [part for part in parts if part.kind != "proof"],
        "proofs": [part for part in parts if part.kind == "proof"],
        "button": next((part for part in parts if part.kind == "button"), None),
        "why": content.why,
        "stop": openable(content.stop),
        "change": openable(content.change),
        "footer": content.footer,
        "privacy": openable(content.privacy),
    }


def with_calls(text: str, country: str) -> Markup:
    """The text, escaped, with each phone number as a link that calls it and never breaks over two lines."""
    done, said = 0, Markup()
    for found in phonenumbers.PhoneNumberMatcher(text, country):
        number = phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164)
        said += escape(text[done : found.start]) + Markup('<a href="tel:{}" style="{}">{}</a>').format(
            number, "color:inherit;text-decoration:underline;white-space:nowrap", found.raw_string
        )
        done = found.end
    return said + escape(text[done:])


def wrapped(text: str, *, first: str = "") -> str:
    """At most 72 letters a line; a line that begins with `first` hangs its next ones under it. Addresses stay whole."""
    lines = [
        textwrap.fill(
            line, COLUMNS, initial_indent=first, subsequent_indent=" " * len(first), break_long_words=False,
            break_on_hyphens=False,
        )
        for line in text.split("\n")
    ]  # fmt: skip
    return "\n".join(lines)


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
            source = source.replace("</head>", f"<style>{_dark_in_outlook()}</style></head>")
        return source, str(path), None


def _dark_in_outlook() -> str:
    """The dark look once more, as Outlook in a browser asks for it: by an attribute, not by what the device says."""
    css = (HERE / "mail.css").read_text(encoding="utf-8")
    dark = css.partition(f"@media {DARK} {{")[2].partition("\n}")[0]
    return re.sub(r"^\s*(?=\.)|(?<=, )(?=\.)", "[data-ogsc] ", dark, flags=re.MULTILINE)


@cache
def _templates() -> Environment:
    """A value that a template asks for and nobody gave is an error, never a gap in somebody's mail."""
    environment = Environment(
        loader=_Inlined(),
        autoescape=select_autoescape(["html"]),  # on for HTML; plain text would show "&amp;"
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"with_calls": with_calls, "wrapped": wrapped}
    return environment
