"""Settings: what every member of staff may open, and what only an admin may."""

from tests.refusals.case import Case

STAFF = {"mallory": "a broker elsewhere has a firm of her own", "bob": "works for the firm"}
ELSEWHERE = {"mallory": "her own firm's settings"}

CLIENTS, WORKFLOWS = "/settings/client-portal", "/settings/workflows"
STAGE = {"name": "Other", "client_name": "", "probability_pct": "5", "stale_days": "5"}

VIDEO = "https://youtu.be/aqz-KE-bpKQ"
VIDEOS = "/settings/client-portal/videos?kind=stages&whose=organisation&of={workflow}"
WORDS = {"key": "note_shared", "subject": "Other", "email_text": "Other", "sms_text": "Other"}
FLOW = {"flow": "{flow}", "name": "Other", "flow_type": "home_loan"}
JO = {"first_name": "Jo", "last_name": "Lee", "email": "jo@example.com", "role": "broker"}
# state, path, and (handler, payload, control, who else may)
LISTS = (
    (
        "users_state",
        "/settings/users",
        (
            ("load", {}, "quiet", ELSEWHERE),
            ("ask_invite", {}, "quiet", ELSEWHERE),
            ("close", {}, "quiet", STAFF),
            ("invite", {"form": JO}, "changes", ELSEWHERE),
            ("resend", {"user_id": "{bob}"}, "changes", {}),
            ("choose_role", {"user_id": "{bob}", "role": "broker"}, "changes", {}),
            ("ask_disable", {"user_id": "{bob}"}, "quiet", ELSEWHERE),
            ("disable", {"form": {"user": "{bob}", "to_user": "{alice}"}}, "changes", {}),
            ("reset_factor", {"user_id": "{bob}"}, "refused", {}),
        ),
    ),
    (
        "labels_state",
        "/settings/labels",
        (
            ("load", {}, "quiet", ELSEWHERE),
            ("edit", {"label_id": "{label}", "remove": False}, "quiet", ELSEWHERE),
            ("save", {"form": {"label": "{label}", "name": "Other"}}, "changes", {}),
            ("remove", {"label_id": "{label}"}, "changes", {}),
        ),
    ),
    (
        "message_templates_state",
        "/settings/message-templates",
        (
            ("load", {}, "quiet", ELSEWHERE),
            ("edit", {"template_id": "{template}"}, "quiet", {}),
            ("see", {"field": "subject", "text": "Other"}, "quiet", STAFF),
            (
                "save",
                {"form": {"template": "{template}", "name": "Other", "audience": "client", "sms_text": "Hi"}},
                "changes",
                {},
            ),
            ("ask_remove", {"template_id": "{template}"}, "quiet", STAFF),
            ("remove", {"template_id": "{template}"}, "changes", {}),
            ("close", {}, "quiet", STAFF),
        ),
    ),
    (
        "api_keys_state",
        "/settings/api",
        (
            ("load", {}, "quiet", ELSEWHERE),
            ("make", {"form": {"name": "Other", "scope-deals:read": "on"}}, "changes", ELSEWHERE),
            ("end", {"key_id": "{api_key}"}, "changes", {}),
        ),
    ),
    (
        "security_log_state",
        "/settings/security-log",
        (
            ("load", {}, "quiet", ELSEWHERE),
            ("choose", {"area": "refused"}, "quiet", ELSEWHERE),
            ("look", {"form": {"since": "1/3/2026", "until": "", "who": "Alice"}}, "quiet", ELSEWHERE),
            ("load_older", {}, "quiet", ELSEWHERE),
            ("take", {}, "quiet", STAFF),
            ("keep", {"years": "5"}, "changes", ELSEWHERE),
            ("check", {}, "quiet", ELSEWHERE),
        ),
    ),
    (
        "webhooks_state",
        "/settings/api",
        (
            ("load", {}, "quiet", ELSEWHERE),
            ("add", {"form": {"url": "https://example.com/other", "event-deal.moved": "on"}}, "changes", ELSEWHERE),
            ("end", {"address_id": "{webhook}"}, "changes", {}),
            ("again", {"delivery_id": "{delivery}"}, "changes", {}),
        ),
    ),
    (
        "flows_state",
        "/settings/flows",
        (
            ("load", {}, "quiet", ELSEWHERE),
            ("edit", {"flow_id": "{flow}"}, "quiet", ELSEWHERE),
            ("close", {}, "quiet", STAFF),
            ("choose_type", {"flow_type": "personal_loan"}, "quiet", STAFF),
            ("tick_page", {"key": "needs", "on": False}, "quiet", STAFF),
            ("tick_section", {"section": "needs.reasons", "on": False}, "quiet", STAFF),
            ("duplicate", {"flow_id": "{flow}"}, "changes", {}),
            ("shift", {"flow_id": "{flow}", "up": False}, "changes", {}),
            ("ask_retire", {"flow_id": "{flow}"}, "quiet", ELSEWHERE),
            ("retire", {"flow_id": "{flow}"}, "changes", {}),
        ),
    ),
    (
        "document_lists_state",
        "/settings/document-lists",
        (
            ("load", {}, "quiet", ELSEWHERE),
            ("edit", {"key": "{list}"}, "quiet", ELSEWHERE),
            ("ask_remove", {"key": "{list}"}, "quiet", ELSEWHERE),
            ("close", {}, "quiet", STAFF),
            ("save", {"form": {"list": "{list}", "name": "Other", "lines": "Rates"}}, "changes", {}),
            ("remove", {"key": "{list}"}, "changes", {}),
        ),
    ),
    (
        "partner_portal_settings_state",
        "/settings/partner-portal",
        (
            ("load", {}, "quiet", ELSEWHERE),
            ("switch", {"name": "can_add_notes", "on": False}, "changes", ELSEWHERE),
            ("allow_event", {"key": "partner_note", "on": False}, "changes", ELSEWHERE),
            ("set_view", {"view": "list"}, "changes", ELSEWHERE),
            ("show", {"key": "summary", "on": True}, "changes", ELSEWHERE),
            ("try_out", {"key": "partner_note"}, "changes", ELSEWHERE),
            ("choose", {"workflow_id": "{workflow}"}, "changes", {}),
        ),
    ),
    (
        "partner_wording_state",
        "/settings/partner-portal",
        (
            ("load", {}, "quiet", STAFF),
            ("edit", {"key": "partner_note"}, "quiet", ELSEWHERE),
            ("see", {"field": "subject", "text": "Other"}, "quiet", STAFF),
            ("save", {"form": {**WORDS, "key": "partner_note"}}, "changes", ELSEWHERE),
            ("close", {}, "quiet", STAFF),
        ),
    ),
)

_PARTNERS_WORDS = (("partner_wording_state.edit", {"key": "partner_note"}),)

CASES: tuple[Case, ...] = (
    Case(
        handler="partner_wording_state.send_test",
        path="/settings/partner-portal",
        after=_PARTNERS_WORDS,
        own=ELSEWHERE,
    ),
    Case(
        handler="partner_wording_state.standard",
        path="/settings/partner-portal",
        payload={"key": "partner_note"},
        given=(("partner_wording_state.save", {"form": {**WORDS, "key": "partner_note"}}),),
        own=ELSEWHERE,
    ),
    Case(
        handler="users_state.enable",
        path="/settings/users",
        payload={"user_id": "{bob}"},
        given=(("users_state.disable", {"form": {"user": "{bob}", "to_user": "{alice}"}}),),
    ),
    Case(handler="my_details_state.load", path="/settings/my-details", control="quiet", own=STAFF),
    Case(
        handler="my_details_state.go_to",
        path="/settings/my-details",
        payload={"firm_id": "{firm}"},
        # Her own firm, in which she is already: to another one tests/domains/firm/test_own_firms.py goes.
        control="quiet",
        own={"bob": "his own firm, where he is already"},
    ),
    Case(
        handler="my_details_state.save",
        path="/settings/my-details",
        payload={"form": {"first_name": "Al", "last_name": "Other"}},
        own=STAFF,
    ),
    Case(
        handler="my_details_state.change_password",
        path="/settings/my-details",
        payload={"form": {"current": "correct horse battery", "password": "another horse battery"}},
        own=STAFF,
    ),
    *(
        Case(handler=f"security_state.{name}", path="/settings/security", payload=payload, control=control, own=STAFF)
        for name, payload, control in (
            ("load", {}, "quiet"),
            ("begin", {}, "changes"),
            ("confirm", {"form": {"code": "000000"}}, "quiet"),
            ("make_codes", {"form": {"code": "000000"}}, "quiet"),
            ("switch_off", {"form": {"code": "000000"}}, "quiet"),
            ("sign_out_others", {}, "quiet"),
        )
    ),
    *(
        Case(handler=f"proof_state.{name}", path="/settings/users", payload=payload, control="quiet", own=STAFF)
        for name, payload in (
            ("ask", {"press": ""}),
            ("leave", {}),
            ("prove", {"form": {"password": "a guess of mine"}}),
            ("prove_by_passkey", {"form": {"answer": "no answer"}}),
            ("go_on", {}),
        )
    ),
    Case(
        handler="partner_portal_settings_state.ask_for_factor",
        path="/settings/partner-portal",
        payload={"on": True},
        own=ELSEWHERE,
    ),
    Case(handler="passkeys_state.load", path="/settings/security", control="quiet", own=STAFF),
    Case(
        handler="passkeys_state.take_away",
        path="/settings/security",
        payload={"passkey_id": "{bob_passkey}"},
        rightful="bob",
    ),
    Case(handler="passkeys_state.make_first_codes", path="/settings/security", rightful="bob"),
    Case(
        handler="security_state.sign_out",
        path="/settings/security",
        payload={"session_id": "{alice_session}"},
        control="quiet",
    ),
    Case(
        handler="security_state.set_grace",
        path="/settings/security",
        payload={"form": {"days": "7"}},
        own=ELSEWHERE,
    ),
    Case(
        handler="security_state.set_idle",
        path="/settings/security",
        payload={"form": {"clients": "15", "staff": "20"}},
        own=ELSEWHERE,
    ),
    Case(handler="settings_here.load", path="/settings", control="quiet", own=STAFF),
    Case(
        handler="settings_here.ask", path="/settings/connect", payload={"about": "connect"}, rightful="bob", own=STAFF
    ),
    Case(handler="connect_state.load", path="/settings/connect", control="quiet", own=ELSEWHERE),
    Case(handler="connect_state.refresh", path="/settings/connect", control="quiet", own=ELSEWHERE),
    Case(handler="connect_state.switch", path="/settings/connect", payload={"on": False}, own=ELSEWHERE),
    Case(handler="connect_state.test", path="/settings/connect", control="quiet", own=ELSEWHERE),
    Case(handler="billing_state.load", path="/settings/billing", control="quiet", own=ELSEWHERE),
    Case(handler="billing_state.ask_to_buy", path="/settings/billing", control="quiet", own=ELSEWHERE),
    Case(
        handler="billing_state.stop_buying",
        path="/settings/billing",
        control="quiet",
        own={**STAFF, "bob": "closes a question in his own tab"},
    ),
    Case(
        handler="billing_state.buy",
        path="/settings/billing",
        payload={"attempt": "01890a5d-ac96-774b-bcce-b302099a8057"},
        own=ELSEWHERE,
    ),
    Case(handler="billing_state.switch_recharge", path="/settings/billing", payload={"on": True}, own=ELSEWHERE),
    Case(
        handler="billing_state.save_recharge",
        path="/settings/billing",
        payload={"form": {"below": "30"}},
        own=ELSEWHERE,
    ),
    *(
        Case(handler=f"client_portal_settings_state.{name}", path=CLIENTS, payload=payload, control=control, own=own)
        for name, payload, control, own in (
            ("load", {}, "quiet", STAFF),
            ("switch", {"name": "status_bar", "on": False}, "changes", ELSEWHERE),
            ("choose_mode", {"mode": "link"}, "changes", ELSEWHERE),
            ("save_link", {"form": {"privacy_url": "https://harbour.example.com"}}, "changes", ELSEWHERE),
        )
    ),
    Case(handler="chasers_settings_state.load", path=CLIENTS, control="quiet", own=STAFF),
    Case(handler="chasers_settings_state.switch", path=CLIENTS, payload={"on": True}, own=ELSEWHERE),
    Case(
        handler="chasers_settings_state.save",
        path=CLIENTS,
        payload={"form": {"rhythm": "1, 3", "most": "4"}},
        own=ELSEWHERE,
    ),
    Case(
        handler="preview_choice_state.load",
        path=CLIENTS,
        control="shows",
        own={"bob": "his own deals", "mallory": "her own deals"},
    ),
    Case(
        handler="client_portal_settings_state.follow_firm",
        path=f"{CLIENTS}?whose=own",
        after=(("client_portal_settings_state.switch", {"name": "status_bar", "on": False}),),
        own=ELSEWHERE,
    ),
    *(
        Case(handler=f"client_messages_state.{name}", path=CLIENTS, payload=payload, control=control, own=own)
        for name, payload, control, own in (
            ("load", {}, "quiet", STAFF),
            ("switch", {"key": "note_shared", "channel": "sms", "on": True}, "changes", ELSEWHERE),
            ("show_note", {"shows": "none"}, "changes", ELSEWHERE),
            ("edit", {"key": "note_shared"}, "quiet", STAFF),
            ("save", {"form": WORDS}, "changes", ELSEWHERE),
            ("close", {}, "quiet", STAFF),
        )
    ),
    Case(
        handler="client_messages_state.see",
        path=CLIENTS,
        payload={"field": "subject", "text": "Hello"},
        control="quiet",
        after=(("client_messages_state.edit", {"key": "note_shared"}),),
        own=STAFF,
    ),
    Case(
        handler="client_messages_state.send_test",
        path=CLIENTS,
        after=(("client_messages_state.edit", {"key": "note_shared"}),),
        own=STAFF,
    ),
    Case(
        handler="client_messages_state.standard",
        path=CLIENTS,
        payload={"key": "note_shared"},
        given=(("client_messages_state.save", {"form": WORDS}),),
        own=ELSEWHERE,
    ),
    Case(
        handler="client_messages_state.follow",
        path=f"{CLIENTS}?whose=own",
        payload={"key": "note_shared"},
        given=(("client_messages_state.save", {"form": WORDS}),),
        own=ELSEWHERE,
    ),
    *(
        Case(handler=f"videos_state.{name}", path=VIDEOS, payload=payload, control=control, own=own)
        for name, payload, control, own in (
            ("load", {}, "quiet", STAFF),
            ("edit", {"place": "{stage}"}, "quiet", STAFF),
            ("close", {}, "quiet", STAFF),
            ("save", {"form": {"place": "{stage}", "url": VIDEO, "text": "Hello"}}, "changes", {}),
        )
    ),
    Case(
        handler="videos_state.remove",
        path=VIDEOS,
        payload={"place": "{stage}"},
        given=(("videos_state.save", {"form": {"place": "{stage}", "url": VIDEO}}),),
    ),
    Case(handler="organisation_state.load", path="/settings/organisation", control="quiet", own=ELSEWHERE),
    Case(
        handler="organisation_state.save",
        path="/settings/organisation",
        payload={"form": {"name": "Other name"}},
        own=ELSEWHERE,
    ),
    *(
        Case(
            handler=f"workflows_state.{name}",
            path=f"{WORKFLOWS}?workflow={{workflow}}",
            payload=payload,
            control="quiet",
            own=ELSEWHERE,
        )
        for name, payload in (
            ("load", {}),
            ("open_stage", {"stage_id": "{stage}"}),
            ("ask_remove_stage", {"stage_id": "{stage}"}),
            ("ask_remove", {}),
            ("ask_add", {}),
        )
    ),
    Case(
        handler="flows_state.save",
        path="/settings/flows",
        payload={"form": FLOW},
        after=(("flows_state.edit", {"flow_id": "{flow}"}),),
    ),
    Case(
        handler="automations_state.load",
        path=f"{WORKFLOWS}?workflow={{workflow}}",
        payload={},
        control="quiet",
        own=ELSEWHERE,
    ),
    *(
        Case(
            handler=f"automations_state.{name}",
            path=f"{WORKFLOWS}?workflow={{workflow}}",
            payload=payload,
            control=control,
        )
        for name, payload, control in (
            ("add", {"form": {"stage": "{stage}", "what": "tell:owner", "words": "Look", "days": "2"}}, "changes"),
            ("try_on", {"form": {"automation": "{automation}", "deal": "{deal}"}}, "changes"),
            ("switch", {"automation_id": "{automation}", "on": True}, "changes"),
            ("delete", {"automation_id": "{automation}"}, "changes"),
            ("edit", {"automation_id": "{automation}"}, "quiet"),
            (
                "save",
                {"form": {"automation": "{automation}", "stage": "{stage}", "what": "tell:team", "words": "Look"}},
                "changes",
            ),
        )
    ),
    Case(handler="automations_state.close", path=WORKFLOWS, control="quiet", own=STAFF),
    Case(handler="workflows_state.close", path=WORKFLOWS, control="quiet", own=STAFF),
    Case(handler="workflows_state.add", path=WORKFLOWS, payload={"form": {"name": "More"}}, own=ELSEWHERE),
    *(
        Case(
            handler=f"workflows_state.{name}",
            path=f"{WORKFLOWS}?workflow={{workflow}}",
            payload=payload,
            after=(("workflows_state.load", {}),),
            own=own,
        )
        for name, payload, own in (
            ("rename", {"form": {"name": "Renamed"}}, ELSEWHERE),
            ("duplicate", {}, ELSEWHERE),
            ("save_stage", {"form": {**STAGE, "stage": "{stage}"}}, {}),
            ("shift", {"stage_id": "{stage}", "up": True}, {}),
            ("remove_stage", {"form": {"stage": "{stage}", "goal": "archive"}}, {}),
        )
    ),
    Case(
        handler="workflows_state.remove",
        path=f"{WORKFLOWS}?workflow={{workflow}}",
        payload={"form": {"name": "not the name"}},
        after=(("workflows_state.load", {}),),
        control="quiet",
        own=ELSEWHERE,
    ),
    *(
        Case(handler=f"{state}.{name}", path=path, payload=payload, control=control, own=own)
        for state, path, rows in LISTS
        for name, payload, control, own in rows
    ),
)
