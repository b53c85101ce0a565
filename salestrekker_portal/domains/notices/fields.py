"""What can stand in messages to clients and partners, by key and by the label that people write in brackets."""

from salestrekker_portal.domains.notices.wording import TextField

NO_PIN_BY_EMAIL = "A PIN never stands in an e-mail: the link and the PIN travel separately."
NO_NOTE_BY_SMS = "A text says that a message is there, not what it says."
NO_LINK_BY_SMS = "A link never stands in an SMS: the link and the PIN travel separately."

NOTE_SAMPLE = "Good news, the lender has what it needs."

_ALL_FIELDS = (
    TextField(key="greeting", label="Greeting", about="Hello, or Kia ora", sample="Hello"),
    TextField(key="client_first_name", label="Client first name", about="Who reads it", sample="Kim", sms_limit=20),
    TextField(key="client_name", label="Client name", about="First and last name", sample="Kim Nguyen"),
    TextField(key="everyone", label="Everyone applying", about="The reader and the others", sample="you and Sam"),
    TextField(
        key="broker_first_name", label="Broker first name", about="Whose deal it is", sample="Alice", sms_limit=20
    ),
    TextField(key="broker_name", label="Broker name", about="First and last name", sample="Alice O’Rourke"),
    TextField(key="firm_name", label="Firm", about="The name of your organisation", sample="Harbour Finance"),
    TextField(key="firm_phone", label="Phone", about="Your organisation’s, or the broker’s", sample="(02) 4000 1000"),
    TextField(
        key="signature",
        label="Signature",
        about="How to ask questions, and who writes",
        sample="Questions? Reply to this e-mail or call me on (02) 4000 1000. Alice O’Rourke, Harbour Finance",
        limit=400,
        why_not_sms="The signature speaks of replying to an e-mail.",
    ),
    TextField(
        key="link",
        label="Link",
        about="The address of their page; the button leads there too",
        sample="https://portal.example.com/portal/…",
        why_not_sms=NO_LINK_BY_SMS,
    ),
    TextField(
        key="pin_note",
        label="PIN note",
        about="Where the PIN went, and what to do without it",
        sample="You will need your PIN. We sent six digits by text to your mobile, •••• 156. Can’t find it? Ask for a "
        "new one on the page.",
        limit=400,
    ),
    TextField(
        key="pin", label="PIN", about="The six digits", sample="482915", as_is=True, why_not_email=NO_PIN_BY_EMAIL
    ),
    TextField(
        key="documents",
        label="Documents",
        about="Their names, one a line",
        sample="• Payslips, last 3 months\n• Driver licence, by 14 Mar",
        lines=True,
        limit=12_000,
        sms_limit=120,
    ),
    TextField(
        key="documents_short",
        label="Documents in short",
        about="The name of one, or how many",
        sample="2 documents",
    ),
    TextField(
        key="reason",
        label="Reason",
        about="What you wrote about it",
        sample="The second page is missing.",
        limit=500,
        sms_limit=120,
    ),
    TextField(
        key="note",
        label="Message",
        about="What you wrote: all of it, its first line, or nothing, as chosen for these e-mails",
        sample=f"“{NOTE_SAMPLE.removesuffix('.')}…”",
        lines=True,
        limit=60_000,
        why_not_sms=NO_NOTE_BY_SMS,
    ),
    TextField(key="due_date", label="Due date", about="The day they are due", sample="14 Mar"),
    TextField(key="stage_name", label="Stage", about="In your words for clients", sample="With the lender"),
    TextField(
        key="stage_meaning",
        label="Stage meaning",
        about="What the stage means for them",
        sample="The lender is looking at your application.",
        lines=True,
        limit=500,
        sms_limit=120,
    ),
    TextField(
        key="partner_first_name", label="Partner first name", about="Who reads it", sample="Dev", sms_limit=20
    ),
    TextField(key="deal_name", label="Client names", about="Whom they sent", sample="Kim Nguyen and Sam Nguyen"),
    TextField(key="settled_on", label="Settled on", about="The day, as far as they see it", sample="Friday 20 March"),
    TextField(key="outcome", label="Outcome", about="Why it isn’t going ahead", sample="it was withdrawn"),
    TextField(key="month", label="Month", about="The month that it is about", sample="March 2026"),
    TextField(
        key="in_short", label="In short", about="How many came and settled", sample="3 clients sent, 1 settled",
        sms_limit=80,
    ),
    TextField(
        key="still_open",
        label="Still open",
        about="Those whose deals go on, one a line",
        sample="Still open:\n• Kim Nguyen and Sam Nguyen: With the lender",
        lines=True,
        limit=12_000,
        sms_limit=120,
    ),
)
FIELDS: dict[str, TextField] = {field.key: field for field in _ALL_FIELDS}
ALWAYS = (
    "greeting",
    "client_first_name",
    "client_name",
    "broker_first_name",
    "broker_name",
    "firm_name",
    "firm_phone",
    "signature",
    "link",
)
# What every message to partners can say. A month's has no broker to name, nor one deal.
ALWAYS_TO_PARTNERS = ("greeting", "partner_first_name", "firm_name", "signature")
