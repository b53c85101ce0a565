"""A page that a browser translated takes every change that React makes to the words it wrote."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import PATIENT_MS, enter_as

pytestmark = pytest.mark.browser

SCRIPT = (Path(__file__).parents[2] / "assets" / "translated.js").read_text(encoding="utf-8")
# Chrome moves the words into two <font>; other translators put a <font> in their place.
MOVED = """node => { const font = document.createElement("font"), inner = document.createElement("font");
  node.parentNode.insertBefore(font, node); inner.appendChild(node); font.appendChild(inner); }"""
REPLACED = """node => { const font = document.createElement("font");
  font.textContent = "translated"; node.parentNode.replaceChild(font, node); }"""
PAGE = "<p id=p></p><script>p.append('one', document.createElement('b'), 'two'); words = [...p.childNodes];</script>"


@pytest.mark.parametrize("translate", [MOVED, REPLACED])
def test_words_that_were_translated_are_changed_removed_and_written_before(chromium, translate):
    page = chromium.new_page()
    page.set_content(f"<script>{SCRIPT}</script>{PAGE}")
    page.evaluate(f"[words[0], words[2]].forEach({translate})")
    page.wait_for_timeout(50)
    page.evaluate("words[0].nodeValue = 'changed'")
    assert "changed" in page.inner_text("#p")
    page.evaluate("p.insertBefore(document.createTextNode('between'), words[2])")
    assert page.inner_text("#p").index("between") > page.inner_text("#p").index("changed")
    page.evaluate("p.removeChild(words[2])")
    page.evaluate("p.removeChild(words[0])")
    page.evaluate("p.removeChild(words[1])")
    assert page.inner_text("#p") == "between"
    page.close()


@pytest.mark.parametrize("translate", [MOVED, REPLACED])
def test_words_that_change_places_stand_there_once(chromium, translate):
    page = chromium.new_page()
    page.set_content(f"<script>{SCRIPT}</script>{PAGE}")
    page.evaluate(f"[words[0], words[2]].forEach({translate})")
    page.wait_for_timeout(50)
    page.evaluate("p.appendChild(words[0])")
    page.evaluate("p.insertBefore(words[2], words[1])")
    assert page.inner_text("#p") == "twoone"
    page.close()


def test_what_was_not_translated_is_removed_as_ever(chromium):
    page = chromium.new_page()
    page.set_content(f"<script>{SCRIPT}</script>{PAGE}")
    page.evaluate("p.insertBefore(document.createElement('i'), words[1]); p.removeChild(words[0])")
    assert page.inner_html("#p") == "<i></i><b></b>two"
    page.close()


@pytest.mark.parametrize("translate", [MOVED, REPLACED])
@pytest.mark.parametrize("path", ["/board", "/contacts", "/partners"])
def test_a_page_that_is_translated_before_its_script_comes_to_life_lives(people, path, translate):
    """What React then finds is not what was built: it draws the page anew, which no policy of the page may stop."""
    page = enter_as(people.open(), "Alice")

    def slowly(route):
        page.wait_for_timeout(700)
        route.continue_()

    page.route("**/assets/entry.client*", slowly)
    page.goto(path, wait_until="commit")
    page.locator("main").wait_for()
    words = "document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, "
    words += "node => node.data.trim() && !/SCRIPT|STYLE/.test(node.parentNode.nodeName) ? 1 : 2)"
    touched = page.evaluate(
        f"() => {{ const all = {words}, found = []; while (all.nextNode()) found.push(all.currentNode);"
        f" found.forEach({translate}); return found.length }}"
    )
    assert touched
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Search everywhere")).to_be_visible(timeout=PATIENT_MS)
    page.close()
    # React's word for it: found another page than was built, and has drawn it anew.
    people.errors[:] = [each for each in people.errors if "#418" not in each]
