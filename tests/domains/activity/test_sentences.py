"""Every row of the timeline reads as a sentence, even one that nobody foresaw."""

from uuid import uuid4

from salestrekker_portal.domains.activity.sentences import _SENTENCES, sentence_of, who_did
from salestrekker_portal.tables.activity import Activity


def happened(kind: str, **facts) -> Activity:
    return Activity(organisation_id=uuid4(), kind=kind, actor_kind="broker", actor_name="Alice O’Rourke", facts=facts)


def test_moves_say_what_they_mean_for_clients() -> None:
    moved = happened("deal:moved", from_stage="Preparing", to_stage="Lodged", fact_find="read_only")
    assert sentence_of(moved) == (
        "moved the deal from Preparing to Lodged; the client profile is now read-only for clients"
    )


def test_fields_read_as_words() -> None:
    assert sentence_of(happened("deal:changed", fields="name, value_cents")) == "changed name, value"


def test_braces_in_facts_are_only_text() -> None:
    assert sentence_of(happened("document:uploaded", name="{0.__class__}.pdf")) == "uploaded {0.__class__}.pdf"


def test_missing_facts_and_unknown_kinds_never_fail() -> None:
    for kind in [*_SENTENCES, "something:brand_new"]:
        assert sentence_of(happened(kind))


def test_who_did() -> None:
    one = happened("deal:added")
    one.actor_id = uuid4()
    assert who_did(one) == "Alice O’Rourke"
    assert who_did(one, you=one.actor_id) == "You"
    one.actor_name, one.actor_id = "", None
    assert who_did(one) == "The portal"
