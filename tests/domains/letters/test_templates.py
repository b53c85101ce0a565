"""The firm's templates: made, changed and deleted by its admins, used by its brokers, nobody else's."""

import asyncio

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.letters import templates
from salestrekker_portal.kernel.errors import Busy, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.notifications import Audience
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("database")
FIRST_CALL = {
    "name": "First call", "audience": "client", "subject": "Hello [Client first name]",
    "email_text": "[Greeting] [Client first name],\nwhen may I call you?\n[Signature]", "sms_text": "May I call you?",
}  # fmt: skip


async def add(cast: Cast, by=None, **changes):
    async with transaction() as session:
        return await templates.add_template(session, by or cast.alice, {**FIRST_CALL, **changes})


async def names(cast: Cast, *about: Audience) -> list[str]:
    async with reading() as session:
        return [each.name for each in await templates.templates_of(session, cast.alice, *about)]


async def test_it_is_kept_found_by_whom_it_is_for_and_deleted(cast):
    made = await add(cast)
    await add(cast, name="A thank-you", audience="partner", subject="Thanks", email_text="[Partner first name], thanks")
    assert await names(cast) == ["A thank-you", "First call"]
    assert await names(cast, Audience.PARTNER) == ["A thank-you"]
    async with transaction() as session:
        await templates.delete_template(session, cast.alice, made.id)
    assert await names(cast) == ["A thank-you"]


@pytest.mark.parametrize(
    ("changes", "where", "sentence"),
    [
        ({"name": " "}, "name", "Give the template a name."),
        ({"name": "x" * 61}, "name", "This has 61"),
        ({"audience": "staff"}, "audience", "Choose clients or partners."),
        ({"email_text": "", "sms_text": ""}, "email_text", "or both"),
        ({"subject": ""}, "subject", "Give the e-mail a subject."),
        ({"email_text": "Hi [Nobody]"}, "email_text", "There is no “[Nobody]”"),
        ({"sms_text": "x" * 460}, "sms_text", "This has 460"),
        ({"sms_text": "Here: [Link]"}, "sms_text", "A link never stands in an SMS"),
        ({"sms_text": "Hi [Partner first name]"}, "sms_text", "says nothing in this message"),
        ({"email_text": "https://x.example.com/portal/Zm9vYmFyYmF6cXV4"}, "email_text", "lets somebody into"),
    ],
)
async def test_what_is_wrong_is_said_beside_it(cast, changes, where, sentence):
    with pytest.raises(Invalid) as refused:
        await add(cast, **changes)
    assert sentence in refused.value.errors[where] and await names(cast) == []


async def test_one_name_is_one_template_also_when_two_admins_add_it_at_once(cast):
    tried = await asyncio.gather(add(cast), add(cast, name="FIRST CALL"), return_exceptions=True)
    assert sum(not isinstance(each, Exception) for each in tried) == 1
    assert {type(each) for each in tried if isinstance(each, Exception)} <= {Invalid, Busy}
    assert len(await names(cast)) == 1


async def test_only_admins_change_them_and_other_firms_see_none(cast):
    made = await add(cast)
    with pytest.raises(NotPermitted):
        await add(cast, by=cast.bob)
    for who, why in ((cast.bob, NotPermitted), (cast.mallory, NotFound), (cast.priya, NotPermitted)):
        async with transaction() as session:
            with pytest.raises(why):
                await templates.change_template(session, who, made.id, FIRST_CALL)
            with pytest.raises(why):
                await templates.delete_template(session, who, made.id)
        async with reading() as session:
            with pytest.raises(why):
                await templates.template_of(session, who, made.id)
    assert await names(cast) == ["First call"]


async def test_the_preview_has_invented_people_and_hostile_words_stay_words(cast):
    typed = {**FIRST_CALL, "email_text": "Hi [Client first name] {0} <script>\n{{x}}", "sms_text": "Kia ora ā 🦊"}
    async with reading() as session:
        shown = await templates.shown_template(session, cast.alice, typed)
    assert shown.email.paragraphs == ["Hi Kim {0} <script>", "{{x}}"] and shown.sms.sms == "Kia ora ā 🦊"
    assert "curly" in templates.problems_of(typed)["email_text"]
