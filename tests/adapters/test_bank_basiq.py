"""Basiq through the shipped adapter, against a Basiq that speaks its API."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from salestrekker_portal.adapters.bank_basiq import Basiq
from salestrekker_portal.domains.bank_statements.ports import (
    AccountKind,
    BankCallbackRefused,
    EventKind,
    ProviderBusy,
    Step,
)
from salestrekker_portal.tables.bank_statements import Problem
from tests.adapters.bank_cases import asked
from tests.adapters.twins.basiq import BasiqTwin
from tests.adapters.twins.server import SLOW_SECONDS, Fault


@pytest.fixture
def twin() -> Iterator[BasiqTwin]:
    running = BasiqTwin()
    yield running
    running.stop()


def basiq_of(twin: BasiqTwin, **facts) -> Basiq:
    return Basiq(
        **{
            "api_key": twin.api_key,
            "webhook_secret": twin.secret,
            "api_base": twin.url,
            "consent_base": "https://consent.basiq.io",
            "timeout": SLOW_SECONDS * 0.7,
            "pause": 0.01,
            **facts,
        }
    )


async def begun(twin: BasiqTwin, basiq: Basiq):
    """A client who has been sent to the consent page."""
    first = asked()
    started = await basiq.start(first)
    return started, replace(first, refs=started.refs)


async def test_the_consent_page_is_basiqs_and_carries_a_token_for_one_person_and_our_state(twin):
    started, _ = await begun(twin, basiq_of(twin))
    parts = urlsplit(started.url)
    words = parse_qs(parts.query)
    assert (parts.netloc, parts.path) == ("consent.basiq.io", "/home")
    assert twin.tokens[words["token"][0]] == "CLIENT_ACCESS" and words["state"] == ["a-secret-state"]
    assert twin.users[started.subject]["facts"]["email"] == "kim@example.com"


async def test_one_server_token_serves_many_calls_and_is_renewed_when_it_is_refused(twin):
    basiq = basiq_of(twin)
    _, request = await begun(twin, basiq)
    for _ in range(5):
        await basiq.poll(request)
    assert twin.tokens_given == 2  # one for the server, one for the client
    twin.tokens.clear()
    assert (await basiq.poll(request)).step is Step.WAITING
    assert twin.tokens_given == 3


@pytest.mark.parametrize(
    ("done", "code", "step", "problem"),
    [
        (0, "", Step.WORKING, None),
        (2, "", Step.WORKING, None),
        (3, "", Step.COMPLETE, None),
        (0, "invalid-credentials", Step.FAILED, Problem.WRONG_LOGIN),
        (0, "account-not-accessible-requires-user-action", Step.FAILED, Problem.ACT_AT_BANK),
        (1, "service-unavailable", Step.FAILED, Problem.BANK_DOWN),
        (1, "never-heard-of-it", Step.FAILED, Problem.UNKNOWN),
    ],
)
async def test_how_far_a_job_is(twin, done, code, step, problem):
    basiq = basiq_of(twin)
    started, request = await begun(twin, basiq)
    twin.connect(started.subject)
    twin.stage(started.subject, done, code)
    progress = await basiq.poll(request)
    assert (progress.step, progress.problem) == (step, problem)


async def test_one_bank_of_two_makes_it_partial(twin):
    basiq = basiq_of(twin)
    started, request = await begun(twin, basiq)
    twin.connect(started.subject)
    twin.stage(started.subject, 3)
    twin.connect(started.subject)
    twin.stage(started.subject, 0, "service-unavailable")
    progress = await basiq.poll(request)
    assert (progress.step, progress.problem) == (Step.PARTIAL, Problem.BANK_DOWN)


async def test_an_earlier_try_says_nothing_about_the_next_one(twin):
    basiq = basiq_of(twin)
    started, request = await begun(twin, basiq)
    twin.connect(started.subject)
    twin.stage(started.subject, 0, "invalid-credentials")
    assert (await basiq.poll(request)).step is Step.FAILED
    again = await basiq.start(request)
    request = replace(request, refs=request.refs | again.refs)
    assert again.subject == started.subject and (await basiq.poll(request)).step is Step.WAITING
    twin.connect(started.subject)
    assert (await basiq.poll(request)).step is Step.WORKING
    twin.stage(started.subject, 3)
    assert (await basiq.poll(request)).step is Step.COMPLETE


async def test_every_page_of_transactions_and_a_pdf_an_account_are_fetched(twin):
    basiq = basiq_of(twin)
    started, request = await begun(twin, basiq)
    twin.page_size = 7
    twin.connect(started.subject, accounts=2, transactions=30)
    twin.stage(started.subject, 3)
    bundle = await basiq.fetch(request)
    assert len(bundle.transactions) == 30
    assert [each.kind for each in bundle.accounts] == [AccountKind.EVERYDAY, AccountKind.SAVINGS]
    assert bundle.accounts[0].balance_cents == 1250_55
    assert {each.amount_cents for each in bundle.transactions} == {2500_00, -45_10}
    assert [each.account_ref for each in bundle.statements] == ["acc-0", "acc-1"]
    assert all(each.content.startswith(b"%PDF") for each in bundle.statements)


async def test_deleting_the_user_ends_access_and_polling_then_says_revoked(twin):
    basiq = basiq_of(twin)
    started, request = await begun(twin, basiq)
    await basiq.revoke(request)
    assert started.subject not in twin.users
    await basiq.revoke(request)
    assert (await basiq.poll(request)).step is Step.REVOKED


@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.BROKEN, Fault.TAKEN_SLOW, Fault.TAKEN_RESET, Fault.LOST_RESET,
                                   Fault.TAKEN_GATEWAY, Fault.HALF])  # fmt: skip
async def test_whatever_goes_wrong_on_the_way_is_tried_again_later(twin, fault):
    basiq = basiq_of(twin)
    _, request = await begun(twin, basiq)
    twin.fail_next(fault)
    with pytest.raises(ProviderBusy):
        await basiq.poll(request)
    assert (await basiq.poll(request)).step is Step.WAITING


async def test_a_key_that_basiq_refuses_is_an_operators_matter_and_not_the_clients(twin):
    with pytest.raises(ProviderBusy):
        await basiq_of(twin, api_key="wrong").start(asked())
    assert twin.users == {}


async def test_a_next_page_elsewhere_is_not_followed_with_our_token(twin):
    basiq = basiq_of(twin)
    started, request = await begun(twin, basiq)
    twin.connect(started.subject, transactions=30)
    twin.page_size = 7
    twin.url, real = "http://127.0.0.1:9", twin.url
    with pytest.raises(ProviderBusy):
        await basiq.fetch(request)
    twin.url = real


async def test_a_signed_callback_names_the_person_and_nothing_else_is_believed(twin):
    basiq = basiq_of(twin)
    headers, body = twin.callback("user-1")
    told = await basiq.read_callback(headers, body)
    assert [(each.kind, each.subject) for each in told.events] == [(EventKind.CHANGED, "user-1")]
    headers, body = twin.callback("user-1", "consent.revoked")
    assert (await basiq.read_callback(headers, body)).events[0].kind is EventKind.REVOKED


async def test_callbacks_that_are_not_signed_fresh_and_whole_are_refused(twin):
    basiq = basiq_of(twin)
    headers, body = twin.callback("user-1")
    bad = [({**headers, name: ""}, body) for name in ("webhook-id", "webhook-timestamp", "webhook-signature")]
    bad += [({**headers, "webhook-signature": wrong}, body) for wrong in ("v1,AAAA", "AAAA", "v2," + "A" * 40, "v1,é")]
    bad += [({**headers, "webhook-timestamp": stamp}, body) for stamp in ("now", "1", "9" * 40)]
    bad += [(headers, body + b" "), (headers, b""), (headers, b"\xff")]
    bad += [twin.callback("user-1", at=datetime.now(UTC) + timedelta(minutes=minutes)) for minutes in (-6, 6)]
    for each in bad:
        with pytest.raises(BankCallbackRefused):
            await basiq.read_callback(*each)
    with pytest.raises(BankCallbackRefused):
        await basiq_of(twin, webhook_secret="").read_callback(headers, body)
    _, other = twin.callback("user-2")
    with pytest.raises(BankCallbackRefused):
        await basiq.read_callback(headers, other)
