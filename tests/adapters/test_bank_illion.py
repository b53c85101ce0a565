"""illion through the shipped adapter: a link that carries our reference, and results pulled by it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from salestrekker_portal.adapters.bank_illion import Illion
from salestrekker_portal.domains.bank_statements.ports import (
    AccountKind,
    BankCallbackRefused,
    ProviderBusy,
    ProviderRefused,
    Step,
)
from salestrekker_portal.tables.bank_statements import Problem
from tests.adapters.bank_cases import asked
from tests.adapters.twins.illion import IllionTwin
from tests.adapters.twins.server import SLOW_SECONDS, Fault

LINKS = "https://www.bankstatements.com.au"


@pytest.fixture
def twin() -> Iterator[IllionTwin]:
    running = IllionTwin()
    yield running
    running.stop()


def illion_of(twin: IllionTwin, **facts) -> Illion:
    facts = {"api_key": twin.api_key, "api_base": twin.url, "link_base": LINKS, "timeout": SLOW_SECONDS * 0.7, **facts}
    return Illion(**facts)


async def begun(illion: Illion):
    first = asked()
    started = await illion.start(first)
    return started, replace(first, refs=started.refs)


async def test_the_referral_link_is_the_code_and_our_reference_and_asks_nobody(twin):
    for code in ("ABCD", "ABCD1234"):
        first = asked(referral_code=code)
        started = await illion_of(twin).start(first)
        assert started.url == f"{LINKS}/r/b/{code}-{first.reference}"
        assert len(started.url.rsplit("/", 1)[-1]) <= 30
    assert twin.requests == 0
    with pytest.raises(ProviderRefused):
        await illion_of(twin).start(asked(referral_code=""))


async def test_no_login_of_a_bank_has_a_way_through_us():
    """The login API of illion is not spoken at all (L26)."""
    import inspect

    from salestrekker_portal.adapters import bank_illion

    text = inspect.getsource(bank_illion)
    assert '"/login"' not in text and "X-USER-TOKEN" not in text.upper()


async def test_results_are_pulled_by_our_reference(twin):
    illion = illion_of(twin)
    started, request = await begun(illion)
    assert (await illion.poll(request)).step is Step.WAITING
    twin.deliver(started.refs["code"], processing=True)
    assert (await illion.poll(request)).step is Step.WORKING
    twin.deliver(started.refs["code"])
    assert (await illion.poll(request)).step is Step.COMPLETE
    bundle = await illion.fetch(request)
    assert [each.kind for each in bundle.accounts] == [AccountKind.EVERYDAY, AccountKind.SAVINGS]
    assert len(bundle.transactions) == 40 and len(bundle.statements) == 2
    assert {each.amount_cents for each in bundle.transactions} == {2100_00, -63_40}


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("Invalid credentials", Problem.WRONG_LOGIN),
        ("Institution unavailable", Problem.BANK_DOWN),
        ("MFA timed out", Problem.CODE_TIMED_OUT),
        ("No accounts found", Problem.NO_ACCOUNTS),
        ("Something else", Problem.UNKNOWN),
    ],
)
async def test_errors_become_reasons_for_the_client(twin, words, problem):
    illion = illion_of(twin)
    started, request = await begun(illion)
    twin.errors[started.refs["code"]] = (100, words)
    with pytest.raises(ProviderRefused) as refusal:
        await illion.poll(request)
    assert refusal.value.problem is problem


@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.BROKEN, Fault.TAKEN_SLOW, Fault.TAKEN_RESET, Fault.HALF])
async def test_whatever_goes_wrong_on_the_way_is_tried_again_later(twin, fault):
    illion = illion_of(twin)
    started, request = await begun(illion)
    twin.deliver(started.refs["code"])
    twin.fail_next(fault)
    with pytest.raises(ProviderBusy):
        await illion.poll(request)
    assert (await illion.poll(request)).step is Step.COMPLETE


async def test_half_a_zip_is_not_taken_for_a_whole_one(twin):
    illion = illion_of(twin)
    started, request = await begun(illion)
    twin.deliver(started.refs["code"])
    real, calls = twin._packed, []

    def half(delivery):
        calls.append(1)
        return real(delivery)[: len(real(delivery)) // 2]

    twin._packed = half
    with pytest.raises(ProviderBusy):
        await illion.fetch(request)
    assert calls


async def test_without_a_key_the_link_works_and_nothing_is_pulled(twin):
    illion = illion_of(twin, api_key="")
    _, request = await begun(illion)
    assert (await illion.poll(request)).step is Step.WAITING and twin.requests == 0


async def test_the_unsigned_word_names_a_reference_and_brings_nothing(twin):
    illion, reference = illion_of(twin), asked().reference
    for said in (reference, f"ABCD-{reference}"):
        told = await illion.read_callback({}, b'{"reference": "%s", "status": "complete"}' % said.encode())
        assert [each.reference for each in told.events] == [reference] and told.delivery == ""
    for junk in (b"", b"{", b"[]", b'{"reference": 5}', b'{"reference": "../../x"}', b"\xff"):
        with pytest.raises(BankCallbackRefused):
            await illion.read_callback({}, junk)
