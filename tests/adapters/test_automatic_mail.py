"""What mail programs are told beside the words: nobody typed this, and how it ends with one press."""

from email import message_from_bytes
from email.policy import default

from salestrekker_portal.adapters.email_sendgrid import SendGridSender
from salestrekker_portal.adapters.email_smtp import mail_of
from tests.adapters.letters import email

STOP = "https://portal.example.com/stop/abc.def"


def test_by_a_mail_server():
    sent = mail_of(email(content={"stop": STOP}), "portal@example.com").as_bytes()
    stopped = message_from_bytes(sent, policy=default)
    assert stopped["Auto-Submitted"] == "auto-generated" and stopped["Message-ID"].endswith("@example.com>")
    assert stopped["List-Unsubscribe"] == f"<{STOP}>"
    assert stopped["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stopped["Reply-To"] == "alice@example.com"
    assert mail_of(email(), "portal@example.com")["List-Unsubscribe"] is None


def test_by_sendgrid():
    sender = SendGridSender(api_key="k", from_address="portal@example.com", api_base="https://x.example.com")
    envelope = email(content={"stop": STOP})
    headers = sender._mail(envelope)["headers"]
    assert headers == {
        "Message-ID": f"<{envelope.message_id}@example.com>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{STOP}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def test_only_a_web_address_ends_anything():
    assert "List-Unsubscribe" not in SendGridSender(
        api_key="k", from_address="portal@example.com", api_base="https://x.example.com"
    )._mail(email(content={"stop": "javascript:alert(1)"}))["headers"]
