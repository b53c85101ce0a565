"""Schemathesis makes up requests from the description, right and wrong ones: no answer may be our fault, and each
must be as described."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from salestrekker_portal.portals.api.app import PREFIX, make_api

pytestmark = pytest.mark.usefixtures("sqlite")

EXAMPLES = 40
SCHEMA = schemathesis.openapi.from_dict(make_api().openapi())
OPERATIONS = {each.ok().label: each.ok() for each in SCHEMA.get_all_operations()}
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def made_up(operation, mode: GenerationMode) -> list:
    """The same requests in every run."""
    cases = []

    @hypothesis_settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def collect(case) -> None:
        cases.append(case)

    collect()
    return cases


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
@pytest.mark.parametrize("label", OPERATIONS)
async def test_no_request_is_our_fault(web, cast, key, label, mode):
    headers = await key()
    cases = made_up(OPERATIONS[label], mode)
    assert len(cases) >= EXAMPLES / 2
    for case in cases:
        asked = case.as_transport_kwargs(base_url=f"http://localhost:8000{PREFIX}")
        asked = {name: value for name, value in asked.items() if name in ("method", "url", "params", "json", "data")}
        if not isinstance(asked.get("data"), dict):
            asked["content"] = asked.pop("data", None)
        own = {**(case.headers or {}), **headers}
        answer = await web.request(**asked, headers={k: str(v).encode("latin-1", "ignore") for k, v in own.items()})
        case.validate_response(answer, checks=CHECKS)
