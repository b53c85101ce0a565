"""The client portal. Everybody there has a file of their own; kim's is tried."""

from tests.refusals.case import Case

# Clients who look at the same page of their own file.
OWN = {"lee": "their own deal", "sam": "their own part of the deal"}
DETAILS = "/portal/profile/applicant.personal_details"
JOBS = "/portal/profile/applicant.employment"
LIST = "applicant.employment:{kim}:-:-"
FIRST_NAME = "applicant.personal_details:{kim}:-:first_name"
SUBURB = "applicant.addresses:{kim}:-:current_suburb"
PICKED = {"suburb": ["Lambton", 0, "1"], "state": ["nsw", 0, "2"], "postcode": ["2299", 0, "3"]}
LAST_NAME = "applicant.personal_details:{kim}:-:last_name"
OPENED = (("client_profile_state.load", {}),)

_HOME = (
    Case(
        handler="client_shell.load",
        path="/portal",
        rightful="kim",
        control="quiet",
        own={
            **OWN,
            "noor": "the firm's name stands above the consent page too",
        },
    ),
    Case(handler="consent_state.load", path="/portal/consent", rightful="noor", control="quiet", own=OWN),
    Case(
        handler="consent_state.agree",
        path="/portal/consent",
        rightful="noor",
        after=(("consent_state.load", {}),),
        own=OWN,
    ),
    Case(handler="dashboard_state.load", path="/portal", rightful="kim", control="shows", own=OWN),
    *(
        Case(
            handler=f"client_videos_state.{name}",
            path="/portal",
            payload=payload,
            rightful="kim",
            control="quiet",
            own=OWN,
        )
        for name, payload in (("load", {}), ("refresh", {}), ("play", {"video_id": "youtube-aqz-KE-bpKQ"}))
    ),
    Case(handler="messages_state.load", path="/portal/messages", rightful="kim", control="shows", own=OWN),
    Case(
        handler="messages_state.send",
        path="/portal/messages",
        payload={"form": {"text": "Hello"}},
        rightful="kim",
        own=OWN,
    ),
    Case(
        handler="messages_state.leave_out",
        path="/portal/messages",
        payload={"document_id": "{kim_draft}"},
        rightful="kim",
    ),
    Case(handler="reach_state.load", path="/portal/privacy", rightful="kim", control="quiet", own=OWN),
    Case(
        handler="reach_state.switch",
        path="/portal/privacy",
        payload={"topic": "messages", "channel": "email", "on": False},
        rightful="kim",
        own=OWN,
    ),
    Case(handler="partners_see_state.load", path="/portal/privacy", rightful="kim", control="quiet", own=OWN),
    Case(
        handler="partners_see_state.choose",
        path="/portal/privacy",
        payload={"level": "1"},
        rightful="kim",
        own=OWN,
    ),
    Case(handler="phone_state.load", path="/portal/privacy", rightful="kim", control="shows", own=OWN),
    Case(handler="dashboard_state.not_now", path="/portal", rightful="kim", own=OWN),
    Case(
        handler="phone_state.forget",
        path="/portal/privacy",
        payload={"phone_id": "{kim_phone}"},
        rightful="kim",
    ),
    Case(handler="privacy_state.load", path="/portal/privacy", rightful="kim", control="shows", own=OWN),
    Case(
        handler="privacy_state.ask",
        path="/portal/privacy",
        payload={"asking": True},
        rightful="kim",
        control="quiet",
        own=OWN,
    ),
    Case(handler="privacy_state.sign_out_everywhere", path="/portal/privacy", rightful="kim", own=OWN),
)


def _profile(method: str, *, path: str = DETAILS, **facts) -> Case:
    return Case(handler=f"client_profile_state.{method}", path=path, rightful="kim", **facts)


_PROFILE = (
    _profile("load", control="shows", own=OWN),
    _profile("refresh", control="quiet", after=OPENED, own=OWN),
    _profile("save", payload={"field": FIRST_NAME, "text": "Kimberley", "version": 1, "number": "1"}),
    _profile("pick", path="/portal/profile/applicant.addresses", payload={"field": SUBURB, "parts": PICKED}),
    _profile("enter", payload={"field": FIRST_NAME}, control="quiet", own=OWN),
    # There is no clash to settle: what clashes is known to the tab's own state, and can't be named from outside.
    _profile("use_mine", payload={"field": FIRST_NAME}, control="quiet", after=OPENED, own=OWN),
    _profile("keep_theirs", payload={"field": FIRST_NAME}, control="quiet", after=OPENED, own=OWN),
    _profile("discard", payload={"field": LAST_NAME}, after=OPENED),
    _profile("add", path=JOBS, payload={"block": LIST, "kind": ""}, after=OPENED),
    _profile("remove", path=JOBS, payload={"block": LIST, "item": "{item}"}, after=OPENED),
    _profile(
        "restore",
        path=JOBS,
        after=(*OPENED, ("client_profile_state.remove", {"block": LIST, "item": "{item}"})),
    ),
    _profile("open_item", path=JOBS, payload={"item": "{item}"}, control="quiet", after=OPENED, own=OWN),
    _profile("say_nothing", path=JOBS, payload={"block": LIST, "nothing": True}, after=OPENED),
    # Nobody whom kim may read has said where they live: test_same_as has the rest.
    _profile("lives_with", path="/portal/profile/applicant.addresses", payload={"contact": "{kim}"},
             after=OPENED, control="refused"),
    _profile("still_true", path=JOBS, after=OPENED),
    _profile("change_told", path=JOBS, after=OPENED),
    _profile("say_rest", path="/portal/profile/liabilities", after=OPENED, own=OWN),
    Case(handler="profile_review_state.load", path="/portal/profile/review", rightful="kim", control="shows", own=OWN),
    Case(
        handler="profile_review_state.refresh",
        path="/portal/profile/review",
        rightful="kim",
        control="quiet",
        after=(("profile_review_state.load", {}),),
        own=OWN,
    ),
    Case(
        handler="profile_review_state.show_all",
        path="/portal/profile/review",
        rightful="kim",
        control="quiet",
        after=(("profile_review_state.load", {}),),
        own=OWN,
    ),
    Case(
        handler="profile_review_state.submit",
        path="/portal/profile/review",
        rightful="wei",
        # Theirs are not complete.
        own={},
    ),
)


def _papers(method: str, **facts) -> Case:
    return Case(handler=f"client_documents_state.{method}", path="/portal/documents", rightful="kim", **facts)


_DOCUMENTS = (
    _papers("load", control="shows", own=OWN),
    _papers("say", payload={"request_id": "{asked}"}, control="quiet", own=OWN),
    _papers("say_it", payload={"form": {"request": "{asked}", "reason": "I rent"}}),
    _papers("reopen", payload={"request_id": "{declined}"}),
    _papers("undo", payload={"document_id": "{kim_document}"}),
)

CLIENT_CASES = (*_HOME, *_PROFILE, *_DOCUMENTS)  # fmt: skip
