"""The sides of a card: together, front first, and how many of them are there."""

from uuid import uuid4

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.documents.sides import card_of, sides_there
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.portals.client.documents.rows import BoxPeople, boxes
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.documents import DocumentRequest, RequestState

KIM, DEAL, ALICE = uuid4(), uuid4(), uuid4()


def _request(name, state=RequestState.REQUESTED, contact=KIM) -> DocumentRequest:
    return DocumentRequest(id=new_id(), deal_id=DEAL, contact_id=contact, name=name, added_by=ALICE, state=state)


def test_one_of_two_sides_is_there():
    front = _request("Driver licence, front", RequestState.UPLOADED)
    back, other = _request("Driver licence, back"), _request("Driver licence, back", contact=uuid4())
    alone, paper = _request("Health card, front"), _request("Payslips")
    found = sides_there([front, back, other, alone, paper])
    assert found == {card_of(front): "1 of 2 sides sent"}
    back.state = RequestState.ACCEPTED
    assert sides_there([front, back])[card_of(back)] == "2 of 2 sides sent"


def test_they_stand_together_with_the_front_first():
    actor = Actor(
        portal=Portal.CLIENT, session_id=new_id(), organisation_id=DEAL, id=KIM, name="Kim", country="AU",
        time_zone="Australia/Sydney", deal_id=DEAL,
    )  # fmt: skip
    requests = [_request("Payslips"), _request("Driver licence, back", RequestState.ASKED_AGAIN), _request("Rates"),
                _request("Driver licence, front")]  # fmt: skip
    rows = boxes(requests, [], BoxPeople(actor, [], "Alice"))
    assert [(row["name"], row["sides"]) for row in rows] == [
        ("Driver licence, front", "0 of 2 sides sent"), ("Driver licence, back", "0 of 2 sides sent"),
        ("Payslips", ""), ("Rates", ""),
    ]  # fmt: skip
