"""What happened, in a sentence that follows the person's name: "Alice moved the deal from Fact find to Lodged"."""

from salestrekker_portal.tables.activity import Activity

_FIELDS = {
    "name": "name",
    "value_cents": "value",
    "owner_id": "owner",
    "expected_settlement_on": "expected settlement",
    "labels_line": "labels",
    "first_name": "first name",
    "last_name": "last name",
    "company_name": "company name",
    "email": "e-mail",
    "mobile": "mobile",
    "time_zone": "time zone",
    "title": "words",
    "due_on": "day",
    "finance_due_on": "finance due",
    "lodged_on": "lodged",
    "approved_on": "approved",
    "amount_cents": "amount",
    "rate_kind": "kind of rate",
    "rate_e4": "rate",
    "fixed_until": "fixed until",
    "term_months": "term",
    "repayment_kind": "kind of repayment",
    "repayment_cents": "repayment",
    "price_cents": "price",
    "valuation_cents": "valuation",
}

# {…} are facts of the row. A kind that is missing here reads as its own name, so nothing is ever hidden.
_SENTENCES = {
    "deal:added": "added the deal",
    "deal:moved": "moved the deal from {from_stage} to {to_stage}",
    "deal:changed": "changed {fields}",
    "deal:settled": "settled the deal",
    "deal:declined": "marked the deal as declined: {reason}",
    "deal:withdrawn": "marked the deal as withdrawn: {reason}",
    "deal:lost": "marked the deal as lost: {reason}",
    "deal:copied": "began the deal {reference} from this one",
    "deal:unlocked": "unlocked the deal",
    "deal:archived": "archived the deal",
    "deal:restored": "brought the deal back",
    "loan:added": "added the loan {name}",
    "loan:changed": "changed {fields} of the loan {name}",
    "loan:removed": "removed the loan {name}",
    "loan:put_back": "put the loan {name} back",
    "security:added": "added the security {name}",
    "security:changed": "changed {fields} of the security {name}",
    "security:removed": "removed the security {name}",
    "security:put_back": "put the security {name} back",
    "task:added": "added the task “{title}”",
    "task:arrived": "added the task “{title}”, which {stage} asks for",
    "task:changed": "changed {fields} of the task “{title}”",
    "task:done": "did “{title}”",
    "task:undone": "opened “{title}” again",
    "task:put_off": "put “{title}” off by {days} days",
    "task:removed": "removed the task “{title}”",
    "task:put_back": "put the task “{title}” back",
    "automation:told": "told {who}: “{words}”",
    "automation:added": "added an automation to {stage}: {what}",
    "automation:changed": "changed an automation of {stage}: {what}",
    "automation:on": "switched an automation of {stage} on: {what}",
    "automation:off": "switched an automation of {stage} off: {what}",
    "automation:deleted": "deleted an automation of {stage}: {what}",
    "settings:contacts_merged": "merged the contact {other} into {contact}",
    "settings:contacts_taken_apart": "took the contacts {contact} and {other} apart again",
    "contact:two": "said that {contact} and {other} are not the same",
    "contact:two_taken_back": "took back that {contact} and {other} are not the same",
    "contact:merged": "merged {other} into {contact}",
    "contact:taken_apart": "took {contact} and {other} apart again",
    "settings:imported": "brought contacts and deals in from {file}, {rows}",
    "settings:import_taken_back": "took back what came in from {file}",
    "settings:idle_limits": "signed out who is away: clients after {clients} minutes, staff after {staff}",
    "settings:factor_grace": "let people go {days} days without a second step",
    "member:factor_reset": "took {who}’s second step away, which was lost",
    "api_token:made": "made the API key “{name}” ({scopes})",
    "api_token:ended": "ended the API key “{name}”",
    "webhook:added": "had events sent to {url}",
    "webhook:ended": "stopped sending events to {url}",
    "referral:by_link": "took in a lead behind {partner}’s link",
    "lead:called": "called the people of this lead",
    "lead:uncalled": "noticed that nobody has called this lead",
    "partner:promised": "promised a partner the next update",
    "partner:promise_due": "reminded of the update that {partner} was promised",
    "partner:nudged": "asked for the update that was promised",
    "partner:thanked": "said thanks",
    "partner:view_chosen": "lets partners see {sees}",
    "letter:sent": "wrote to {to} by {way}",
    "letter:taken_back": "took back what was written to {to}, before it left",
    "settings:template_added": "added the message template “{name}”",
    "settings:template_changed": "changed the message template “{name}”",
    "settings:template_deleted": "deleted the message template “{name}”",
    "message:again": "sent {to} “{what}” again",
    "applicant:added": "added {contact} to the deal",
    "contact:changed": "changed {contact}’s {fields}",
    "portal_access:granted": "invited {contact} to the client portal",
    "portal_access:previewed": "previewed the client portal as {contact}",
    "portal_access:changed": "changed what {contact} sees in the client portal",
    "portal_access:resent": "sent {contact} a new invitation",
    "portal_access:revoked": "ended {contact}’s access to the client portal",
    "portal_access:link_asked": "asked for the current link",
    "portal_access:link_not_sent": "could not send {contact} the link that was asked for: check e-mail and mobile, "
    "then invite again",
    "portal_access:link_copied": "copied {contact}’s link",
    "portal_access:pin_asked": "asked for a new PIN",
    "portal_access:pin_emailed": "had {contact}’s PIN e-mailed to {to}",
    "portal_access:pin_locked": "locked {contact}’s PIN after too many wrong tries",
    "portal_access:guessed_out": "stopped {contact}’s link and PIN after {tries} wrong PINs: speak to them, then send "
    "the link again",
    "portal_access:many_pins": "sent {sent} of at most {most} PINs in a day to clients who asked for one",
    "portal_access:pin_not_delivered": "could not deliver {contact}’s PIN",
    "portal_access:pin_sent": "sent {contact} a new PIN",
    "portal_access:preferences": "changed how they are told of {topic}",
    "portal_access:stopped": "stopped {contact}’s portal link and PIN, whose e-mail or mobile changed",
    "portal_access:signed_in": "signed in to the client portal",
    "portal_access:passkey_made": "had {device} remembered: from there they come in without a PIN",
    "portal_access:passkey_removed": "had {device} forgotten: PINs let them in from there again",
    "portal_access:signed_out_everywhere": "signed out of the client portal everywhere",
    "portal_access:consented": "agreed to {documents}",
    "privacy:downloaded": "downloaded their data",
    "profile:submitted": "submitted the client profile",
    "profile:still_true": "said that “{section}” is still true",
    "profile:exported": "took the fact find of {whose} as {kind_of_file}",
    "profile:section_reopened": "opened “{section}” for the client to change",
    "profile:approved": "approved the answers of “{section}”",
    "profile:unapproved": "took back the approval of “{section}”",
    "profile:sent_back": "asked the client to look at “{section}” again",
    "profile:section_closed": "locked “{section}” again",
    "messages:read": "read the messages",
    "answer:changed": "changed {field}",
    "note:added": "wrote a note",
    "note:mentioned": "told {who} of a note",
    "note:edited": "changed the words of a note",
    "note:shared": "shared a note with {audience}",
    "note:unshared": "stopped sharing a note with {audience}",
    "request:added": "asked for {name}",
    "request:sent": "sent the document requests",
    "request:accepted": "accepted {name}",
    "request:asked_again": "asked again for {name}",
    "request:not_needed": "marked {name} as not needed",
    "request:does_not_apply": "said that {name} does not apply to them: {reason}",
    "request:reopened": "asked for {name} after all",
    "request:withdrawn": "withdrew the request for {name}",
    "request:put_back": "asked for {name} again",
    "chase:sent": "reminded {contact} of {what}",
    "chase:paused": "stopped reminding of {what}",
    "chase:resumed": "let reminders of {what} go on",
    "document:added": "added {name}",
    "document:uploaded": "uploaded {name}",
    "document:removed": "removed {name}",
    "document:put_back": "put {name} back",
    "document:shared": "shared {name} with {audience}",
    "document:unshared": "stopped sharing {name} with {audience}",
    "document:opened": "opened {name}",
    "document:moved": "moved {name} to {to}",
    "document:renamed": "renamed {before} to {name}",
    "document:closed_off": "closed off {name}: it did not pass the virus check",
    "document:labelled": "labelled {name} as {label}",
    "bank_statements:asked": "asked {contact} for bank statements",
    "bank_statements:agreed": "agreed to share bank statements",
    "bank_statements:returned": "filed {count} bank statements of {contact}, through {provider}",
    "bank_statements:failed": "could not fetch the bank statements of {contact}",
    "bank_statements:expired": "ended the request for bank statements of {contact} after five days",
    "bank_statements:renewed": "renewed the request for bank statements of {contact}",
    "bank_statements:withdrawn": "withdrew the request for bank statements of {contact}",
    "bank_statements:consent_withdrawn": "stopped sharing bank statements",
    "bank_statements:comment_taken": "wrote what the bank statements suggest into the comment of {name}",
    "partner:changed": "changed the details of {partner}",
    "partner:removed": "removed the partner {partner}",
    "partner:factor_reset": "took {partner}’s second step away, which was lost",
    "partner:shared": "shared the deal with {partner}",
    "partner:unshared": "stopped sharing the deal with {partner}",
    "referral:added": "referred the deal",
    "profile:changed": "changed {count} answers of the client profile",
    "partner:link_copied": "copied {partner}’s sign-in link",
    "partner:first_seen": "signed in for the first time",
    "deal:stale": "noticed that the deal has been in {stage} for {days} days",
    "deal:settlement_due": "noticed that the deal was expected to settle today",
    "settings:own_privacy_ended": "put the firm’s privacy disclosure in the place of {broker}’s own, which was {was}",
    "billing:low": "noticed that SMS credits run low",
}


class _Facts(dict):
    """Facts by name; one that is missing reads as nothing much."""

    def __missing__(self, key: str) -> str:
        known = {
            "contact": "a contact",
            "to": "the deal’s owner",
            "audience": "others",
            "name": "a document",
            "documents": "what they were given to read",
        }
        return known.get(key, "something")


def sentence_of(activity: Activity) -> str:
    """What was done, without the name of who did it and without a full stop."""
    pattern = _SENTENCES.get(activity.kind)
    if activity.kind == "portal_access:revoked" and "contact" not in (activity.facts or {}):
        pattern = "ended all access to the client portal"
    if pattern is None:
        return activity.kind.replace("_", " ").replace(":", ": ")
    facts = {name: str(value) for name, value in (activity.facts or {}).items() if value is not None}
    if "fields" in facts:
        facts["fields"] = ", ".join(_FIELDS.get(each, each) for each in facts["fields"].split(", "))
    return pattern.format_map(_Facts(facts)) + _more(activity)


def who_did(activity: Activity, *, you: object = None) -> str:
    """The name to put in front: "You" for one's own, "The portal" for what happened by itself."""
    if you is not None and activity.actor_id == you:
        return "You"
    return activity.actor_name or "The portal"


_WAYS_IN = {"pin": " with their PIN", "passkey": " with their passkey"}


def _more(activity: Activity) -> str:
    facts = activity.facts or {}
    if activity.kind == "portal_access:revoked" and "contact" not in facts:
        return f" because {facts['why']}" if facts.get("why") else ""
    if activity.kind == "portal_access:signed_in":
        return _WAYS_IN.get(str(facts.get("by")), "")
    if facts.get("fact_find") == "read_only":
        return "; the client profile is now read-only for clients"
    if facts.get("fact_find") == "editable":
        return "; clients can change their profile again"
    ended = facts.get("accesses_ended")
    if ended:
        return "; the access of 1 client ended" if ended == 1 else f"; the access of {ended} clients ended"
    return ""
