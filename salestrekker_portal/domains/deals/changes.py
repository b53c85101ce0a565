"""What changed on a brokerage's board lately, so that an open board can ask for those deals only.

A short ring per brokerage, in this process, of numbers and deal ids: it says where to look, never what is there.
A board that has fallen further behind than the ring reaches, or that was loaded under another process, loads
afresh. Other processes hear of each change by a topic beside the board's own, which nobody watches.
"""

from collections import defaultdict, deque
from dataclasses import dataclass
from uuid import UUID

from salestrekker_portal.database.session import WriteSession, after_commit
from salestrekker_portal.domains.activity.service import board_topic, touch

REMEMBERED = 200
PLACED, REDRAWN = "placed", "redrawn"


@dataclass(frozen=True)
class Changed:
    """Deals since a number: those whose place changed, and those whose card did."""

    upto: int
    placed: frozenset[UUID]
    redrawn: frozenset[UUID]

    @property
    def ids(self) -> frozenset[UUID]:
        return self.placed | self.redrawn


_numbers: dict[UUID, int] = defaultdict(int)
_rings: dict[UUID, deque[tuple[int, UUID, bool]]] = defaultdict(lambda: deque(maxlen=REMEMBERED))


def board_changed(session: WriteSession, organisation_id: UUID, deal_id: UUID, *, placed: bool = False) -> None:
    """After the commit, tell the brokerage's open boards. `placed`: the deal is new, moved, gone or back."""

    async def note() -> None:
        _note(organisation_id, deal_id, placed)

    after_commit(session, note)
    board = board_topic(organisation_id)
    touch(session, board, f"{board}:{PLACED if placed else REDRAWN}:{deal_id}")


def board_remade(session: WriteSession, organisation_id: UUID) -> None:
    """After the commit, have the brokerage's open boards load afresh.

    For when more deals changed than the ring remembers, or what stands around them did: their stages, say.
    """

    async def note() -> None:
        _forget(organisation_id)

    after_commit(session, note)
    touch(session, board_topic(organisation_id), f"{board_topic(organisation_id)}:anew")


def changed_elsewhere(topics: frozenset[str]) -> None:
    """Another process changed these boards: remember which deals, as of our own changes.

    One that names no deal, as a server of an earlier version does while it is upgraded, has its board read afresh.
    """
    for organisation_id in list(_numbers):
        board = board_topic(organisation_id)
        if board not in topics:
            continue
        named = [topic.removeprefix(f"{board}:").split(":") for topic in topics if topic.startswith(f"{board}:")]
        deals = [(UUID(each[1]), each[0] == PLACED) for each in named if len(each) == 2 and _is_deal(each[1])]
        if len(deals) < len(named) or not deals:
            _forget(organisation_id)
            continue
        for deal_id, placed in deals:
            _note(organisation_id, deal_id, placed)


def _is_deal(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def anything_may_have_changed() -> None:
    """Nothing was heard from the other processes for a while."""
    for organisation_id in list(_numbers):
        _forget(organisation_id)


def _note(organisation_id: UUID, deal_id: UUID, placed: bool) -> None:
    _numbers[organisation_id] += 1
    _rings[organisation_id].append((_numbers[organisation_id], deal_id, placed))


def _forget(organisation_id: UUID) -> None:
    _numbers[organisation_id] += 1
    _rings[organisation_id].clear()


def number_now(organisation_id: UUID) -> int:
    """The number of the newest change. Ask before reading the deals, so that none falls between."""
    return _numbers[organisation_id]


def changed_since(organisation_id: UUID, number: int) -> Changed | None:
    """The deals that changed after `number`, or None when the ring no longer reaches back that far."""
    ring, newest = _rings[organisation_id], _numbers[organisation_id]
    if number > newest or (ring and number < ring[0][0] - 1) or (not ring and number < newest):
        return None
    fresh = [entry for entry in ring if entry[0] > number]
    placed = frozenset(deal_id for _, deal_id, moved in fresh if moved)
    redrawn = frozenset(deal_id for _, deal_id, moved in fresh if not moved)
    return Changed(newest, placed, redrawn - placed)
