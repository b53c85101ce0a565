"""What a handler asks of a page is a name with values; the compiled client evaluates nothing."""

import json

import pytest

from salestrekker_portal.portals.events.deeds import AFTER, EVALUATES, LEFT, do, without_eval
from salestrekker_portal.portals.http.policy import plain_policy
from tests.tooling.test_tracked import ROOT, tracked

SOURCE = AFTER + "\n".join(text for text, times, _ in EVALUATES for _ in range(times))


def test_a_deed_travels_as_values_whatever_they_hold():
    nasty = "'); window.stolen = 1; ('\u2028</script>"
    spec = do("copy", nasty)
    sent = next(value for name, value in spec.args if str(name) == "javascript_code")
    assert json.loads(json.loads(str(sent))) == ["copy", nasty]


def test_every_eval_of_the_client_goes_and_a_second_time_changes_nothing():
    once = without_eval(SOURCE, "$/deeds.js")
    assert not LEFT.search(once) and once.count("carryOut(") == 1
    assert without_eval(once, "$/deeds.js") == once
    assert without_eval(once, "$/moved/deeds.js") == once.replace("$/deeds.js", "$/moved/deeds.js"), "after an upgrade"


@pytest.mark.parametrize(
    "other", [SOURCE + "\neval(more)", SOURCE.replace("eval?.(", ""), SOURCE + "\nnew Function('x')"]
)
def test_another_version_of_the_client_stops_the_build(other):
    with pytest.raises(RuntimeError, match="differs"):
        without_eval(other, "$/deeds.js")


def test_no_page_may_evaluate_and_nobody_sends_a_script():
    assert "unsafe-eval" not in plain_policy()
    sends = ("rx.call_script(", "rx.run_script(", "rx.call_function(")
    ours = [name for name in tracked() if name.startswith("salestrekker_portal/") and name.endswith(".py")]
    found = [name for name in ours if any(each in (ROOT / name).read_text(encoding="utf-8") for each in sends)]
    assert set(found) <= {"salestrekker_portal/portals/events/deeds.py"}


def test_what_a_server_asks_of_a_page_the_page_knows():
    from typing import get_args

    from salestrekker_portal.portals.events.deeds import Deed

    script = (ROOT / "salestrekker_portal/ui/connection/deeds.js").read_text(encoding="utf-8")
    assert all(f"\n  {name}: (" in script for name in get_args(Deed))
