"""The questions of the fact find: one renderer a kind, and controls that never lose what is typed."""

from .controls import GoToField, SavedWord
from .field import RENDERERS
from .one import question
from .said import Around, described_as_fresh, fresh_mark

__all__ = ["RENDERERS", "Around", "GoToField", "SavedWord", "described_as_fresh", "fresh_mark", "question"]
