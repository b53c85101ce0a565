"""kill -9 in the middle of the fact find: what was acknowledged as saved is there."""

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import PATIENT_MS, answer, enter_as, section
from tests.support.fixtures import People

pytestmark = pytest.mark.browser

ANSWERS = (("Title", None), ("Middle name", "Maeve"), ("Preferred name", "Shiv"), ("First name", "Siobhán"))


def test_every_answer_that_said_saved_survives(chromium, own_server):
    people = People(chromium, own_server.url)
    page = enter_as(people.open(width=390), "Siobhán")
    section(page, "applicant.personal_details")
    for label, text in ANSWERS:
        if text is not None:
            answer(page, label, f"{text}")
    own_server.kill()
    page.get_by_label("Last name", exact=True).fill("O’Dea-Unsaved")
    own_server.restart()
    again = enter_as(people.open(width=390), "Siobhán")
    section(again, "applicant.personal_details")
    for label, text in ANSWERS:
        if text is not None:
            expect(again.get_by_label(label, exact=True)).to_have_value(text, timeout=PATIENT_MS)
    # The open page comes back by itself, and what was typed meanwhile is sent or still there.
    expect(page.get_by_label("Last name", exact=True)).to_have_value("O’Dea-Unsaved", timeout=PATIENT_MS * 2)
    people.close()
