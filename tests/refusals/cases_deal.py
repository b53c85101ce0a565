"""What brokers do in a deal: the share panel, notes, documents, and the fact find."""

from tests.refusals.case import Case
from tests.refusals.cases_broker import DEAL, GONE, STAFF, TEAM
from tests.refusals.cases_client import FIRST_NAME, LAST_NAME, LIST, PICKED, SUBURB

_PANEL, _NOTES = DEAL + "/share", DEAL + "/notes"
# The panel of kim, for everybody who gets that far.
_KIM = (("share_state.load", {}), ("share_state.choose", {"contact_id": "{kim}"}))


def _share(method: str, **facts) -> Case:
    return Case(handler=f"share_state.{method}", path=_PANEL, after=_KIM, **facts)


SHARE_CASES = (
    Case(handler="share_state.load", path=_PANEL, control="shows", own=TEAM, silent=GONE),
    Case(handler="share_state.choose", path=_PANEL, payload={"contact_id": "{kim}"}, control="shows", own=STAFF),
    _share("set_sees", payload={"value": "yes"}, control="shows", own=STAFF),
    _share("set_flow", payload={"value": ""}, control="quiet", own=STAFF),
    _share("adjust", payload={"on": True}, control="quiet", own=STAFF),
    _share("tick_flow_page", payload={"key": "needs", "on": False}, control="quiet", own=STAFF),
    _share("tick_flow_section", payload={"section": "needs.reasons", "on": False}, control="quiet", own=STAFF),
    _share("tick", payload={"request_id": "{asked}", "on": True}, control="quiet", own=STAFF),
    _share("set_statements", payload={"on": True}, control="quiet", own=STAFF),
    _share("ask", payload={"asking": True}, control="quiet", own=STAFF),
    _share("change", control="quiet", own=STAFF),
    _share("close", control="quiet", own=STAFF),
    _share("invite"),
    _share("resend"),
    _share("new_pin"),
    _share("email_pin"),
    _share("copy", control="shows"),
    _share("revoke"),
    _share("set_channel", payload={"name": "other_email", "value": "x@example.com"}, control="shows", own=STAFF),
    _share("set_knows", payload={"on": True}, control="shows", own=STAFF),
    _share("ask_other", payload={"access_id": "{kim_access}"}, control="quiet", own=STAFF),
    _share("revoke_other", payload={"access_id": "{kim_access}"}),
    Case(handler="contact_access_state.ask", path=DEAL, payload={"contact_id": "{kim}"}, control="quiet", own=STAFF),
    Case(handler="contact_access_state.resend", path=DEAL, payload={"contact_id": "{kim}"}),
    Case(handler="contact_access_state.revoke", path=DEAL, payload={"contact_id": "{kim}"}),
)


def _note(method: str, **facts) -> Case:
    return Case(handler=f"deal_notes_state.{method}", path=_NOTES, **facts)


_WRITTEN = {"form": {"text": "Hello"}}

_LETTER = {
    "channel": "email", "audience": "client", "to-contact-{kim}": "on", "subject": "Hello", "text": "Hello there",
}  # fmt: skip
_OPEN = (("write_state.show", {"to": "contact-{kim}"}),)
_SHUT = {"bob": "the drawer doesn’t open for assistants", "mallory": "it doesn’t open for her"}


def _letter(method: str, **facts) -> Case:
    return Case(handler=f"write_state.{method}", path=DEAL, **facts)


LETTER_CASES = (
    _letter("show", payload={"to": "contact-{kim}"}, control="shows"),
    _letter("close", control="quiet", own=STAFF),
    _letter("by", payload={"channel": "sms"}, after=_OPEN, control="shows"),
    _letter("write_to", payload={"audience": "partner"}, after=_OPEN, control="shows"),
    _letter("use", payload={"template_id": "{template}"}, after=_OPEN, control="shows"),
    _letter("choose", payload={"key": "contact-{sam}", "on": True}, after=_OPEN, control="shows"),
    _letter("look_as", payload={"key": "contact-{kim}"}, after=_OPEN, control="shows"),
    _letter("set_at_once", payload={"on": True}, after=_OPEN, control="shows"),
    _letter("see", payload={"field": "text", "text": "[Client name]"}, after=_OPEN, control="shows", silent=_SHUT),
    _letter("send", payload={"form": _LETTER}),
)

NOTE_CASES = (
    _note("load", control="shows", own=TEAM, silent=GONE),
    _note("set_share_client", payload={"on": True}, control="quiet", own=STAFF),
    _note("set_share_partner", payload={"on": True}, control="quiet", own=STAFF),
    _note("set_important", payload={"on": True}, control="quiet", own=STAFF),
    _note("set_only", payload={"contact_id": "{kim}"}, control="quiet", own=STAFF),
    _note("save", payload=_WRITTEN, own=TEAM),
    _note("save", payload={"form": {"text": "Hello", "tell-{bob}": "on"}}, own=TEAM),
    _note("save", payload=_WRITTEN, after=(("deal_notes_state.set_share_client", {"on": True}),)),
    _note("save", payload=_WRITTEN, after=(("deal_notes_state.set_share_partner", {"on": True}),)),
    _note("leave_out", payload={"document_id": "{draft}"}),
    _note("share", payload={"note_id": "{note}", "audience": "client", "on": True}),
    _note("share", payload={"note_id": "{kim_note}", "audience": "client", "on": False}),
    _note("mark", payload={"note_id": "{note}", "on": True}, own=TEAM),
    _note("look_for", payload={"words": "QZ"}, control="shows", own=TEAM, silent=GONE),
    _note("show_only", payload={"which": "team"}, control="shows", own=TEAM, silent=GONE),
    Case(handler="note_edit_state.show", path=_NOTES, payload={"note_id": "{note}"}, control="shows", own=TEAM),
    Case(handler="note_edit_state.save", path=_NOTES, payload={"form": {"note": "{note}", "text": "Other words"}}),
    Case(
        handler="note_edit_state.save",
        path=_NOTES,
        payload={"form": {"note": "{note}", "tell-{bob}": "on", "text": "X"}},
    ),
)

_DETAILS = DEAL + "/profile?page=applicant&of={kim}"
_OPENED = (("broker_profile_state.load", {}),)
_TYPED = {"field": FIRST_NAME, "text": "Kimberley", "version": 1, "number": "1"}
_TAKEN_OUT = ("broker_profile_state.remove", {"block": LIST, "item": "{item}"})


def _profile(method: str, **facts) -> Case:
    return Case(handler=f"broker_profile_state.{method}", **{"path": _DETAILS, "after": _OPENED, **facts})


PROFILE_CASES = (
    _profile("load", control="shows", after=(), own=TEAM, silent=GONE),
    _profile("refresh", control="quiet", own=STAFF),
    _profile("save", payload=_TYPED, own=TEAM),
    _profile("pick", payload={"field": SUBURB, "parts": PICKED}, own=TEAM),
    _profile("enter", payload={"field": FIRST_NAME}, control="quiet", own=STAFF),
    # What clashes is known to the tab's own state, and can't be named from outside.
    _profile("use_mine", payload={"field": FIRST_NAME}, control="quiet", own=STAFF),
    _profile("keep_theirs", payload={"field": FIRST_NAME}, control="quiet", own=STAFF),
    # What was held while the fact find was locked is the client's alone.
    _profile("discard", payload={"field": LAST_NAME}, control="refused"),
    _profile("add", payload={"block": LIST, "kind": ""}, own=TEAM),
    # Its stage locks nothing, so that even the owner has nothing to open: test_reopening has the rest.
    _profile("reopen", payload={"block": LIST, "opened": True}, control="refused"),
    _profile("approve", payload={"approved": True}, after=_OPENED, own=TEAM),
    # Only the presser's own row of `profile_looks` changes.
    _profile("seen", control="quiet", own=TEAM),
    _profile("take_call", payload={"on": True}, control="quiet", own=STAFF),
    _profile("ask_about", payload={"block": LIST}, control="quiet", own=STAFF),
    _profile("send_back", payload={"form": {"block": LIST, "note": "All of them?"}}, own=TEAM),
    _profile("remove", payload={"block": LIST, "item": "{item}"}, own=TEAM),
    _profile("restore", after=(*_OPENED, _TAKEN_OUT), own=TEAM),
    _profile("open_item", payload={"item": "{item}"}, control="quiet", own=STAFF),
    _profile("say_nothing", payload={"block": LIST, "nothing": True}, own=TEAM),
    _profile("show_history", payload={"field": FIRST_NAME}, control="shows", own=TEAM),
    _profile("close_history", control="quiet", own=STAFF),
    _profile(
        "put_back",
        payload={"version": "1"},
        after=(
            *_OPENED,
            ("broker_profile_state.save", _TYPED),
            ("broker_profile_state.show_history", {"field": FIRST_NAME}),
        ),
        own=TEAM,
    ),
)

DEAL_CASES = (*SHARE_CASES, *NOTE_CASES, *LETTER_CASES, *PROFILE_CASES)
