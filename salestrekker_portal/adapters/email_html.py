"""An e-mail as people see it: our one template, and the same words as plain text.

Mail programs drop style sheets and custom properties, so every element carries its own style, in the values of
the design's tokens. The style block at the top only adds the dark look and the narrow screen.
"""

from html import escape
from urllib.parse import urlsplit

from salestrekker_portal.domains.outbox.service import Content
from salestrekker_portal.kernel.text import split_address

INK, MUTED, ACCENT, PAGE, SURFACE, LINE, SUNKEN = (
    "#14202e", "#556273", "#0f6b6b", "#f6f7f9", "#ffffff", "#e2e6ec", "#eef1f5",
)  # fmt: skip
FONT = "font-family:Inter,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
TEXT = f"{FONT};font-size:16px;line-height:24px;color:{INK}"
SMALL = f"{FONT};font-size:14px;line-height:20px;color:{MUTED}"
TABLE = 'role="presentation" cellpadding="0" cellspacing="0" border="0"'
# Said below the sheet, in small type: the sentence that tells a real message from a forged one.
PROOF = "Is this really from us?"
PIN_NOTE = "You will need your PIN."

_DARK = (
    ".p{background:#0d131a!important}.s{background:#141c25!important;border-color:#243140!important}"
    ".w{background:#10171f!important;border-color:#243140!important}.i{color:#e9eef4!important}"
    ".m{color:#a3b0bf!important}.a{color:#4fc1b6!important}"
    ".b{background:#4fc1b6!important;border-color:#4fc1b6!important;color:#04211f!important}"
)
_STYLE = (
    f"@media (prefers-color-scheme:dark){{{_DARK}}}"
    "@media (max-width:620px){.f{width:100%!important}.x{padding-left:20px!important;padding-right:20px!important}}"
)


def plain_part(content: Content) -> str:
    """The words without the look; the link stands on its own line."""
    parts = list(content.paragraphs)
    if content.link:
        parts.insert(_button_place(parts), f"{content.link_label}:\n{content.link}")
    return "\n\n".join(parts) + "\n"


def html_part(content: Content) -> str:
    """A whole HTML document. Everything that people typed is escaped."""
    sheet: list[str] = []
    below: list[str] = []
    for paragraph in content.paragraphs:
        (below if paragraph.startswith(PROOF) else sheet).append(_paragraph(paragraph))
    if content.link:
        sheet.insert(_button_place(content.paragraphs), _button(content))
        below.append(_address(content))
    firm = content.firm or content.sender
    return (
        '<!doctype html><html lang="en-AU"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="format-detection" content="telephone=no">'
        f"<title>{escape(content.subject)}</title><style>{_STYLE}</style></head>"
        f'<body class="p" style="margin:0;padding:0;background:{PAGE}">{_preview(content)}'
        f'<table {TABLE} class="p" width="100%" style="background:{PAGE}"><tr>'
        '<td align="center" style="padding:24px 12px">'
        f'<table {TABLE} class="f" width="600" style="width:600px;max-width:600px">{_firm(firm, content.logo)}'
        f'<tr><td class="s x" style="background:{SURFACE};border:1px solid {LINE};border-radius:8px;padding:32px">'
        f'<h1 class="i" style="margin:0 0 16px;{FONT};font-size:24px;line-height:30px;font-weight:600;color:{INK}">'
        f"{escape(content.subject)}</h1>{''.join(sheet)}</td></tr>"
        f'<tr><td class="x" style="padding:20px 32px">{"".join(below)}</td></tr>'
        "</table></td></tr></table></body></html>"
    )


def _button_place(paragraphs: list[str]) -> int:
    """After the first thing that is said, so that nobody has to look for it; a greeting alone says nothing."""
    return min(2, len(paragraphs))


def _preview(content: Content) -> str:
    """What a list of e-mails shows beside the subject."""
    text = next((each for each in content.paragraphs if not each.endswith(",")), "")
    return f'<div style="display:none;max-height:0;overflow:hidden">{escape(text)}</div>'


def _firm(name: str, logo: str) -> str:
    """The firm's logo, or a letter in our colour; the name stands beside it either way, for who shows no pictures."""
    if _safe(logo):
        mark = (
            f'<td height="32"><img src="{_safe(logo)}" alt="" height="32" '
            'style="display:block;height:32px;width:auto;max-width:160px;background:#ffffff;border-radius:4px"></td>'
        )
        return _firm_row(mark, name)
    letter = escape(name.strip()[:1].upper())
    mark = (
        f'<td class="b" width="32" height="32" align="center" style="width:32px;height:32px;background:{ACCENT};'
        f'border-radius:8px;color:#ffffff;{FONT};font-size:16px;line-height:32px;font-weight:600">{letter}</td>'
    )
    return _firm_row(mark, name)


def _firm_row(mark: str, name: str) -> str:
    return (
        f'<tr><td class="x" style="padding:0 32px 16px"><table {TABLE}><tr>{mark}'
        f'<td class="i" style="padding-left:10px;{TEXT};font-weight:600">{escape(name)}</td></tr></table></td></tr>'
    )


def _paragraph(text: str) -> str:
    said, address = split_address(text)
    if address:
        link = f'<a class="a" href="{_safe(address)}" style="color:{ACCENT};word-break:break-all">{escape(address)}</a>'
        return f'<p class="i" style="margin:0 0 16px;{TEXT}">{escape(said)}<br>{link}</p>'
    words = escape(text)
    if text.startswith(PROOF):
        return f'<p class="m" style="margin:0 0 12px;{SMALL}">{_strong(words, escape(PROOF))}</p>'
    if text.startswith(PIN_NOTE):
        return (
            f'<table {TABLE} width="100%" style="margin:0 0 16px"><tr><td class="w" style="background:{SUNKEN};'
            f'border:1px solid {LINE};border-radius:6px;padding:14px 16px">'
            f'<p class="i" style="margin:0;{TEXT}">{_strong(words, escape(PIN_NOTE))}</p></td></tr></table>'
        )
    return f'<p class="i" style="margin:0 0 16px;{TEXT}">{words}</p>'


def _strong(words: str, start: str) -> str:
    return f'<strong style="font-weight:600">{start}</strong>{words.removeprefix(start)}'


def _safe(link: str) -> str:
    """Only web addresses become links."""
    return escape(link) if urlsplit(link).scheme in ("https", "http") else ""


def _button(content: Content) -> str:
    style = (
        f"display:inline-block;padding:14px 28px;background:{ACCENT};border:1px solid {ACCENT};border-radius:8px;"
        f"{FONT};font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none"
    )
    return (
        f'<p style="margin:8px 0 20px"><a class="b" href="{_safe(content.link)}" style="{style}">'
        f"{escape(content.link_label)}</a></p>"
    )


def _address(content: Content) -> str:
    return (
        f'<p class="m" style="margin:0;{SMALL}">If the button doesn’t work, copy this address into your browser:<br>'
        f'<a class="a" href="{_safe(content.link)}" style="color:{ACCENT};word-break:break-all">'
        f"{escape(content.link)}</a></p>"
    )
