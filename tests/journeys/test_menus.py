"""Every menu of every screen: whole in the window, every item of it in reach, wherever its button stands."""

import re

import pytest
from playwright.sync_api import Page, expect

from salestrekker_portal.portals import every_page  # noqa: F401  fills the registry
from tests.journeys.steps import enter_as
from tests.journeys.test_screens import BUSY, _enter, screens_of

pytestmark = pytest.mark.browser

# Opens each menu as a press does, and answers which items nobody could press, and how many menus there were.
_TRY_ALL = """async () => {
  const faults = [], frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)));
  // Over an open drawer the page behind it takes no press, and is not meant to.
  const room = document.querySelector('dialog[open]') ?? document;
  const buttons = [...room.querySelectorAll('.menu > summary')].filter((each) => each.getClientRects().length);
  for (const button of buttons) {
    for (const block of ['start', 'center', 'end']) {
      button.scrollIntoView({ block, inline: 'nearest' });
      await frame();
      button.click();
      await frame();
      const list = button.parentElement.querySelector('.menu-list');
      const box = list.getBoundingClientRect();
      if (box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight)
        faults.push(`${button.textContent}: the menu leaves the window (${block})`);
      for (const item of list.querySelectorAll('.menu-item')) {
        item.scrollIntoView({ block: 'nearest' });
        const at = item.getBoundingClientRect();
        const hit = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
        const reached = hit && item.contains(hit);
        if (!reached) faults.push(`${button.textContent}: ${item.textContent} is covered (${block})`);
      }
      button.click();
      await frame();
      const gone = !button.parentElement.open && !list.getClientRects().length;
      if (!gone) faults.push(`${button.textContent}: the menu stays open`);
    }
  }
  return { faults, seen: buttons.length, inTables: buttons.filter((each) => each.closest('.table')).length };
}"""


def _try_menus(page: Page, paths: list[str], faults: set[str]) -> tuple[int, int]:
    seen = in_tables = 0
    for path in paths:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        expect(page.locator(BUSY)).to_have_count(0)
        found = page.evaluate(_TRY_ALL)
        seen, in_tables = seen + found["seen"], in_tables + found["inTables"]
        faults.update(f"{path} at {page.viewport_size['width']}: {fault}" for fault in found["faults"])
    return seen, in_tables


@pytest.mark.parametrize("part", ["deals", "settings", "client", "partner"])
def test_every_item_of_every_menu_is_in_reach(people, part):
    faults: set[str] = set()
    page, deal = _enter(people, part)
    seen = in_tables = 0
    for width, height in ((360, 640), (1280, 720)):
        page.set_viewport_size({"width": width, "height": height})
        counts = _try_menus(page, screens_of(part, deal), faults)
        seen, in_tables = seen + counts[0], in_tables + counts[1]
    assert not faults, "\n".join(sorted(faults))
    assert seen and (in_tables or part != "deals"), "the walk has lost its way"


def test_the_last_partners_menu_is_used_with_a_real_press(people):
    alice = enter_as(people.open(height=720), "Alice")
    alice.goto("/partners")
    alice.get_by_text("Actions for").last.locator("xpath=ancestor::summary").click()
    alice.get_by_role("button", name="Activity").click()
    expect(alice.get_by_role("dialog", name=re.compile("."))).to_be_visible()


def test_a_file_is_removed_and_put_back_and_stopping_asks(people):
    alice = enter_as(people.open(), "Alice")
    deal = alice.get_by_role("link", name=re.compile("O’Dea & Rewi")).first.get_attribute("href")
    alice.goto(f"{deal}/documents")
    files, licence = alice.locator("li.document"), alice.locator("li.document", has_text="Referral checklist")
    expect(licence).to_have_count(1)
    before = files.count()
    licence.locator("summary").click()
    licence.get_by_role("button", name="Remove").click()
    expect(files).to_have_count(before - 1)
    expect(alice.locator(".menu-list:visible")).to_have_count(0)
    alice.get_by_role("button", name="Undo").click()
    expect(files).to_have_count(before)
    alice.goto(deal)
    alice.locator("summary", has_text="Stop sharing").click()
    question = alice.get_by_role("group", name=re.compile("^Stop sharing with"))
    expect(question.get_by_role("button", name="Cancel")).to_be_focused()
    alice.keyboard.press("Enter")
    expect(question).to_have_count(0)
    expect(alice.locator("summary", has_text="Stop sharing")).to_have_count(1)
    alice.locator("summary", has_text="Stop sharing").click()
    question.get_by_role("button", name="Stop sharing").click()
    expect(alice.locator("summary", has_text="Stop sharing")).to_have_count(0)
