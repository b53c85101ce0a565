"""The board of a workflow: one component, its script and its style, and how it looks before the script is there."""

from .first_look import first_look as first_look
from .first_look import waiting_board as waiting_board
from .kanban import board as board

__all__ = ["board", "first_look", "waiting_board"]
