"""Those of a crowd who look: a broker's and a partner's board, which looks again when it is woken."""

from salestrekker_portal.portals.broker.around.bell_state import BellState
from salestrekker_portal.portals.broker.board.state import BoardState
from salestrekker_portal.portals.partner.board.state import PartnerBoardState
from tests.support.crowd import Ledger, Worker

BOARD_FOLLOWS = {
    '"revision_rx_state_"': [f"{BoardState.get_full_name()}.refresh"],
    '"news_rx_state_"': [f"{BellState.get_full_name()}.load"],
}


class WatchingBroker(Worker):
    """Has the board open, which looks again when it is woken; now and then they come back to it from elsewhere."""

    PAUSE = 3.0

    def __init__(self, url: str, cookie: str, ledger: Ledger) -> None:
        super().__init__(url, cookie, "/board", ledger)
        self.tab.follows = BOARD_FOLLOWS

    async def act(self) -> None:
        async def say(again: bool) -> None:
            self.tab.forget()
            await self.tab.say(f"{BoardState.get_full_name()}.load")

        await self.until_kept("board", say, BoardState.get_full_name())


class WatchingPartner(Worker):
    """Has their own board open, and looks again now and then."""

    PAUSE = 3.0

    def __init__(self, url: str, cookie: str, ledger: Ledger) -> None:
        super().__init__(url, cookie, "/partner", ledger)
        self.tab.follows = {'"revision_rx_state_"': [f"{PartnerBoardState.get_full_name()}.refresh"]}

    async def act(self) -> None:
        async def say(again: bool) -> None:
            self.tab.forget()
            await self.tab.say(f"{PartnerBoardState.get_full_name()}.load")

        await self.until_kept("partner's board", say, PartnerBoardState.get_full_name())
