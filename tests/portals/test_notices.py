"""A notice is spoken once: a page that is loaded anew doesn't show it again."""

from salestrekker_portal.portals.gate import Gate
from salestrekker_portal.portals.shared.notices import Notices
from tests.support.harness import Harness


async def test_a_page_that_is_loaded_anew_has_forgotten_the_notice():
    async with Harness() as browser:
        notices = await browser.call(Notices.refuse, text="We can't find that page.")
        assert notices.text == "We can't find that page."
        await Gate()._rebind(notices._get_root_state(), "")
        assert (await browser.state(Notices)).text == ""


async def test_a_long_notice_says_that_it_goes_on():
    async with Harness() as browser:
        notices = await browser.call(Notices.tell, text="x" * 5_000)
        assert notices.text.endswith("…") and len(notices.text) == 400
