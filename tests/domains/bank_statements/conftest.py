"""The world of bank statements."""

import pytest

from salestrekker_portal.kernel import clock
from tests.domains.bank_statements.world import make_world


@pytest.fixture
async def world(database, cast, tmp_path):
    yield await make_world(cast, tmp_path / "files")
    clock.freeze(None)
