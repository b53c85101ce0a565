"""The broker's board, deals and contacts."""

from tests.refusals.case import Case

DEAL = "/deals/{deal}"
# Any member of staff, each in their own firm.
STAFF = {"mallory": "their own firm", "bob": "assistants use the same screens"}
TEAM = {"bob": "assistants work on deals too"}
GONE = {"mallory": "the page says that there is no such deal"}
FACTS = {"name": "Changed", "amount": "640,000", "owner": "{alice}", "settles": "", "label-{label}": "on"}

_BOARD = (
    Case(handler="shell_state.load", path="/board", control="quiet", own=STAFF),
    Case(handler="board_state.load", path="/board", control="shows", own=STAFF),
    # Without a board on screen it loads one.
    Case(handler="board_state.refresh", path="/board", control="shows", own=STAFF),
    Case(
        handler="board_state.move",
        path="/board",
        payload={"deal_id": "{deal}", "stage_id": "{stage}", "after_id": ""},
        own=TEAM,
    ),
    Case(
        handler="board_state.load_more",
        path="/board",
        payload={"stage_id": "{deal_stage}", "last_id": "{other_deal}"},
        control="shows",
        own=TEAM,
    ),
    Case(handler="deal_list_state.load", path="/board?view=list", control="shows", own=STAFF),
    Case(handler="contacts_state.load", path="/contacts", control="shows", own=STAFF),
    Case(handler="contacts_state.search", path="/contacts", payload={"words": "Kim"}, control="quiet", own=STAFF),
)

_ASKED = (("moving_state.show", {"deal_id": "{deal}"}),)
_MADE = (("deal_frame_state.move", {"stage_id": "{stage}"}),)
NOT_MOVED = {"mallory": "they moved nothing, so there is nothing to take back"}
_MOVING = (
    Case(handler="moving_state.show", path="/board", payload={"deal_id": "{deal}"}, control="shows", own=TEAM),
    Case(
        handler="moving_state.choose_workflow",
        path="/board",
        payload={"workflow_id": "{workflow}"},
        after=_ASKED,
        control="shows",
        own=TEAM,
    ),
    Case(
        handler="moving_state.choose_stage",
        path="/board",
        payload={"stage_id": "{stage}"},
        after=_ASKED,
        control="shows",
        own=TEAM,
    ),
    Case(handler="moving_state.close", path="/board", control="quiet", own=STAFF),
    Case(
        handler="moving_state.go",
        path="/board",
        after=(*_ASKED, ("moving_state.choose_stage", {"stage_id": "{stage}"})),
        own=TEAM,
    ),
    Case(handler="moving_state.undo", path=DEAL, after=_MADE, own=TEAM, silent=NOT_MOVED),
    Case(handler="moving_state.hush", path="/board", control="quiet", own=STAFF),
)

_FOUND = (("add_deal_state.show", {}), ("add_deal_state.search", {"words": "QZKIMLAST"}))
_CHOSEN = (*_FOUND, ("add_deal_state.choose", {"contact_id": "{kim}"}))

_ADDING = (
    Case(handler="add_deal_state.show", path="/board", control="quiet", own=STAFF),
    Case(handler="add_deal_state.close", path="/board", control="quiet", own=STAFF),
    Case(handler="add_deal_state.add_person", path="/board", payload={"company": True}, control="quiet", own=STAFF),
    Case(
        handler="add_deal_state.choose_workflow",
        path="/board",
        payload={"workflow": "{workflow}"},
        control="quiet",
        own=STAFF,
    ),
    Case(
        handler="add_deal_state.choose_loan",
        path="/board",
        payload={"loan": "personal_loan"},
        control="quiet",
        own=STAFF,
    ),
    Case(handler="add_deal_state.remove_person", path="/board", payload={"row_id": "1"}, control="quiet", own=STAFF),
    Case(handler="add_deal_state.search", path="/board", payload={"words": "QZKIMLAST"}, control="shows", own=STAFF),
    Case(
        handler="add_deal_state.choose",
        path="/board",
        payload={"contact_id": "{kim}"},
        control="shows",
        after=_FOUND,
        own=STAFF,
    ),
    Case(
        handler="add_deal_state.save",
        path="/board",
        payload={"form": {"deal_name": "One more", "value": "500000"}},
        after=_CHOSEN,
        own=TEAM,
        silent={"mallory": "they don't find kim, so there is nobody in their deal, which the form says"},
    ),
)

_DEAL = (
    Case(handler="deal_frame_state.load", path=DEAL, control="shows", own=TEAM, silent=GONE),
    Case(handler="deal_frame_state.move", path=DEAL, payload={"stage_id": "{stage}"}, own=TEAM),
    Case(handler="deal_frame_state.ask", path=DEAL, payload={"what": "settle"}, control="quiet", own=STAFF),
    Case(handler="deal_frame_state.settle", path=DEAL),
    Case(handler="deal_frame_state.settle", path=DEAL, payload={"form": {"on": "1/3/2026", "note": "On the day"}}),
    Case(handler="stop_deal_state.show", path=DEAL, control="quiet", own=STAFF),
    Case(handler="stop_deal_state.close", path=DEAL, control="quiet", own=STAFF),
    Case(handler="stop_deal_state.stop", path=DEAL, payload={"form": {"outcome": "lost", "reason": "bank"}}),
    Case(handler="stop_deal_state.copy", path=DEAL, own=TEAM),
    Case(handler="deal_frame_state.unlock", path=DEAL, given=(("deal_frame_state.settle", {}),)),
    Case(handler="deal_frame_state.archive", path=DEAL),
    Case(handler="deal_frame_state.restore", path=DEAL, given=(("deal_frame_state.archive", {}),)),
    Case(handler="add_contact_state.show", path=DEAL, control="quiet", own=STAFF),
    Case(handler="add_contact_state.close", path=DEAL, control="quiet", own=STAFF),
    Case(handler="add_contact_state.choose_kind", path=DEAL, payload={"kind": "company"}, control="quiet", own=STAFF),
    Case(handler="add_contact_state.search", path=DEAL, payload={"words": "QZKIMLAST"}, control="shows", own=STAFF),
    Case(
        handler="add_contact_state.choose",
        path=DEAL,
        payload={"contact_id": "{kim}"},
        after=(("add_contact_state.show", {}), ("add_contact_state.search", {"words": "QZKIMLAST"})),
        control="quiet",
        own=STAFF,
    ),
    Case(
        handler="add_contact_state.save",
        path=DEAL,
        payload={"form": {"first_name": "Jo", "last_name": "Lee", "role": "client"}},
        after=(("add_contact_state.show", {}),),
        own=TEAM,
    ),
    Case(handler="edit_deal_state.show", path=DEAL, control="shows", own=TEAM),
    Case(handler="edit_deal_state.close", path=DEAL, control="quiet", own=STAFF),
    Case(handler="edit_deal_state.save", path=DEAL, payload={"form": FACTS}, own=TEAM),
    Case(handler="overview_state.load", path=DEAL, control="shows", own=TEAM, silent=GONE),
    Case(handler="overview_state.edit", path=DEAL, payload={"contact_id": "{kim}"}, control="quiet", own=STAFF),
    Case(
        handler="overview_state.save_contact",
        path=DEAL,
        payload={"form": {"first_name": "Kimberley"}},
        after=(("overview_state.edit", {"contact_id": "{kim}"}),),
        own=TEAM,
    ),
    Case(handler="activity_state.load", path=DEAL + "/activity", control="shows", own=TEAM, silent=GONE),
    Case(
        handler="activity_state.read",
        path=DEAL + "/activity",
        payload={"message_id": "{message}"},
        control="quiet",
        own={"bob": "assistants read what was sent"},
    ),
    Case(
        handler="activity_state.send_again",
        path=DEAL + "/activity",
        after=(("activity_state.read", {"message_id": "{message}"}),),
    ),
    Case(
        handler="activity_state.take_back",
        path=DEAL + "/activity",
        after=(("activity_state.read", {"message_id": "{letter}"}),),
    ),
    Case(handler="activity_state.load_older", path=DEAL + "/activity", control="shows", own=TEAM),
)

BROKER_CASES = (*_BOARD, *_MOVING, *_ADDING, *_DEAL)
