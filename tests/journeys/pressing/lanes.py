"""Who walks where, each on a server of their own and to the end in less than five minutes."""

import os
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from salestrekker_portal.salestrekker_portal import OUR_ROUTES
from tests.architecture.test_once import acting_handlers
from tests.journeys.pressing.rewind import Rewind
from tests.journeys.pressing.stage import Stage
from tests.journeys.pressing.walker import Walk
from tests.journeys.steps import enter_as
from tests.journeys.test_screens import _deal, screens_of
from tests.support.browsers import CONTEXT
from tests.support.server import PortalServer

ALICE = "alice-likes-long-passwords"


@dataclass(frozen=True)
class Lane:
    """One person on a server of their own: which part's screens, those that match, and what is so beforehand."""

    name: str
    part: str
    who: str = ""
    password: str = ""
    matches: str = ""
    but: str = "^$"
    before: str = ""
    # Addresses that the part's screens leave out.
    more: tuple[str, ...] = ()
    # Deals in other states than the first: their screens too.
    all_deals: bool = False
    # Which of the buttons that stand on every "page" or on every page of a "deal" it presses.
    frames: tuple[str, ...] = ()
    # Walked in every run, not only with TEST_WALK_ALL=1.
    ordinary: bool = False

    def paths(self, deal: str, deals: list[str]) -> list[str]:
        """The addresses of its screens."""
        found = [*screens_of(self.part, deal), *self.more]
        if self.all_deals:
            found += [path.replace(deal, f"/deals/{each}") for each in deals for path in found if path.startswith(deal)]
        return [path for path in found if re.search(self.matches, path) and not re.search(self.but, path)]


LANES = (
    Lane("partner", "partner", "Dev", "dev-likes-long-passwords", frames=("page",), ordinary=True),
    Lane("consent", "client", "Tāne", before="UPDATE portal_accesses SET consented_at = NULL",
         more=("/portal/consent",), matches="consent", ordinary=True),
    Lane("settings 1", "settings", "Alice", ALICE, matches="/settings/[a-f]"),
    Lane("settings 2", "settings", "Alice", ALICE, matches="/settings/[g-z]|second"),
    Lane("board", "deals", "Alice", ALICE, but="/deals/", frames=("page",)),
    Lane("client", "client", "Siobhán", frames=("page",)),
    Lane("deal", "deals", "Alice", ALICE, matches="/deals/[0-9a-f-]+$", frames=("deal",)),
    Lane("documents", "deals", "Alice", ALICE, matches="documents|notes|bank|loans|tasks", but="^/tasks"),
    Lane("profile", "deals", "Alice", ALICE, matches="profile|share|activity"),
    Lane("others", "deals", "Alice", ALICE, all_deals=True, matches="/deals/", frames=("deal",)),
)  # fmt: skip


class StillServer(PortalServer):
    """The product with nothing happening by itself."""

    module = "tests.journeys.pressing.still"


def once_names() -> set[str]:
    """Every handler that is `@once`, and "POST /path" of every route that is."""
    names = {name for name, handler in acting_handlers().items() if hasattr(handler, "__once__")}
    return names | {f"POST {route.path}" for route in OUR_ROUTES if hasattr(route.endpoint, "__once__")}


def walk(lane: Lane, server: PortalServer, chromium, folder: Path) -> Walk:
    """All of a lane's screens. Afterwards the server is as it was before."""
    whole = Rewind(server.data / "portal.db", folder, "whole")
    whole.keep_start()
    try:
        return _walk(lane, server, chromium, Rewind(whole.live, folder))
    finally:
        whole.to_start()


def _walk(lane: Lane, server: PortalServer, chromium, rewind: Rewind) -> Walk:
    context = chromium.new_context(base_url=server.url, **CONTEXT)
    page = context.new_page()
    if lane.who:
        enter_as(page, lane.who)
    deal = _deal(page) if lane.part in ("deals", "partner") else ""
    cookies = context.cookies()
    context.close()
    with closing(sqlite3.connect(rewind.live, timeout=20)) as database:
        database.executescript(lane.before)
        deals = _of_each_kind(database, deal)
    rewind.keep_start()
    acting = set(acting_handlers())
    stage = Stage(chromium, server.url, cookies, rewind, (acting, lane.password))
    walked = Walk(stage, rewind, once_names(), acting, lane.frames)
    only = os.environ.get("TEST_WALK_ONLY", "")
    for path in lane.paths(deal, deals):
        if re.search(only, path):
            walked.screen(path)
    stage.close()
    return walked


def _of_each_kind(database: sqlite3.Connection, deal: str) -> list[str]:
    """Ids of one deal of this firm for each state that differs, without the deal itself."""
    first = deal.rpartition("/")[2]
    differs = (
        "portal_state, locked_at IS NULL, settled_on IS NULL, archived_at IS NULL, partner_id IS NULL,"
        " id IN (SELECT deal_id FROM statement_requests)"
    )
    firm = "SELECT organisation_id FROM deals WHERE id = ?"
    rows = database.execute(
        f"SELECT max(id) FROM deals WHERE organisation_id = ({firm}) GROUP BY {differs}",
        (first.replace("-", ""),),
    )
    found = [str(UUID(row[0])) for row in rows]
    return [each for each in found if each != first]
