"""How a page is connected to us, and what it says when it isn't."""

from .bar import DEEDS, PRESSED, WAYS, bars, connection_bar
from .opening import opening

__all__ = ["DEEDS", "PRESSED", "WAYS", "bars", "connection_bar", "opening"]
