"""What can't be called back asks again who sits there: no handler of such a page, and no file of many people, forgets.

Found by rule: every State whose module imports one of the use cases below, and everything that hands out a file.
"""

import inspect
import re

from reflex_base.registry import RegistrationContext

from salestrekker_portal.salestrekker_portal import OUR_ROUTES
from tests.architecture.test_handlers import our_handlers
from tests.architecture.test_once import acting_handlers

# Roles and users, what is paid, banks, keys of programs, addresses that are told, second steps, the log itself.
GRAVE = re.compile(
    r"domains\.(firm import members|firm\.(members|second_step|sms)|billing\.purchases"
    r"|bank_statements import integrations"
    r"|api_tokens|webhooks|signing_in import (.*\b)?(second_step|own_passkeys))"
    r"|portals\.shared\.own_(factor|passkeys)|partners\.lost_factor"
)
# State and handler: why nobody is asked.
NOT_ASKED = {
    "api_keys_state.end": "ends what a key may do, and is in a hurry when the key leaked",
    "webhooks_state.end": "nobody is told any more",
    "webhooks_state.again": "sends the same once more to an address that was added with a proof",
    "connect_state.test": "a text to oneself",
    "security_state.confirm": "takes a number of the app that was begun with a proof",
    "security_state.make_codes": "takes digits or a code, which is the proof",
    "security_state.switch_off": "takes digits or a code, which is the proof",
    "security_state.sign_out": "only ends what is open",
    "security_state.sign_out_others": "only ends what is open",
    "partner_factor_state.confirm": "takes a number of the app that was begun with a proof",
    "partner_factor_state.make_codes": "takes digits or a code, which is the proof",
    "partner_factor_state.switch_off": "takes digits or a code, which is the proof",
    "one_partner_state.save": "a name and a number, as before; the way in hangs on neither",
    "one_partner_state.remove": "only ends a way in",
    "proof_state.prove": "is the asking",
    "proof_state.prove_by_passkey": "is the asking",
    "partner_proof_state.prove": "is the asking",
    "partner_proof_state.prove_by_passkey": "is the asking",
}
FILES_NOT_ASKED = {
    "insights_state.download": "figures of the firm by its own people and partners, and no client's name",
    "insights_state.picture": "the same, drawn",
    "partner_results_state.download": "a partner's own figures by month, and nobody's name",
}
ROUTES_ASK = {
    *("/session/everything", "/session/security-log"),
    *("/session/passkey/ask", "/session/partner/passkey/ask"),
}


def _short(name: str) -> str:
    return ".".join(part.rpartition("___")[2] for part in name.rsplit(".", 2)[-2:])


def _asks(fn) -> bool:
    return getattr(fn, "__asks_again__", False)


def _grave() -> dict[str, object]:
    registered = RegistrationContext.get().event_handlers
    return {
        _short(name): fn
        for name, fn in acting_handlers().items()
        if GRAVE.search(inspect.getsource(inspect.getmodule(registered[name].handler.state)))
    }


def test_what_can_not_be_called_back_asks_again():
    grave = _grave()
    states = {name.partition(".")[0] for name in grave}
    assert states >= {"users_state", "billing_state", "integrations_state", "api_keys_state", "webhooks_state",
                      "security_state", "passkeys_state", "partner_factor_state",
                      "partner_passkeys_state", "one_partner_state"}, "the walk has lost its way"  # fmt: skip
    wrong = [name for name, fn in grave.items() if _asks(fn) == (name in NOT_ASKED)]
    assert not wrong, f"mark each with @asks_again, or say in NOT_ASKED why it needs none: {sorted(wrong)}"
    assert set(NOT_ASKED) <= set(grave) | {
        f"{state}.{name}" for state in ("proof_state", "partner_proof_state") for name in ("prove", "prove_by_passkey")
    }


def test_every_file_of_many_asks_again():
    handed = {
        _short(name): fn for name, fn in our_handlers().items()
        if "rx.download(" in inspect.getsource(inspect.unwrap(fn))
    }  # fmt: skip
    assert len(handed) >= 3, "the walk has lost its way"
    assert {name for name, fn in handed.items() if not _asks(fn)} == set(FILES_NOT_ASKED)


def test_routes_of_the_same_kind_ask_too():
    """A button that asks first is no lock: the address behind it asks as well."""
    asking = {
        route.path for route in OUR_ROUTES if "demand_proof(" in inspect.getsource(inspect.unwrap(route.endpoint))
    }
    assert asking == ROUTES_ASK
