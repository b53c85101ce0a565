"""Every text field that takes so many characters says what is left of them: looked for on every page that is drawn."""

from collections.abc import Iterator
from typing import Any

import salestrekker_portal.salestrekker_portal  # noqa: F401  registers every page
from salestrekker_portal.domains.fact_find.questions import WORDS
from salestrekker_portal.domains.questions.catalogue import COUNTRIES, every_page
from salestrekker_portal.domains.questions.parsing import limit_of
from salestrekker_portal.portals.pages import REGISTRY

TYPED = {'"text"', '"url"', ""}
# Numbers, amounts and days: read and refused for what they say, not for their length.
READ = {'"numeric"', '"decimal"'}
# id of a field -> why it has no number of characters.
NO_LIMIT = {
    "list-lines": "each of its lines has limits, which are said by line",
    "stage-tasks": "each of its lines has a limit, which is said when one is longer",
    "referral_code": "four characters or eight",
    "business_number": "its digits are counted",
    "theme_colour": "six digits or letters",
    "confirm-name": "compared with a name",
    "code": "compared with a code",
}


def nodes(drawn: Any) -> Iterator[dict]:
    """Everything in a drawn page."""
    if isinstance(drawn, dict):
        yield drawn
        for each in drawn.values():
            yield from nodes(each)
    elif isinstance(drawn, list | tuple):
        for each in drawn:
            yield from nodes(each)


def props_of(node: dict) -> dict[str, str]:
    return dict(each.split(":", 1) for each in node["props"] if ":" in each)


def silent_fields(drawn: Any) -> set[str]:
    """The ids of text fields that say nothing of a limit."""
    texts, said = set(), set()
    for node in nodes(drawn):
        if node.get("name") == "LeftOver":
            said.add(props_of(node)["of"])
        if node.get("name") in ('"input"', '"textarea"', "DebounceInput"):
            props = props_of(node)
            typed = props.get("type", "") in TYPED and props.get("inputMode") not in READ
            if typed and props.get("readOnly") != "true" and "id" in props:
                texts.add(props["id"])
    return texts - said


def test_every_text_field_says_what_is_left():
    found = {key: silent_fields(page.build().render()) for key, page in REGISTRY.items()}
    silent = {key: {each.strip('"') for each in ids} - set(NO_LIMIT) for key, ids in found.items()}
    assert not {key: ids for key, ids in silent.items() if ids}, "give it limit=, or say in NO_LIMIT why it has none"
    used = {each.strip('"') for ids in found.values() for each in ids}
    assert not set(NO_LIMIT) - used, "these say it now"


def test_every_question_that_takes_words_has_a_limit_to_say():
    fields = [f for country in COUNTRIES for page in every_page(country) for s in page.sections for f in s.fields]
    assert all(limit_of(each) > 0 for each in fields if each.kind in WORDS)
    # A limit of its own is said only where words are typed.
    assert not {each.kind for each in fields if each.max_length} - WORDS


def test_the_measure_sees_a_silent_field():
    box = {"name": '"input"', "props": ['type:"text"', 'id:"a"'], "children": []}
    assert silent_fields([box]) == {'"a"'}
    assert not silent_fields([box, {"name": "LeftOver", "props": ['of:"a"', "limit:3"], "children": []}])
