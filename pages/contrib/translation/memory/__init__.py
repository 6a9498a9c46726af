"""The translation memory: what was translated once is found again, exactly or by its likeness."""

from .keeping import NewEntry, remember
from .matching import FLAGS, Match, fill, matches, used

__all__ = ["FLAGS", "Match", "NewEntry", "fill", "matches", "remember", "used"]
