"""Which lane of the walk carries out each `@once` handler and route, and why some are carried out by none.

The one table of it. `tests/architecture/test_pressed.py` fails when a handler stands in none of its parts or in two.
Each lane fails when it doesn't carry out what stands here for it, or carries out what is said to be out of reach.
"""

from collections.abc import Collection

# Lane -> what is pressed in it with an effect, once, twice and three times.
REACHED: dict[str, tuple[str, ...]] = {
    "partner": (
        "partner_account_state.save",
        "partner_deal_state.send_note",
        "partner_password_state.save",
        "partner_refer_state.save",
    ),
    "settings 1": (
        "api_keys_state.end",
        "api_keys_state.make",
        "webhooks_state.add",
        "webhooks_state.end",
        "billing_state.buy",
    ),
    "settings 2": (
        "my_details_state.change_password",
        "my_details_state.save",
        "integrations_state.save",
        "labels_state.remove",
        "labels_state.save",
    ),
    "board": ("add_deal_state.save",),
    "client": (
        "POST /bank/open",
        "client_profile_state.add",
        "client_profile_state.remove",
        "client_profile_state.restore",
        "client_profile_state.say_nothing",
        "messages_state.send",
        "privacy_state.sign_out_everywhere",
    ),
    "deal": (
        "add_contact_state.save",
        "contact_access_state.resend",
        "deal_partners_state.share",
        "edit_deal_state.save",
        "overview_state.save_contact",
        "stop_deal_state.copy",
    ),
    "documents": (
        "bank_statements_state.renew",
        "bank_statements_state.send",
        "bank_statements_state.withdraw",
        "deal_documents_state.remove",
        "deal_documents_state.save_name",
        "deal_notes_state.save",
    ),
    "consent": ("consent_state.agree",),
}

# Forms of the public screens, which need what somebody was sent or knows -> the test that presses them twice and
# thrice in a browser.
PRESSED_BY: dict[str, str] = {
    "POST /session/broker": "tests/journeys/test_public_presses.py",
    "POST /session/partner": "tests/journeys/test_public_presses.py",
    "POST /session/demo": "tests/journeys/test_public_presses.py",
    "POST /session/forgot": "tests/journeys/test_public_presses.py",
    "POST /session/partner/forgot": "tests/journeys/test_public_presses.py",
    "lost_link_state.ask": "tests/journeys/test_public_presses.py",
}

# Handler, or "POST /path" -> why no button of the walk can carry it out.
OUT_OF_REACH: dict[str, str] = {
    "client_profile_state.lives_with": "only where another applicant said it: tests/domains/fact_find/test_same_as.py",
    "client_profile_state.still_true": "nobody of the demo has another loan: tests/portals/client/test_still_true.py",
    "client_profile_state.change_told": "nobody of the demo has another loan: tests/portals/client/test_still_true.py",
    "deal_notes_state.leave_out": "takes out a file that was attached before, and the walk attaches none",
    "messages_state.leave_out": "takes out a file that was attached before, and the walk attaches none",
    "partner_deal_state.leave_out": "takes out a file that was attached before, and the walk attaches none",
    "POST /refer/{token}": "its form is on no page of the portals: tests/portals/routes/test_public_lead.py",
    "POST /files": "a file is chosen, no button is pressed: tests/journeys/test_documents.py",
    "POST /session/code": "nobody of the demo has a second step: tests/portals/routes/test_second_step.py",
    "POST /session/passkey": "takes a device with a screen lock: tests/ui/test_scripts_of_signing_in.py",
    "POST /session/code/passkey": "takes a device with a screen lock: tests/ui/test_scripts_of_signing_in.py",
    "passkeys_state.take_away": "nobody of the demo has a passkey: tests/portals/settings/test_passkeys_page.py",
    "passkeys_state.make_first_codes": "nobody of the demo has a passkey: tests/portals/settings/test_passkeys_page.py",
    "POST /session/client/phone": "takes a device with a screen lock: tests/ui/test_scripts_of_signing_in.py",
    "POST /session/client/passkey": "takes a device with a screen lock: tests/ui/test_scripts_of_signing_in.py",
    "phone_state.forget": "takes a device with a screen lock: tests/ui/test_scripts_of_signing_in.py",
    "dashboard_state.not_now": "shown where there is a screen lock only: tests/portals/client/test_phone_page.py",
    "partner_password_state.sign_out": "nobody is signed in twice in the walk: tests/portals/partner/test_sign_ins.py",
    "partner_password_state.sign_out_others": "nobody is signed in twice: tests/portals/partner/test_sign_ins.py",
    "proof_state.prove": "nobody of the demo is asked again: tests/journeys/test_first_run.py",
    "proof_state.prove_by_passkey": "nobody of the demo has a passkey: tests/portals/routes/test_passkeys.py",
    **dict.fromkeys(
        ("import_state.check", "import_state.choose_again", "import_state.bring_in", "import_state.drop",
         "import_state.take_back"),
        "a file is chosen first: tests/portals/settings/test_import_page.py",
    ),
    "new_contact_state.save": "a drawer is opened first: tests/portals/broker/test_contact_page.py",
    "merge_state.merge": "somebody is looked for first: tests/portals/broker/test_contact_page.py",
    "merge_state.take_apart": "nobody of the demo was merged: tests/portals/broker/test_contact_page.py",
    "security_state.set_idle": "would sign the walk itself out sooner: tests/portals/settings/test_idle_limits.py",
    "security_state.confirm": "only while a code is being scanned: tests/journeys/test_first_run.py",
    "security_state.make_codes": "nobody of the demo has a second step: tests/portals/settings/test_security.py",
    "security_state.switch_off": "nobody of the demo has a second step: tests/portals/settings/test_security.py",
    "users_state.reset_factor": "nobody of the demo has a second step: tests/domains/firm/test_lost_factor.py",
    "POST /session/set-up": "only before there is a firm: tests/journeys/test_first_run.py",
}

# On screens whose lanes have not been seen to run to their end: neither promised nor excluded. Most are pressed twice
# without a browser by tests/refusals/test_once.py. This part only shrinks.
NOT_YET: frozenset[str] = frozenset(
    {
        "automations_state.add",
        "automations_state.delete",
        "automations_state.switch",
        "automations_state.try_on",
        "POST /session/password",
        "POST /session/client/switch",
        "POST /session/client",
        "POST /session/client/link",
        "POST /session/client/pin",
        "POST /session/logo/remove",
        "POST /session/preview",
        "activity_state.send_again",
        "adding_state.add_list",
        "adding_state.add_single",
        "bank_statements_state.take",
        "billing_state.save_recharge",
        "billing_state.switch_recharge",
        "broker_profile_state.add",
        "broker_profile_state.approve",
        "broker_profile_state.send_back",
        "broker_profile_state.discard",
        "broker_profile_state.remove",
        "broker_profile_state.reopen",
        "broker_profile_state.restore",
        "broker_profile_state.say_nothing",
        "chasers_settings_state.save",
        "chasing_state.chase",
        "client_bank_state.ask_again",
        "client_bank_state.stop",
        "client_documents_state.reopen",
        "client_documents_state.say_it",
        "client_documents_state.undo",
        "client_messages_state.follow",
        "client_messages_state.save",
        "client_messages_state.send_test",
        "client_messages_state.standard",
        "client_portal_settings_state.follow_firm",
        "client_portal_settings_state.save_link",
        "client_profile_state.discard",
        "client_profile_state.say_rest",
        "connect_state.test",
        "contact_access_state.revoke",
        "contact_page_state.save",
        "deal_documents_state.move",
        "deal_documents_state.put_back",
        "deal_frame_state.archive",
        "deal_frame_state.restore",
        "deal_frame_state.settle",
        "deal_frame_state.unlock",
        "deal_partners_state.stop",
        "document_lists_state.remove",
        "document_lists_state.save",
        "flows_state.duplicate",
        "flows_state.retire",
        "flows_state.save",
        "flows_state.shift",
        "integrations_state.follow_firm",
        "loan_form_state.put_back_loan",
        "loan_form_state.put_back_security",
        "loan_form_state.remove_loan",
        "loan_form_state.remove_security",
        "loan_form_state.save_loan",
        "loan_form_state.save_security",
        "moving_state.go",
        "moving_state.undo",
        "one_partner_state.remove",
        "one_partner_state.save",
        "note_edit_state.save",
        "organisation_state.save",
        "partner_portal_settings_state.try_out",
        "partners_state.add",
        "partners_state.assign",
        "partners_state.resend",
        "partners_state.switch_off",
        "partners_state.switch_on",
        "profile_review_state.submit",
        "required_state.accept",
        "required_state.decide",
        "required_state.move",
        "required_state.put_back",
        "required_state.reopen",
        "required_state.send",
        "required_state.withdraw",
        "security_log_state.check",
        "settings_here.ask",
        "security_state.begin",
        "security_state.set_grace",
        "security_state.sign_out",
        "security_state.sign_out_others",
        "share_state.email_pin",
        "share_state.invite",
        "share_state.new_pin",
        "share_state.resend",
        "share_state.revoke",
        "share_state.revoke_other",
        "stop_deal_state.stop",
        "task_form_state.save",
        "many_state.go",
        "many_state.undo",
        "saved_views_state.delete",
        "saved_views_state.put_back",
        "saved_views_state.save",
        "tasks_state.add",
        "tasks_state.put_back",
        "tasks_state.put_off",
        "tasks_state.remove",
        "tasks_state.tick",
        "users_state.disable",
        "users_state.enable",
        "users_state.invite",
        "users_state.resend",
        "videos_state.remove",
        "videos_state.save",
        "webhooks_state.again",
        "workflows_state.add",
        "workflows_state.duplicate",
        "workflows_state.remove",
        "workflows_state.remove_stage",
        "workflows_state.rename",
        "workflows_state.save_stage",
        "workflows_state.shift",
    }
)
MOST_NOT_YET = 121


def wrong_in(lane: str, carried: Collection[str]) -> list[str]:
    """How what a lane carried out differs from the table, a sentence for each handler."""
    missing = [
        f"{name} was carried out by the lane “{lane}” before, and is not any more"
        for name in REACHED.get(lane, ())
        if name not in carried
    ]
    found = [
        f"{name} is said to be out of reach, and the lane “{lane}” carried it out: move it to REACHED"
        for name in sorted(carried)
        if name in OUT_OF_REACH
    ]
    return missing + found
