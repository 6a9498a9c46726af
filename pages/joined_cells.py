"""Which cells of a table are shown as one: neighbours that say the same, as rectangles.

The words stay in each cell, so that a row is whole for a phone, for a translator and for another program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

Rows = Sequence[Sequence[str]]

#: Beside the headings of the columns, which are always there.
MOST_FURTHER_HEADING_ROWS = 3


class Joined(StrEnum):
    """Where equal neighbours are one cell; all but the first join headings in both directions."""

    NO = "no"
    HEADINGS = "headings"
    FIRST_COLUMN = "first_column"
    DOWN = "down"
    ACROSS = "across"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Area:
    """A cell by its place, counted from 0, and how many rows and columns it takes."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1

    @property
    def below(self) -> int:
        """The first row under it."""
        return self.row + self.row_span

    @property
    def behind(self) -> int:
        """The first column after it."""
        return self.column + self.column_span


def areas(rows: Rows, heading_rows: int, joined: Joined) -> list[list[Area]]:
    """Return the cells that begin in each row; the first ``heading_rows`` never go on in the others.

    ``rows`` are equally long. Cells without words are never one in the body; in the headings they
    belong to the heading above them.
    """
    if joined is Joined.NO:
        return [[Area(row, column) for column in range(len(cells))] for row, cells in enumerate(rows)]
    head = _Joining(_with_headings_from_above(rows[:heading_rows]), 0, down=True, across=True, empty=True)
    body = _Joining(
        rows[heading_rows:],
        heading_rows,
        down=joined in (Joined.FIRST_COLUMN, Joined.DOWN, Joined.BOTH),
        across=joined in (Joined.ACROSS, Joined.BOTH),
        only_first=joined is Joined.FIRST_COLUMN,
    )
    return [*head.areas(), *body.areas()]


def _with_headings_from_above(rows: Rows) -> list[list[str]]:
    filled: list[list[str]] = []
    for row in rows:
        above = filled[-1] if filled else row
        filled.append([words or over for words, over in zip(row, above, strict=True)])
    return filled


class _Joining:
    """The cells of some rows, taken one by one in reading order: each as wide as it can be, then as high."""

    def __init__(
        self, rows: Rows, first: int, *, down: bool, across: bool, empty: bool = False, only_first: bool = False
    ):
        self._rows = rows
        self._first = first
        self._down = down
        self._across = across
        self._empty = empty
        self._only_first = only_first
        self._taken: set[tuple[int, int]] = set()

    def areas(self) -> list[list[Area]]:
        return [
            [self._area(row, column) for column in range(len(cells)) if (row, column) not in self._taken]
            for row, cells in enumerate(self._rows)
        ]

    def _area(self, row: int, column: int) -> Area:
        words = self._rows[row][column]
        columns = rows = 1
        if words:
            while self._across and self._is_free(row, column + columns, words):
                columns += 1
        if words or self._empty:
            while self._goes_down(column) and all(
                self._is_free(row + rows, place, words) for place in range(column, column + columns)
            ):
                rows += 1
        self._taken |= {(row + down, column + across) for down in range(rows) for across in range(columns)}
        return Area(row + self._first, column, rows, columns)

    def _goes_down(self, column: int) -> bool:
        return self._down and (column == 0 or not self._only_first)

    def _is_free(self, row: int, column: int, words: str) -> bool:
        if row >= len(self._rows) or column >= len(self._rows[row]) or (row, column) in self._taken:
            return False
        return self._rows[row][column] == words
