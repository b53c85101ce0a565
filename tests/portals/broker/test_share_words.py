"""The share panel has a word for every state of a message."""

from salestrekker_portal.domains.outbox.models import Delivery
from salestrekker_portal.portals.broker.share.page import STATUS


def test_every_state_of_a_message_has_its_badge():
    assert set(STATUS) == {state.value for state in Delivery}
