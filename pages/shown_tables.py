"""A table as readers meet it: which cells are one, and which of them head which others (WCAG 2.2, 1.3.1)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from .joined_cells import Area, Joined, areas

#: As HTML has it; empty for a cell that heads nothing.
Scope = Literal["", "col", "colgroup", "row", "rowgroup"]


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell with its words, what it spans and what it heads."""

    words: str
    column_span: int = 1
    row_span: int = 1
    scope: Scope = ""
    is_number: bool = False

    @property
    def tag(self) -> str:
        return "th" if self.scope else "td"


ShownRow = list[ShownCell]


class Part(NamedTuple):
    """Rows that stand together, by their element of HTML."""

    tag: str
    rows: list[ShownRow]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table in the parts of HTML; ``column_groups`` are their widths, empty where there are none to tell apart.

    A heading over several columns or rows says ``colgroup`` or ``rowgroup`` only if it heads exactly such a group:
    one that begins inside it would head all the rest of it. Elsewhere what it spans says enough, and no cell needs
    a list of the headings it belongs to.
    """

    caption: str
    column_groups: list[int]
    head: list[ShownRow]
    bodies: list[list[ShownRow]]

    @property
    def rows(self) -> list[ShownRow]:
        return [row for part in self.parts for row in part.rows]

    @property
    def parts(self) -> list[Part]:
        return [Part("thead", self.head), *(Part("tbody", body) for body in self.bodies)]


def shown_table(
    caption: str,
    rows: Sequence[Sequence[str]],
    heading_rows: int = 1,
    joined: Joined = Joined.NO,
    *,
    has_row_headings: bool = False,
    number_columns: Collection[int] = (),
) -> ShownTable:
    """Return a table of these rows of words, all equally long; the first ``heading_rows`` head the others."""
    cells = areas(rows, heading_rows, joined)
    head, body = cells[:heading_rows], cells[heading_rows:]
    width = len(rows[0]) if rows else 0
    columns = _groups([area for row in head for area in row], width)
    groups = _row_groups(body, heading_rows, width) if has_row_headings else [body] if body else []

    def shown(area: Area, scope: Scope) -> ShownCell:
        words = rows[area.row][area.column]
        return ShownCell(words, area.column_span, area.row_span, scope, area.column in number_columns)

    return ShownTable(
        caption,
        columns if any(width > 1 for width in columns) else [],
        [[shown(area, _column_scope(area, rows, columns)) for area in row] for row in head],
        [
            [[shown(area, _row_scope(area, group, width) if has_row_headings else "") for area in row] for row in group]
            for group in groups
        ],
    )


def _groups(cells: list[Area], width: int) -> list[int]:
    """Return the widths of the smallest groups of columns that no heading reaches out of."""
    reach = dict(enumerate(range(1, width + 1)))
    for area in cells:
        reach[area.column] = max(reach[area.column], area.behind)
    found: list[int] = []
    start = end = 0
    for column in range(width):
        end = max(end, reach[column])
        if end == column + 1:
            found.append(end - start)
            start = end
    return found


def _column_scope(area: Area, rows: Sequence[Sequence[str]], columns: list[int]) -> Scope:
    # An empty cell below the headings of the columns names nothing; an empty heading waits for its editor.
    if area.row and not rows[area.row][area.column]:
        return ""
    start = 0
    for width in columns:
        if (start, width) == (area.column, area.column_span) and width > 1:
            return "colgroup"
        start += width
    return "col"


def _row_groups(body: list[list[Area]], first: int, width: int) -> list[list[list[Area]]]:
    """Return the rows in the groups that a heading heads; what no heading takes together stands in one, too."""
    starts = _starts_of_bands(body, width) or _starts_of_spans(body, first)
    ends = [*starts[1:], len(body)] if starts else []
    return [body[start:end] for start, end in zip(starts, ends, strict=True) if start < end]


def _starts_of_bands(body: list[list[Area]], width: int) -> list[int]:
    """Return where groups begin under headings over all columns; none where there is no such heading."""
    bands = [_is_band(row, width) for row in body]
    found = [place for place, band in enumerate(bands) if band and not (place and bands[place - 1])]
    found = [place for place in found if not all(bands[place:])]
    return [*([0] if found[0] else []), *found] if found else []


def _is_band(row: list[Area], width: int) -> bool:
    return width > 1 and len(row) == 1 and row[0].column_span == width and row[0].row_span == 1


def _starts_of_spans(body: list[list[Area]], first: int) -> list[int]:
    """Return where groups begin if a heading of several rows heads one, and nothing reaches out of it."""
    starts = [0] if body else []
    end = 0
    begun = 0
    for place, row in enumerate(body):
        if place == end:
            begun = place
        end = max([end, place + 1, *(area.below - first for area in row)])
        if end == place + 1 and place > begun and _heads_all(body[begun], end - begun):
            starts += [begun, end]
    return sorted({start for start in starts if start < len(body)})


def _heads_all(row: list[Area], height: int) -> bool:
    return bool(row) and row[0].column == 0 and row[0].row_span == height


def _row_scope(area: Area, group: list[list[Area]], width: int) -> Scope:
    if area.column:
        return ""
    is_band = area.column_span == width > 1
    if is_band and area.row_span == 1:
        rest = group[area.row - group[0][0].row + 1 :]
        return "rowgroup" if any(not _is_band(row, width) for row in rest) else ""
    return "rowgroup" if area.row_span == len(group) > 1 else "row"
