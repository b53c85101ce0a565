"""The compiled client gives an event its address when it is made."""

import pytest

from salestrekker_portal.portals.events.pressed_here import AFTER, LEAVES, MADE, SAID, STAMPED, stamped

CLIENT = f"{AFTER}const addEvents = () => {{\n    {MADE}}};\nconst apply = () => {{\n    {LEAVES}}};\n"


def test_the_client_stamps_what_is_made_and_says_what_was_left():
    made = stamped(CLIENT, "$/pressed.js")
    assert 'import { leavesFrom, pressedHere } from "$/pressed.js";' in made
    assert STAMPED in made and SAID in made and MADE not in made
    assert stamped(made, "$/pressed.js") == made


@pytest.mark.parametrize("part", [AFTER, MADE, LEAVES])
def test_another_client_is_not_built_in_silence(part):
    with pytest.raises(RuntimeError, match="review"):
        stamped(CLIENT.replace(part, ""), "$/pressed.js")
