"""The rows of a table in three states: what became of each since the file was made.

A row has no key of its own, so it is known again by its words; one that was written anew, by its place between others.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

Words = tuple[str, ...]
Rows = Sequence[Words]

#: Rows written anew are compared each with each only where that is quick.
_MOST_PAIRS = 40_000


class RowState(StrEnum):
    """What became of a row in the file."""

    CHANGED = "changed"
    NEW = "new"
    DELETED = "deleted"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row: what it said, what it says in the file, what the page says now; None where it is not there."""

    state: RowState
    before: Words | None
    after: Words | None
    now: Words | None
    #: Its place in the page's table as it is now, where 0 are the headings of the columns.
    place: int | None
    #: Behind which place of the page's table it stands in the file.
    follows: int = 0
    #: Its place in the file.
    order: int = 0
    #: Rows below it that changed in the same way, because one cell stands in all of them.
    others: tuple[RowChange, ...] = ()

    @property
    def all(self) -> tuple[RowChange, ...]:
        return (self, *self.others)

    @property
    def is_conflict(self) -> bool:
        return self.state is not RowState.MOVED and any(row.before != row.now for row in self.all)

    @property
    def key(self) -> str:
        return f"row{self.place}" if self.place is not None else f"row{self.follows}.{self.order}"


def can_be_told_apart(*tables: Rows | None) -> bool:
    """Whether all the states have the same columns, so that a row of one can stand in the other."""
    if not all(tables):
        return False
    headings = [table[0] for table in tables if table]
    places = {(heading, row.index(heading)) for row in headings for heading in row}
    return len({len(row) for row in headings}) == 1 and len(places) == len({heading for heading, _place in places})


def row_changes(before: Rows, after: Rows, now: Rows) -> list[RowChange]:
    """Return what a file changes in the rows of a table; the first row of each state are the headings."""
    return list(_Comparing(before, after, now).changes())


def of_joined_cells(changes: Iterable[RowChange]) -> list[RowChange]:
    """Return the changes with one for all the rows that a joined cell stands in, if only that cell was written anew."""
    found: list[RowChange] = []
    for change in changes:
        last = found[-1] if found else None
        if (
            last
            and last.order + len(last.all) == change.order
            and _rewrites(last)
            and _rewrites(last) == _rewrites(change)
        ):
            found[-1] = replace(last, others=(*last.others, change))
        else:
            found.append(change)
    return found


def _rewrites(change: RowChange) -> list[tuple[int, str, str]]:
    """Return the cells that say something else, each with what it said; nothing for a row that is not there by now."""
    if change.state is not RowState.CHANGED or change.place is None:
        return []
    both = zip(change.before or (), change.after or (), strict=True)
    return [(column, old, new) for column, (old, new) in enumerate(both) if old != new]


def with_words_of_rows_that_went(before: Rows, after: Rows) -> list[Words]:
    """Return the rows of a file in which what is left of a joined cell says what the cell said.

    Its words stand in its first row only, and programs delete them with that row.
    """
    origins = partners(before, after)
    places = {origin: place for place, origin in enumerate(origins) if origin is not None}
    found = [list(row) for row in after]
    for gone in range(1, len(before)):
        for column, words in enumerate(before[gone] if gone not in places else ()):
            left = _left_of(before, column, gone)
            rows = [found[places[origin]] for origin in left if origin in places]
            if words and rows and before[gone - 1][column] != words and not any(row[column] for row in rows):
                for row in rows:
                    row[column] = words
    return [tuple(row) for row in found]


def _left_of(before: Rows, column: int, first: int) -> list[int]:
    """Return the rows directly below one that said the same in a column."""
    same = (place for place in range(first + 1, len(before)) if before[place][column] != before[first][column])
    return list(range(first + 1, next(same, len(before))))


def heading_rows(rows: Sequence[int | None], headings: int) -> int:
    """Return how many of the first rows are headings now; ``rows`` tells of each which of the old rows it is.

    Old rows are counted from 1, and the first ``headings`` of them were headings. What was put between them is one, too.
    """
    stay = longest_rise([row for row in rows if row is not None])
    places = [place for place, row in enumerate(rows, start=1) if row in stay and row <= headings]
    return max(places, default=0)


class _Comparing:
    def __init__(self, before: Rows, after: Rows, now: Rows):
        self.before, self.now = before, now
        self.after = _with_headings_first(before[0], after)
        #: For each row of the file the place of what it was, and for each of those the place on the page now.
        self.origins = partners(before, self.after)
        added = {words for words, origin in zip(self.after, self.origins, strict=True) if origin is None}
        self.places = {
            old: place
            for place, old in enumerate(partners(before, now))
            # What the file adds and the page has already was not made of an old row there either.
            if old is not None and (now[place] == before[old] or now[place] not in added)
        }

    def changes(self) -> Iterator[RowChange]:
        yield from self._rewritten()
        yield from self._deleted()
        yield from self._moved()
        yield from self._new()

    def _rewritten(self) -> Iterator[RowChange]:
        for order, origin in enumerate(self.origins):
            if origin is None or self.after[order] == self.before[origin]:
                continue
            place = self.places.get(origin)
            now = self.now[place] if place is not None else None
            if now != self.after[order]:
                yield RowChange(
                    RowState.CHANGED, self.before[origin], self.after[order], now, place, self._before(order), order
                )

    def _deleted(self) -> Iterator[RowChange]:
        kept = set(self.origins)
        for origin, words in enumerate(self.before):
            if origin not in kept and (place := self.places.get(origin)) is not None:
                yield RowChange(RowState.DELETED, words, None, self.now[place], place)

    def _moved(self) -> Iterator[RowChange]:
        known = [origin for origin in self.origins if origin is not None]
        stay = longest_rise(known)
        for order, origin in enumerate(self.origins):
            place = self.places.get(origin) if origin is not None else None
            if origin is None or place is None or origin in stay:
                continue
            follows = self._before(order)
            if follows != place - 1:
                words = self.after[order]
                yield RowChange(RowState.MOVED, self.before[origin], words, self.now[place], place, follows, order)

    def _new(self) -> Iterator[RowChange]:
        places = set(self.places.values())
        # Somebody may have added the same row on the site.
        added = Counter(words for place, words in enumerate(self.now) if place not in places)
        for order, origin in enumerate(self.origins):
            if origin is not None or not any(self.after[order]):
                continue
            words = self.after[order]
            if added[words]:
                added[words] -= 1
            else:
                yield RowChange(RowState.NEW, None, words, None, None, self._before(order), order)

    def _before(self, order: int) -> int:
        """Return the place on the page of the last row before one of the file; the headings are always there."""
        known = (self.places.get(origin) for origin in reversed(self.origins[:order]) if origin is not None)
        return next((place for place in known if place is not None), 0)


def _with_headings_first(headings: Words, rows: Rows) -> list[Words]:
    """Return the rows of the file with those that somebody put above the headings behind them."""
    at = rows.index(headings) if headings in rows else 0
    return [rows[at], *rows[:at], *rows[at + 1 :]]


def partners(before: Rows, after: Rows) -> list[int | None]:
    """Return for each row of ``after`` the place of the row of ``before`` that it is, or has become.

    The first row of one is always the first of the other.
    """
    found: list[int | None] = [None] * len(after)
    gaps = []
    for kind, i, j, k, m in SequenceMatcher(a=list(before[1:]), b=list(after[1:]), autojunk=False).get_opcodes():
        if kind == "equal":
            found[k + 1 : m + 1] = range(i + 1, j + 1)
        else:
            gaps.append((range(i + 1, j + 1), range(k + 1, m + 1)))
    found[:1] = [0]
    _pair_moved(before, after, found)
    taken = set(found)
    for old, new in gaps:
        free = [place for place in old if place not in taken]
        _pair_rewritten(before, after, free, [place for place in new if found[place] is None], found)
    return found


def _pair_moved(before: Rows, after: Rows, found: list[int | None]) -> None:
    known = set(found)
    free: dict[Words, list[int]] = {}
    for place, words in enumerate(before):
        if place not in known:
            free.setdefault(words, []).append(place)
    for place, words in enumerate(after):
        if found[place] is None and free.get(words):
            found[place] = free[words].pop(0)


def _pair_rewritten(before: Rows, after: Rows, old: list[int], new: list[int], found: list[int | None]) -> None:
    """Pair rows that stand between the same two neighbours: in their order, those with most words in common."""
    if len(old) == len(new) or len(old) * len(new) > _MOST_PAIRS:
        for origin, place in zip(old, new, strict=False):
            found[place] = origin
        return
    was, is_ = [_bag(before[place]) for place in old], [_bag(after[place]) for place in new]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for k in reversed(range(len(new))):
            best[i][k] = max(best[i + 1][k], best[i][k + 1], best[i + 1][k + 1] + _likeness(was[i], is_[k]))
    i = k = 0
    while i < len(old) and k < len(new):
        likeness = _likeness(was[i], is_[k])
        if likeness and best[i][k] == best[i + 1][k + 1] + likeness:
            found[new[k]] = old[i]
            i, k = i + 1, k + 1
        elif best[i][k] == best[i + 1][k]:
            i += 1
        else:
            k += 1


def _bag(row: Words) -> Counter[str]:
    return Counter(word for number, cell in enumerate(row) for word in (*cell.split(), f"{number}\n{cell}") if cell)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / (one.total() + other.total() or 1)


def longest_rise(places: list[int]) -> set[int]:
    """Return the places that can stay when as few as possible are moved."""
    tails: list[int] = []
    ends: list[int] = []
    came_from: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(tails, place)
        came_from[place] = ends[at - 1] if at else None
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [place]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = came_from[last]
    return found
