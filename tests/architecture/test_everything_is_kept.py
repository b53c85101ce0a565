"""What assets/typed.js keeps: every field of every form on every page can be kept, and putting it back does nothing.

A field is kept under its id or name, so it needs one. A choice that is put back raises its handler again, so a choice
in a form may not change anything before the form is sent.
"""

import re
from collections.abc import Iterator

from salestrekker_portal.portals.pages import REGISTRY
from tests.architecture.test_limits_are_said import nodes, props_of
from tests.architecture.test_once import acting_handlers

KEPT = {'"text"', '"email"', '"tel"', '"url"', '"date"', '"checkbox"', '"radio"', ""}
CONTROLS = ('"input"', '"textarea"', '"select"', "DebounceInput", "PromptInput")
HANDLER = re.compile(r'"(reflex___state[\w.]+\.\w+)"')


def fields() -> Iterator[tuple[str, dict[str, str], str]]:
    """Every field of a form that a handler gets: (page, its properties, all of them as one text)."""
    for route, page in REGISTRY.items():
        for form in nodes(page.build().render()):
            if form.get("name") not in ('"form"', "Root") or "action" in props_of(form):
                continue
            for node in nodes(form["children"]):
                props = props_of(node) if "props" in node else {}
                if node.get("name") in CONTROLS and props.get("type", "") in KEPT:
                    yield route, props, " ".join(node["props"])


def test_every_field_of_a_form_can_be_kept_and_put_back():
    found = list(fields())
    assert len({props.get("id") or props.get("name") for _, props, _ in found}) > 60, "the walk has lost its way"
    nameless = {route for route, props, _ in found if not (props.get("id") or props.get("name"))}
    assert not nameless, f"give these fields an id or a name: {nameless}"
    acting = set(acting_handlers())
    assert any(HANDLER.search(text) for _, _, text in found), "the walk sees no handler"
    at_once = {(route, props.get("id")) for route, props, text in found if acting & set(HANDLER.findall(text))}
    assert not at_once, f"putting these back would change something: {at_once}"
