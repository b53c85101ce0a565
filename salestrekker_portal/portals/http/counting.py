"""How often somebody comes in a minute, counted in memory."""

import time
from collections import OrderedDict

_REMEMBERED = 5_000


class Counts:
    """How often somebody came in the running minute, in this process: enough to keep one program from all others."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._seen: OrderedDict[tuple[str, int], int] = OrderedDict()

    def wait(self, who: str) -> int:
        """Count one more; seconds to wait when it is too many, else 0."""
        now = int(time.time())
        key = (who, now // 60)
        self._seen[key] = count = self._seen.pop(key, 0) + 1
        while len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return 60 - now % 60 if count > self.most else 0
