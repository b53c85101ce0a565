"""Every handler that is carried out once is pressed in a browser by the walk, or stands in its table with a reason."""

from collections import Counter
from pathlib import Path

from tests.journeys.pressing import reached
from tests.journeys.pressing.buttons import short
from tests.journeys.pressing.lanes import LANES, once_names
from tests.journeys.pressing.reached import MOST_NOT_YET, NOT_YET, OUT_OF_REACH, PRESSED_BY, REACHED, wrong_in


def test_every_once_handler_is_pressed_or_said_why_not():
    names = Counter(short(name) for name in once_names())
    assert len(names) > 100 and max(names.values()) == 1, "two handlers have one short name"
    pressed = [name for several in REACHED.values() for name in several]
    listed = Counter([*pressed, *PRESSED_BY, *OUT_OF_REACH, *NOT_YET])
    assert not names.keys() - listed.keys(), "add each to its lane in REACHED, or to OUT_OF_REACH"
    assert not listed.keys() - names.keys(), "these are gone"
    assert max(listed.values()) == 1, "one stands in two parts"
    assert all(len(why) > 15 for why in OUT_OF_REACH.values())
    assert len(NOT_YET) <= MOST_NOT_YET, "this part only shrinks"


def test_other_tests_that_press_are_there_and_press_more_than_once():
    assert all("click_count=" in Path(test).read_text() for test in set(PRESSED_BY.values()))


def test_what_is_promised_has_a_lane_and_the_ordinary_run_has_promises():
    assert REACHED.keys() <= {lane.name for lane in LANES}
    assert REACHED.keys() >= {lane.name for lane in LANES if lane.ordinary}


def test_the_table_is_compared_with_what_was_pressed(monkeypatch):
    monkeypatch.setattr(reached, "REACHED", {"a": ("one.save",)})
    monkeypatch.setattr(reached, "OUT_OF_REACH", {"two.save": "needs a bank that answers"})
    assert not wrong_in("a", {"one.save", "three.save"})
    assert len(wrong_in("a", set())) == 1 and "one.save" in wrong_in("a", set())[0]
    assert len(wrong_in("b", {"two.save"})) == 1
