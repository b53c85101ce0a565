"""The board of a workflow: one component, its script and its style."""

from .kanban import board as board

__all__ = ["board"]
