"""What a message says, before anything decides how it looks."""

import re
from dataclasses import dataclass, field, replace

# Said below everything: the sentence that tells a real message from a forged one.
PROOF = "Is this really from us?"
PIN_NOTE = "You will need your PIN."
SIGNED = "Questions? Reply to this e-mail"
# How people write a line of a list, in our own texts and in theirs.
ITEM = re.compile(r"^(?:•|[-–*])\s+")


@dataclass(frozen=True, kw_only=True)
class Content:
    """What the recipient reads. An SMS is one paragraph, without subject or link.

    `firm` heads an e-mail; answers to it go to `reply_to`, a person. Paragraphs that begin with "• " are a list.
    `facts` are a small table of names and values. `ways` are links that stand after the button: words and address.
    `why` says why somebody gets this; `stop` is the address that ends it with one press, where it may be ended, and
    `change` the page where its reader chooses. `preview` is what a list of e-mails shows beside the subject.
    """

    sender: str
    firm: str = ""
    reply_to: str = ""
    subject: str = ""
    preview: str = ""
    paragraphs: list[str] = field(default_factory=list)
    facts: list[list[str]] = field(default_factory=list)
    link_label: str = ""
    link: str = ""
    ways: list[list[str]] = field(default_factory=list)
    why: str = ""
    stop: str = ""
    change: str = ""
    # The firm's paper: filled in when the message leaves, as it is then. The logo is where a mail program can fetch it.
    logo: str = ""
    footer: list[str] = field(default_factory=list)
    privacy: str = ""
    lang: str = "en-AU"


def is_quoted(paragraph: str) -> bool:
    """Whether this is what somebody wrote, shown in a message about it."""
    return paragraph.startswith("“") and paragraph.endswith("”")


def button_place(paragraphs: list[str]) -> int:
    """Before which paragraph the button stands: after the last list or quotation, so that it never comes between a
    sentence and what it announces; without one before the signature and the small print."""
    lists = [place for place, each in enumerate(paragraphs) if ITEM.match(each) or is_quoted(each)]
    if lists:
        return lists[-1] + 1
    ends = [place for place, each in enumerate(paragraphs) if each.startswith((SIGNED, PIN_NOTE, PROOF))]
    return max(min(ends, default=len(paragraphs)), min(1, len(paragraphs)))


# An address that lets somebody in: a client's page with its token, a link that sets a password.
_WAY_IN = re.compile(r"https?://\S*(?:/portal/(?!privacy|documents|messages)\S+|token=\S+)")
_DIGITS = re.compile(r"\b\d{6}\b")
HIDDEN = "••••••"


def without_secrets(content: Content, *, carries_pin: bool) -> Content:
    """What may be read again by the team: the words, without a way in, the reader's own stop link, or a PIN."""

    def plain(text: str) -> str:
        shown = _WAY_IN.sub(HIDDEN, text)
        return _DIGITS.sub(HIDDEN, shown) if carries_pin else shown

    return replace(
        content,
        subject=plain(content.subject),
        paragraphs=[plain(each) for each in content.paragraphs],
        link="" if _WAY_IN.search(content.link) else content.link,
        stop="",
    )
