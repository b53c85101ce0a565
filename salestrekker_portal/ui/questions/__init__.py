"""The questions of the fact find: one renderer a kind, and controls that never lose what is typed."""

from .controls import GoToField, SavedWord
from .field import RENDERERS
from .one import question
from .said import Around, fresh_mark

__all__ = ["RENDERERS", "Around", "GoToField", "SavedWord", "fresh_mark", "question"]
