"""Our own rules for HTML in mail programs, as a list of what is wrong with a message; empty when nothing is.

Word's engine (Outlook) draws tables, no padding on links, and no style sheet that is too clever; telephones are 320
pixels wide; Gmail cuts a message at 102 KB and drops what it doesn't know.
"""

import re
from html.parser import HTMLParser

from salestrekker_portal.adapters.email_html import html_part, plain_part
from salestrekker_portal.domains.outbox.content import ITEM, Content

CLIPPED_AT = 90 * 1024
COLUMNS = 72
VOID = ("meta", "br", "img")
FORBIDDEN_TAGS = {"script", "link", "form", "iframe", "object", "input", "button", "video", "svg"}
# What Word's engine ignores or draws wrongly.
FORBIDDEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*(?:flex|grid)|float\s*:|position\s*:|background-image\s*:)|var\(|calc\(|\brem\b"
)
COLOUR = re.compile(r"(?:^|;)\s*color\s*:")


class _Tree(HTMLParser):
    """Each element with its classes, style and those that it stands in; what is read, and the style blocks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.seen: list[tuple[str, dict[str, str], list[tuple[str, dict[str, str]]]]] = []
        self.sheets, self.comments, self.bare = "", "", []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes) -> None:
        facts = {name: value or "" for name, value in attributes}
        self.seen.append((tag, facts, list(self.open)))
        if tag not in VOID:
            self.open.append((tag, facts))

    def handle_endtag(self, tag) -> None:
        self.open.pop()

    def handle_comment(self, data: str) -> None:
        self.comments += data

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] == "style":
            self.sheets += data
        elif data.strip() and self.open and self.open[-1][0] not in ("title", "style") and not self._styled():
            self.bare.append(data.strip())

    def _styled(self) -> bool:
        """With a typeface of its own, or not shown at all."""
        styles = [facts.get("style", "") for _, facts in self.open]
        return any("font-family" in style or "mso-hide" in style for style in styles)


def faults_of(content: Content) -> list[str]:
    """Everything that is wrong with a message as it would leave."""
    html, plain = html_part(content), plain_part(content)
    return [*html_faults(html), *button_faults(content, html), *preview_faults(content, html), *plain_faults(plain)]


def html_faults(html: str) -> list[str]:
    """What a mail program would draw wrongly."""
    tree, faults = _Tree(html), []
    if len(html.encode()) > CLIPPED_AT:
        faults.append("so long that Gmail cuts it")
    faults += [f"text without a typeface of its own: {each}" for each in tree.bare]
    for tag, facts, around in tree.seen:
        faults += _element_faults(tag, facts, around, tree.sheets)
    if "max-width: 600px" not in html or 'width="600"' not in tree.comments:
        faults.append("600 px are not said both ways: for Word's engine, and for all others")
    if not re.search(r'<html lang="en-(?:AU|NZ)"', html):
        faults.append("no language of the receiver's country")
    return faults


def _element_faults(tag: str, facts: dict[str, str], around: list, sheets: str) -> list[str]:
    style, faults = facts.get("style", ""), []
    if tag in FORBIDDEN_TAGS:
        faults.append(f"<{tag}> is no part of a letter")
    if FORBIDDEN_STYLE.search(style):
        faults.append(f"Word's engine can't draw: {style}")
    if tag == "table" and facts.get("role") != "presentation" and "facts" not in facts.get("class", ""):
        faults.append("a table for the look that says it is one of figures")
    if tag == "th" and facts.get("scope") != "row":
        faults.append("a name without its scope")
    if tag == "img" and "alt" not in facts:
        faults.append("a picture without words")
    if facts.get("width", "").isdecimal() and int(facts["width"]) > 320:
        faults.append(f"{facts['width']} px are wider than a telephone")
    cell = around[-1][1] if around else {}
    if tag == "a" and "padding" in style and not (cell.get("bgcolor") and "button" in cell.get("class", "")):
        faults.append("a padded link without a coloured cell: Outlook drops the padding")
    if tag in ("p", "h1", "ul") and "margin:" not in style:
        faults.append(f"<{tag}> with the margins of whoever draws it")
    names = facts.get("class", "").split()
    dark = any(f".{name}" in sheets for name in names) or ("button" in cell.get("class", "") and ".button a" in sheets)
    if COLOUR.search(style) and "inherit" not in style and not dark:
        faults.append(f"an ink that the dark look doesn't know: {style}")
    return faults


def button_faults(content: Content, html: str) -> list[str]:
    """The button is bulletproof, opens what it says, and stands behind the list."""
    if not content.link:
        return []
    faults = []
    drawn = re.findall(r'<v:roundrect href="([^"]*)"', html)
    cells = re.findall(r'<td class="button"[^>]*bgcolor[^>]*><a href="([^"]*)"', html)
    if len(drawn) != 1 or drawn != cells:
        faults.append("the button is not the same for Word's engine and for all others")
    if "<!--[if !mso]><!-->" not in html or "<!--<![endif]-->" not in html:
        faults.append("one of the two buttons is not hidden from the other's programs")
    before, _, after = plain_part(content).partition(f"{content.link_label}:\n")
    lines = [line for line in before.splitlines() if line.strip()]
    if lines and lines[-1].endswith(":"):
        faults.append("the button stands between a sentence and what it announces")
    following = [line for line in after.splitlines()[1:] if line.strip()]
    if following and ITEM.match(following[0]):
        faults.append("a list comes after the button")
    return faults


def preview_faults(content: Content, html: str) -> list[str]:
    """What a list of e-mails shows beside the subject says the next thing, and nothing slips in after it."""
    shown = re.search(r'<div class="preview"[^>]*>(.*?)</div>', html, re.DOTALL)
    if shown is None:
        return ["no preview"]
    said, filler, _ = shown[1].partition("&#847;")
    faults = [] if filler else ["nothing fills the rest of the preview"]
    if content.paragraphs and not said.strip():
        faults.append("the preview is empty")
    if said.strip() == content.subject:
        faults.append("the preview says the subject again")
    return faults


def plain_faults(plain: str) -> list[str]:
    """The words without the look can be read in 72 columns, and no mark of HTML is among ours."""
    long = [
        line for line in plain.splitlines() if len(line) > COLUMNS and len(line.strip("- ").split()) > 1
        and not line.startswith(("https://", "http://"))
    ]  # fmt: skip
    # A single word (an address, a name of a hundred letters) is never cut.
    return [f"wider than 72 columns: {line}" for line in long if max(map(len, line.split())) < COLUMNS - 20]
