"""Messages that the adapters' tests send."""

from html.parser import HTMLParser

from salestrekker_portal.domains.outbox.service import Content, Envelope
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.outbox import Channel


def text_message(body: str = "Harbour Finance: your appointment is tomorrow.", **facts) -> Envelope:
    """An SMS to Kim."""
    facts = {"kind": "reminder", "recipient": "+61491570156", **facts}
    content = Content(sender="Harbour Finance", paragraphs=[body])
    return Envelope(message_id=new_id(), channel=Channel.SMS, recipient_name="Kim Nguyen", content=content, **facts)


def email(**facts) -> Envelope:
    """An invitation for Kim, with a link."""
    content = {
        "sender": "Alice O’Rourke at Harbour Finance",
        "firm": "Harbour Finance",
        "reply_to": "alice@example.com",
        "subject": "Alice at Harbour Finance has invited you",
        "paragraphs": [
            "Hello Kim,",
            "I’ve opened a secure page.",
            "You will need your PIN. We sent six digits by text.",
            "Is this really from us? The link opens portal.example.com.",
        ],
        "link_label": "Open my page",
        "link": "https://portal.example.com/portal/abc123",
        **facts.pop("content", {}),
    }
    facts = {"recipient": "kim@example.com", "recipient_name": "Kim Nguyen", "kind": "portal.invitation", **facts}
    return Envelope(message_id=new_id(), channel=Channel.EMAIL, content=Content(**content), **facts)


class Letter(HTMLParser):
    """An e-mail's HTML taken apart: every element is closed in order; `tags`, `links`, and the `words` as read."""

    VOID = ("meta", "br", "img")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.words = ""
        self.feed(html)
        self.close()
        assert self.open == [], "elements left open"

    def handle_starttag(self, tag, attributes) -> None:
        self.tags.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        self.links += [value for name, value in attributes if name in ("href", "src")]

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words += data
