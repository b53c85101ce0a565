"""Nobody overwrites what they have not seen: every form that overwrites says what it was filled from.

Found by rule: use cases by their name and the forms of every State by their argument. Each carries its version, or is
declared here with the reason why it has none.
"""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator

from reflex.event import EventHandler

from salestrekker_portal import domains
from salestrekker_portal.domains.access.actor import Actor
from tests.architecture.source import modules
from tests.architecture.test_once import acting_handlers
from tests.domains.test_faster import FORMS

OVERWRITES = re.compile(r"(change|rename|edit|save|write|set|keep|choose|replace|update|put|assign)(_|$)")
# Use cases that set one value which somebody pressed, or that have a version of their own.
ONE_VALUE = {
    "pipeline.settling.change_deal": "`edit_deal` is its form, which merges before it",
    "fact_find.service.save_answer": "each answer has a version of its own, and both texts are shown",
    "fact_find.service.save_together": "each answer has a version of its own, and both texts are shown",
    "signing_in.own_password.change_own_password": "the password now is its version",
    "notifications.preferences.choose": "a switch",
    "notifications.preferences.choose_summary": "a switch",
    "notifications.preferences.choose_zone": "one choice from a list, kept as it is made",
    "notifications.client_preferences.choose": "a switch",
    "notifications.choosing.choose_shown": "one choice of three, kept as it is made",
    "notifications.choosing.choose_way": "a switch",
    "partners.preferences.choose_update": "a switch",
    "partners.preferences.choose_how": "one's own answer to one question, kept as it is made",
    "partners.service.assign_partner": "one choice from a list, kept as it is made",
    "firm.second_step.set_grace_days": "one number, and the last one counts",
    "firm.second_step.set_idle_limits": "two numbers of one thought, and the last ones count",
    "firm.sms.set_sms": "a switch",
    "firm.security_log.keep_log_for": "one choice from a list, kept as it is made",
    "firm.members.change_role": "one choice from a list, kept as it is made",
    "firm.partner_settings.choose_workflow": "one choice from a list, kept as it is made",
    "firm.partner_settings.choose_view": "one choice from a list, kept as it is made",
    "documents.removing.put_back_document": "takes back one removal, and nothing that was typed",
    "documents.requests.put_back_request": "takes back one withdrawal, and nothing that was typed",
    "loans.service.put_back_loan": "takes back one removal, and nothing that was typed",
    "loans.service.put_back_security": "takes back one removal, and nothing that was typed",
    "tasks.service.put_off_task": "a press that says when it comes back",
    "tasks.service.put_back_task": "takes back one removal, and nothing that was typed",
    "organisations.saved_views.put_back_view": "takes back one deletion, and nothing that was typed",
    "organisations.list_columns.change_columns": "one's own choice of columns, kept as it is made, on a held row",
    "organisations.logo.keep_logo": "one picture, seen before it is sent",
    "letters.sending.write_letter": "a new message",
    "imports.service.choose_again": "a step back, and nothing that was typed",
}
# Forms that are no copy of a row: what they send is added, or decides something once.
ADDS = {
    "add": "a new one",
    "try_on": "what would happen, and nothing does",
    "check": "what the columns of a file are, before anything of it is kept",
    "merge": "a choice between two, seen before it is made",
    "ask": "a new question",
    "add_single": "a new one",
    "add_list": "new ones",
    "invite": "a new one",
    "prove": "a secret that is looked at and kept nowhere",
    "prove_by_passkey": "what a passkey signed, once",
    "confirm": "a number that is good for half a minute",
    "make": "a new key",
    "make_codes": "a number that is good for half a minute",
    "set_grace": "one number of days, and the last one counts",
    "set_idle": "two numbers of one thought, and the last ones count",
    "switch_off": "a number that is good for half a minute",
    "send": "a new message or request",
    "send_note": "a new note",
    "send_back": "a new note",
    "share": "a new sharing",
    "save": {
        "deal_notes_state": "a new note",
        "add_deal_state": "a new deal",
        "add_contact_state": "a new applicant",
        "new_contact_state": "a new contact",
        "partner_refer_state": "a new referral",
        "partner_password_state": "the password now is its version",
    },
    "settle": "decided once; settling again shows the day that is kept",
    "stop": "what became of a deal, decided once",
    "say_it": "a word about one request, which its own state decides",
    "decide": "what is decided once, which its own state decides",
    "disable": "takes somebody out, and hands over what was theirs",
    "remove": "takes something away, and hands over what was in it",
    "go": {"many_state": "one thing that is done to all, which Undo takes back"},
    "remove_stage": "takes something away, and hands over what was in it",
    "change_password": "the password now is its version",
}
# Forms of an overwriting handler that begin empty.
BEGIN_EMPTY = {("labels/page", "a new label")}


def use_cases() -> Iterator[tuple[str, Callable]]:
    """Every use case of somebody that is named as one that overwrites: (module and name, function)."""
    for found in pkgutil.walk_packages(domains.__path__, "salestrekker_portal.domains."):
        module = importlib.import_module(found.name)
        for name, fn in inspect.getmembers(module, inspect.iscoroutinefunction):
            if fn.__module__ != module.__name__ or not OVERWRITES.match(name):
                continue
            kinds = [each.annotation for each in inspect.signature(fn).parameters.values()]
            if kinds and getattr(kinds[0], "__name__", "") == "WriteSession" and Actor in kinds:
                yield f"{found.name.removeprefix('salestrekker_portal.domains.')}.{name}", fn


def test_every_use_case_that_overwrites_merges_or_says_why_not():
    found = dict(use_cases())
    merging = {name for name, fn in found.items() if "shown" in inspect.signature(fn).parameters}
    assert len(merging) >= 15, "the walk has lost its way"
    assert not set(found) - merging - set(ONE_VALUE), "take `shown`, or say here why it needs none"
    assert not set(ONE_VALUE) - set(found), "these are gone"
    tried = {fn.use_case for fn in FORMS}
    assert not [name for name in merging if found[name] not in tried], "add a row to tests/domains/test_faster.py"


def forms_of_states() -> dict[str, object]:
    """Full event name -> handler function, of the acting handlers that are sent a form."""
    return {
        name: fn for name, fn in acting_handlers().items() if "form" in inspect.signature(inspect.unwrap(fn)).parameters
    }


def is_overwriting(fn: object) -> bool:
    return "shown_from(form)" in inspect.getsource(inspect.unwrap(fn))


def is_declared(full: str) -> bool:
    state, name = full.split(".")[-2:]
    why = ADDS.get(name)
    return isinstance(why, str) or (isinstance(why, dict) and state.split("___")[-1].lstrip("_") in why)


def test_every_form_hands_on_what_it_was_filled_from_or_says_why_not():
    forms = forms_of_states()
    assert len(forms) > 30, "the walk has lost its way"
    silent = [name for name, fn in forms.items() if not is_overwriting(fn) and not is_declared(name)]
    assert not silent, f"use shown_from(form), or say in ADDS why nothing is overwritten: {silent}"


def drawn_forms() -> Iterator[tuple[str, object, bool]]:
    """Every form of a page: (module, handler function, whether it says what it was filled from)."""
    for path, tree in modules().items():
        if not path.startswith("portals/"):
            continue
        name = path.removesuffix(".py").replace("/", ".")
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            sent = next((each.value for each in call.keywords if each.arg in ("on_submit", "send")), None)
            if sent is None:
                continue
            module = importlib.import_module(f"salestrekker_portal.{name}")
            try:
                handler = eval(ast.unparse(sent), vars(module))
            except NameError:  # a parameter of a helper: its caller is looked at
                continue
            if isinstance(handler, EventHandler):
                yield path.removesuffix(".py"), handler.fn, "filled_from(" in ast.unparse(call)


def test_every_page_puts_it_into_the_form():
    drawn = list(drawn_forms())
    overwriting = {fn for fn in forms_of_states().values() if is_overwriting(fn)}
    assert not overwriting - {fn for _, fn, _ in drawn}, "a form that the walk doesn't find"
    silent = [path for path, fn, says in drawn if fn in overwriting and not says]
    assert sorted(silent) == sorted(f"portals/settings/{where}" for where, _ in BEGIN_EMPTY)
    assert not [path for path, fn, says in drawn if says and fn not in overwriting], "says it to nobody"
