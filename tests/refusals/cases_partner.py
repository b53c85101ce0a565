"""The partner portal, and what brokers do with partners."""

from tests.refusals.case import Case

FOLLOWED = "/partner/deals/{deal}"
DEAL = "/deals/{deal}"
HERS = {"pat": "their own firm, deals and account; the deal of somebody else is not among them"}
READS = {"bob": "assistants see the firm's partners", "mallory": "the partners of their own firm"}
LEAD = {
    "first_name_1": "Erin",
    "last_name_1": "Kearney",
    "email_1": "erin@example.com",
    "summary": "Buying.",
    "broker": "{alice}",
}
NEW = {"first_name": "Dev", "last_name": "Patel", "email": "dev@example.com", "assigned": "{alice}"}

PARTNER_CASES = (
    Case(handler="partner_here.load", path="/partner", rightful="priya", control="quiet", own=HERS),
    Case(
        handler="partner_here.switch",
        path="/partner",
        payload={"organisation_id": "{firm}"},
        rightful="priya",
        control="quiet",
        own=HERS,
    ),
    Case(
        handler="partner_here.tell_me", path="/partner", payload={"how": "big"}, rightful="priya", own=HERS,
    ),
    Case(handler="partner_deal_state.nudge", path=FOLLOWED, rightful="priya"),
    Case(handler="partner_deal_state.thank", path=FOLLOWED, rightful="priya"),
    Case(handler="partner_refer_state.make_link", path="/partner/refer", rightful="priya", own=HERS),
    Case(handler="partner_refer_state.end_link", path="/partner/refer", rightful="priya", control="quiet", own=HERS),
    Case(handler="deal_partners_state.called", path=DEAL, own={"bob": "assistants work on deals, and call people"}),
    Case(
        handler="deal_partners_state.promise",
        path=DEAL,
        payload={"partner_id": "{priya}", "in_days": "3"},
    ),
    *(
        Case(handler=f"partner_{name}", path="/partner/results", rightful="priya", control="quiet", own=HERS)
        for name in ("results_state.load", "results_state.download")
    ),
    Case(handler="partner_news_state.load", path="/partner/news", rightful="priya", control="quiet", own=HERS),
    Case(handler="partner_news_state.mark_all", path="/partner/news", rightful="priya", control="quiet", own=HERS),
    Case(handler="partner_deal_state.seen", path=FOLLOWED, rightful="priya", control="quiet", silent={
        "pat": "the page says that there is no such deal",
    }),
    Case(handler="partner_board_state.load", path="/partner", rightful="priya", control="shows", own=HERS),
    Case(handler="partner_board_state.refresh", path="/partner", rightful="priya", control="shows", own=HERS),
    Case(
        handler="partner_board_state.choose_workflow",
        path="/partner",
        payload={"workflow_id": "{workflow}"},
        rightful="priya",
        control="quiet",
        own=HERS,
    ),
    Case(
        handler="partner_board_state.search",
        path="/partner",
        payload={"words": "nguyen"},
        rightful="priya",
        control="quiet",
        own=HERS,
    ),
    Case(
        handler="partner_board_state.show_closed",
        path="/partner",
        payload={"wanted": True},
        rightful="priya",
        control="quiet",
        own=HERS,
    ),
    Case(handler="partner_deal_state.load", path=FOLLOWED, rightful="priya", control="shows", silent={
        "pat": "the page says that there is no such deal",
    }),
    Case(handler="partner_deal_state.refresh", path=FOLLOWED, rightful="priya", control="shows", silent={
        "pat": "the page says that there is no such deal",
    }),
    Case(
        handler="partner_deal_state.file_sent",
        path=FOLLOWED,
        payload={"document_id": "{document}"},
        rightful="priya",
        control="shows",
        own={"pat": "the page says that there is no such deal"},
    ),
    Case(
        handler="partner_deal_state.leave_out",
        path=FOLLOWED,
        payload={"document_id": "{priya_draft}"},
        rightful="priya",
    ),
    Case(handler="partner_deal_state.send_note", path=FOLLOWED, payload={"form": {"text": "Hello"}}, rightful="priya"),
    Case(handler="partner_refer_state.load", path="/partner/refer", rightful="priya", control="quiet", own=HERS),
    Case(handler="partner_refer_state.add_person", path="/partner/refer", rightful="priya", control="quiet", own=HERS),
    Case(
        handler="partner_refer_state.remove_person",
        path="/partner/refer",
        payload={"key": "2"},
        rightful="priya",
        control="quiet",
        own=HERS,
    ),
    Case(
        handler="partner_refer_state.save",
        path="/partner/refer",
        payload={"form": LEAD},
        rightful="priya",
        own={"pat": "a lead of their own"},
    ),
    Case(handler="partner_account_state.load", path="/partner/settings", rightful="priya", control="quiet", own=HERS),
    Case(
        handler="partner_account_state.save",
        path="/partner/settings",
        payload={"form": {"first_name": "P", "last_name": "R", "country": "NZ"}},
        rightful="priya",
        own=HERS,
    ),
    *(
        Case(
            handler=f"partner_updates_state.{name}",
            path="/partner/settings/updates",
            payload=payload,
            rightful="priya",
            control=control,
            own=HERS,
        )
        for name, payload, control in (
            ("load", {}, "quiet"),
            ("refresh", {}, "quiet"),
            ("switch", {"key": "partner_note", "channel": "email", "on": True}, "changes"),
        )
    ),
    Case(handler="partner_password_state.load", path="/partner/settings", rightful="priya", control="quiet", own=HERS),
    Case(
        handler="partner_password_state.save",
        path="/partner/settings/password",
        payload={"form": {"current": "correct horse battery", "password": "another horse battery"}},
        rightful="priya",
        own=HERS,
    ),
    Case(
        handler="partner_password_state.sign_out",
        path="/partner/settings/password",
        payload={"session_id": "{priya_session}"},
        rightful="priya",
        control="quiet",
    ),
    Case(
        handler="partner_password_state.sign_out_others",
        path="/partner/settings/password",
        rightful="priya",
        control="quiet",
        own=HERS,
    ),
    *(
        Case(
            handler=f"partner_{state}.{name}", path="/partner/settings/password", payload=payload, rightful="priya",
            control=control, own=HERS,
        )
        for state, name, payload, control in (
            ("factor_state", "load", {}, "quiet"),
            ("factor_state", "begin", {}, "changes"),
            ("factor_state", "confirm", {"form": {"code": "000000"}}, "quiet"),
            ("factor_state", "make_codes", {"form": {"code": "000000"}}, "quiet"),
            ("factor_state", "switch_off", {"form": {"code": "000000"}}, "quiet"),
            ("passkeys_state", "load", {}, "quiet"),
            ("proof_state", "ask", {"press": ""}, "quiet"),
            ("proof_state", "leave", {}, "quiet"),
            ("proof_state", "prove", {"form": {"password": "a guess of mine"}}, "quiet"),
            ("proof_state", "prove_by_passkey", {"form": {"answer": "no answer"}}, "quiet"),
            ("proof_state", "go_on", {}, "quiet"),
        )
    ),
    Case(
        handler="partner_passkeys_state.take_away",
        path="/partner/settings/password",
        payload={"passkey_id": "{priya_passkey}"},
        rightful="priya",
    ),
    Case(handler="partner_passkeys_state.make_first_codes", path="/partner/settings/password", rightful="priya"),
    Case(handler="one_partner_state.ask_lost", path="/partners", payload={"partner_id": "{priya}"}, control="quiet"),
    Case(handler="one_partner_state.reset_factor", path="/partners", payload={"partner_id": "{priya}"}),
    Case(handler="partners_state.load", path="/partners", control="quiet", own=READS),
    Case(handler="partners_state.open_adding", path="/partners", control="quiet", own=READS),
    Case(handler="partners_state.close_adding", path="/partners", control="quiet", own=READS),
    Case(
        handler="partners_state.add",
        path="/partners",
        payload={"form": NEW},
        silent={"mallory": "the form is told that alice is no broker of theirs"},
    ),
    Case(handler="partners_state.assign", path="/partners", payload={"partner_id": "{priya}", "user_id": "{alice}"}),
    Case(handler="partners_state.resend", path="/partners", payload={"partner_id": "{priya}"}),
    Case(handler="partners_state.copy_link", path="/partners", payload={"partner_id": "{priya}"}),
    Case(handler="partners_state.switch_off", path="/partners", payload={"partner_id": "{priya}"}),
    Case(handler="partners_state.switch_on", path="/partners", payload={"partner_id": "{priya}"}),
    Case(handler="one_partner_state.edit", path="/partners", payload={"partner_id": "{priya}"}, control="quiet"),
    Case(handler="one_partner_state.look", path="/partners", payload={"partner_id": "{priya}"}, control="quiet"),
    Case(handler="one_partner_state.ask", path="/partners", payload={"partner_id": "{priya}"}, control="quiet"),
    Case(handler="one_partner_state.close", path="/partners", control="quiet", own=READS),
    Case(
        handler="one_partner_state.save",
        path="/partners",
        payload={"form": {"partner": "{pat}", "first_name": "Patrick", "last_name": "Ioane"}},
    ),
    Case(handler="one_partner_state.remove", path="/partners", payload={"partner_id": "{priya}"}),
    Case(handler="deal_partners_state.load", path=DEAL, control="quiet", own={"bob": "assistants see who follows"}),
    Case(handler="deal_partners_state.share", path=DEAL, payload={"form": {"partner": "{pat}"}}),
    Case(handler="deal_partners_state.stop", path=DEAL, payload={"partner_id": "{priya}"}),
)  # fmt: skip
