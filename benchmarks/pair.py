"""Two brokers at one board: one moves a card, the other sees it come."""

import time

import psycopg

from salestrekker_portal.portals.broker.board.state import BoardState
from tests.support.crowd import BROKEN, Ledger
from tests.support.crowd_made import Client
from tests.support.crowd_watching import BOARD_FOLLOWS
from tests.support.tab import Tab

STAGES = """
    SELECT other.id::text FROM stages own JOIN deals ON deals.stage_id = own.id
    JOIN stages other ON other.workflow_id = own.workflow_id AND other.fact_find = own.fact_find
    WHERE deals.id = %s ORDER BY other.position LIMIT 2
"""


class PairAtABoard:
    """Moves one deal to and fro; the second person's tab is on the other server when the proxy puts it there."""

    def __init__(self, url: str, cookies: tuple[str, str], client: Client, database: str, ledger: Ledger) -> None:
        self.first, self.second = (Tab(url, each, "/board") for each in cookies)
        self.first.follows = self.second.follows = BOARD_FOLLOWS
        self.deal, self.ledger, self.number = client.deal, ledger, 0
        with psycopg.connect(database.replace("+psycopg", "")) as connection:
            self.stages = [row[0] for row in connection.execute(STAGES, (client.deal,))]

    async def come(self) -> None:
        await self.first.arrive()
        await self.second.arrive()

    async def act(self) -> None:
        """One move, until the second person's tab is told of that deal; one that it is not told of is refused."""
        self.number += 1
        stage = self.stages[self.number % len(self.stages)]
        self.second.forget()
        began = time.monotonic()
        try:
            await self.first.say(f"{BoardState.get_full_name()}.move", deal_id=self.deal, stage_id=stage, after_id="")
            await self.second.until(self.deal)
        except BROKEN as error:
            self.ledger.refused.append(f"a move was not seen: {error!r}")
            return
        self.ledger.note("seen by a second person", began)

    async def leave(self) -> None:
        await self.first.leave()
        await self.second.leave()
