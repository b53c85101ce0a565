"""Akahu through the shipped adapter, against an Akahu that speaks its API."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from salestrekker_portal.adapters.bank_akahu import Akahu
from salestrekker_portal.domains.bank_statements.ports import (
    AccountKind,
    BankCallbackRefused,
    EventKind,
    ProviderBusy,
    ProviderRefused,
    Step,
)
from salestrekker_portal.tables.bank_statements import Problem
from tests.adapters.bank_cases import RETURN, asked
from tests.adapters.twins.akahu import AkahuTwin
from tests.adapters.twins.server import SLOW_SECONDS, Fault


@pytest.fixture
def twin() -> Iterator[AkahuTwin]:
    running = AkahuTwin()
    yield running
    running.stop()


def akahu_of(twin: AkahuTwin, **facts) -> Akahu:
    return Akahu(
        **{
            "app_token": twin.app_token,
            "app_secret": twin.app_secret,
            "api_base": twin.url,
            "oauth_base": "https://oauth.akahu.nz",
            "timeout": SLOW_SECONDS * 0.7,
            **facts,
        }
    )


async def agreed(twin: AkahuTwin, akahu: Akahu):
    """A client who came back with a code."""
    first = asked()
    refs = await akahu.come_back(first, {"code": twin.agree(RETURN), "state": "a-secret-state"})
    return replace(first, refs=refs)


async def test_the_consent_page_is_akahus_and_carries_our_state(twin):
    started = await akahu_of(twin).start(asked())
    parts = urlsplit(started.url)
    words = {name: value[0] for name, value in parse_qs(parts.query).items()}
    assert parts.netloc == "oauth.akahu.nz"
    assert words["client_id"] == twin.app_token and words["redirect_uri"] == RETURN
    assert (words["response_type"], words["scope"]) == ("code", "ENDURING_CONSENT")
    assert words["state"] == "a-secret-state" and twin.app_secret not in started.url


async def test_a_code_is_exchanged_once_and_callbacks_are_asked_for_by_our_reference(twin):
    akahu, first = akahu_of(twin), asked()
    code = twin.agree(RETURN)
    refs = await akahu.come_back(first, {"code": code})
    assert refs["token"] in twin.people
    assert {each["webhook_type"] for each in twin.subscriptions} == {"TOKEN", "ACCOUNT", "TRANSACTION"}
    assert {each["state"] for each in twin.subscriptions} == {first.reference}
    with pytest.raises(ProviderRefused):
        await akahu.come_back(first, {"code": code})


@pytest.mark.parametrize("query", [{}, {"code": ""}, {"code": "made-up"}, {"code": "x" * 900}])
async def test_made_up_words_in_the_address_lead_nowhere(twin, query):
    with pytest.raises(ProviderRefused):
        await akahu_of(twin).come_back(asked(), query)
    assert twin.people == {}


async def test_a_client_who_said_no_is_understood(twin):
    with pytest.raises(ProviderRefused) as refusal:
        await akahu_of(twin).come_back(asked(), {"error": "access_denied"})
    assert refusal.value.problem is Problem.CONSENT_WITHDRAWN


async def test_accounts_and_every_page_of_transactions_are_fetched(twin):
    akahu = akahu_of(twin)
    request = await agreed(twin, akahu)
    twin.page_size = 9
    assert (await akahu.poll(request)).step is Step.COMPLETE
    bundle = await akahu.fetch(request)
    assert len(bundle.transactions) == 40 and bundle.statements == []
    assert [each.kind for each in bundle.accounts] == [AccountKind.EVERYDAY, AccountKind.SAVINGS]
    assert bundle.accounts[0].balance_cents == 5320_10
    assert {each.amount_cents for each in bundle.transactions} == {1850_25, -62_35}


async def test_data_that_is_not_there_yet_is_refreshed_once(twin):
    akahu = akahu_of(twin)
    request = await agreed(twin, akahu)
    twin.people[request.refs["token"]] = twin.person(refreshed=False)
    progress = await akahu.poll(request)
    assert progress.step is Step.WORKING and twin.refreshes == 1
    await akahu.poll(replace(request, refs={**request.refs, **progress.refs}))
    assert twin.refreshes == 1


async def test_no_accounts_lost_accounts_and_a_token_that_was_revoked(twin):
    akahu = akahu_of(twin)
    request = await agreed(twin, akahu)
    person = twin.people[request.refs["token"]]
    person["accounts"][1]["status"] = "INACTIVE"
    assert (await akahu.poll(request)).step is Step.PARTIAL
    person["accounts"] = []
    assert (await akahu.poll(request)).problem is Problem.NO_ACCOUNTS
    await akahu.revoke(request)
    assert twin.people == {}
    assert (await akahu.poll(request)).step is Step.REVOKED
    await akahu.revoke(request)


@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.BROKEN, Fault.TAKEN_SLOW, Fault.TAKEN_RESET, Fault.HALF])
async def test_whatever_goes_wrong_on_the_way_is_tried_again_later(twin, fault):
    akahu = akahu_of(twin)
    request = await agreed(twin, akahu)
    twin.fail_next(fault)
    with pytest.raises(ProviderBusy):
        await akahu.poll(request)
    assert (await akahu.poll(request)).step is Step.COMPLETE


async def test_a_signed_callback_is_read_and_its_key_is_asked_for_once(twin):
    akahu = akahu_of(twin)
    for _ in range(3):
        told = await akahu.read_callback(*twin.callback("ourreference"))
        assert [(each.kind, each.reference) for each in told.events] == [(EventKind.CHANGED, "ourreference")]
    assert twin.key_requests == 1
    gone = await akahu.read_callback(*twin.callback("ourreference", "TOKEN", "DELETE"))
    assert gone.events[0].kind is EventKind.REVOKED


async def test_after_a_rotation_the_old_key_is_no_longer_believed(twin):
    akahu = akahu_of(twin)
    stolen = twin.callback("ourreference", key="1")
    await akahu.read_callback(*stolen)
    twin.rotate()
    await akahu.read_callback(*twin.callback("ourreference"))
    with pytest.raises(BankCallbackRefused):
        await akahu.read_callback(*stolen)


async def test_callbacks_that_are_not_signed_and_whole_are_refused(twin):
    akahu = akahu_of(twin)
    headers, body = twin.callback("ourreference")
    bad = [({**headers, name: ""}, body) for name in ("x-akahu-signature", "x-akahu-signing-key")]
    bad += [({**headers, "x-akahu-signature": wrong}, body) for wrong in ("AAAA", "%%%", "é", "A" * 9000)]
    bad += [({**headers, "x-akahu-signing-key": key}, body) for key in ("0", "99", "one", "../1", "²", "1" * 50)]
    bad += [(headers, body + b" "), (headers, b""), (headers, b"\xff")]
    for each in bad:
        with pytest.raises(BankCallbackRefused):
            await akahu.read_callback(*each)
    # Asking for keys that nobody has must not make the right one old.
    assert (await akahu.read_callback(headers, body)).events


async def test_an_akahu_that_can_not_be_asked_for_its_key_is_not_believed(twin):
    akahu = akahu_of(twin)
    twin.fail_next(Fault.BROKEN)
    with pytest.raises(BankCallbackRefused):
        await akahu.read_callback(*twin.callback("ourreference"))
