"""The translation memory: what was translated once is found again, exactly or by its likeness."""

from .keeping import NewEntry, remember
from .matching import FLAGS, Match, exact, fill, matches, used

__all__ = ["FLAGS", "Match", "NewEntry", "exact", "fill", "matches", "remember", "used"]
