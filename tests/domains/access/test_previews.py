"""What a preview is about comes back from the session as it was."""

from dataclasses import fields

import pytest

from salestrekker_portal.domains.access.previews import Preview
from salestrekker_portal.kernel.ids import new_id

LEAST = {name: new_id() for name in ("deal_id", "contact_id", "by_id", "opened_by")} | {"by_name": "Alice O’Rourke"}
MOST = LEAST | {
    "flow_id": new_id(), "flow_name": "Short", "section_ids": ("applicant.addresses", "needs"),
    "sees_other_applicants": True, "asks_bank_statements": True, "request_ids": (new_id(), new_id()),
}  # fmt: skip


@pytest.mark.parametrize("facts", [LEAST, MOST], ids=["least", "most"])
def test_a_preview_is_kept_as_plain_values_and_comes_back(facts):
    preview = Preview(**facts)
    kept = preview.kept()
    assert Preview.of(kept) == preview
    assert all(isinstance(each, str | bool | list | None) for each in kept.values())
    assert set(kept) == {field.name for field in fields(Preview)}


def test_without_an_invitation_a_preview_shows_everything_and_nobody_else():
    preview = Preview(**LEAST)
    assert preview.flow_id is None and preview.flow_name == "Everything"
    assert preview.section_ids == () and preview.request_ids == ()
    assert not preview.sees_other_applicants and not preview.asks_bank_statements
