"""How the merged cells of a file stand in a table of a page, which knows neighbours that say the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain
from typing import NamedTuple

from pages.joined_cells import MOST_FURTHER_HEADING_ROWS, Area, Joined, Rows, areas

#: The headings of the columns, and as many rows below them as a table block has.
MOST_HEADING_ROWS = 1 + MOST_FURTHER_HEADING_ROWS


class Joining(NamedTuple):
    """How neighbours are joined, and whether they are then merged as in the file."""

    joined: Joined
    is_exact: bool


def heading_rows(rows: Rows, merged: Collection[Area], marked: int, guessed: int) -> int:
    """Return how many rows head the others: those that the file marks, else those that look so.

    A cell that begins in them belongs to them as a whole. Where that would be most of the table, rows that only
    look like headings are none.
    """
    heads = min(marked or guessed, len(rows) - 1)
    whole = _whole(heads, [area for area in merged if rows[area.row][area.column]])
    if whole <= MOST_HEADING_ROWS and whole < len(rows):
        return whole
    return heads if marked else 0


def _whole(heads: int, cells: list[Area]) -> int:
    reach = max((area.below for area in cells if area.row < heads), default=heads)
    return _whole(reach, cells) if reach > heads else heads


def joining(rows: Rows, merged: Collection[Area], heads: int) -> Joining:
    """Return the setting that shows these rows as they are in the file, or else repeats the words in the body.

    Of cells without words it does not matter how many there are.
    """
    wanted = _with_words(merged, rows)
    for joined in Joined:
        if _with_words(chain(*areas(rows, heads, joined)), rows) == wanted:
            return Joining(joined, is_exact=True)
    of_head = {area for area in wanted if area.row < heads}
    shown = {area for area in _with_words(chain(*areas(rows, heads, Joined.HEADINGS)), rows) if area.row < heads}
    return Joining(Joined.HEADINGS if shown == of_head else Joined.NO, is_exact=False)


def names_its_rows(rows: Rows, heads: int, joined: Joined) -> bool:
    """Whether what stands in the first column can name the rows beside it: words, each of its own."""
    first = [rows[a.row][0] for row in areas(rows, heads, joined)[heads:] for a in row[:1] if a.column == 0]
    return all(first) and len(set(first)) == len(first) and not any(words.replace(" ", "").isdigit() for words in first)


def _with_words(cells: Iterable[Area], rows: Rows) -> set[Area]:
    return {area for area in cells if rows[area.row][area.column]}
