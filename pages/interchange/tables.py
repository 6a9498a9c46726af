"""Tables of an outline as rows of equal length, in which what a merged cell says stands in each place; and back."""

from __future__ import annotations

from collections.abc import Callable

from pages.joined_cells import Area
from pages.shown_tables import ShownCell, ShownTable

from .outline import (
    Block,
    Cell,
    Heading,
    Inline,
    ItemList,
    NoteMark,
    Paragraph,
    Picture,
    Row,
    Table,
    Text,
    every_inline,
    inside,
    plain,
    with_marks_as,
)
from .rich_text import RichText

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def grid(table: Table, words: Callable[[Cell], str]) -> list[list[str]]:
    """Return rows of cells, all equally long; what a merged cell says stands in each of its places."""
    return placed(table, words)[0]


def placed(table: Table, words: Callable[[Cell], str]) -> tuple[list[list[str]], list[Area]]:
    """Return the rows of ``grid``, and where each cell of the table begins and what it takes of them."""
    rows: list[dict[int, str]] = [{} for _ in table.rows]
    areas = []
    for place, row in enumerate(table.rows):
        column = 0
        for cell in row.cells:
            while column in rows[place]:
                column += 1
            said = words(cell)
            covered = rows[place : place + cell.row_span]
            for below in covered:
                below.update(dict.fromkeys(range(column, column + cell.column_span), said))
            areas.append(Area(place, column, len(covered), cell.column_span))
            column += cell.column_span
    width = max((max(row, default=-1) + 1 for row in rows), default=0)
    return [[row.get(column, "") for column in range(width)] for row in rows], areas


def as_table(shown: ShownTable, is_bold: Callable[[ShownCell], bool]) -> Table:
    """Return a table of a page with the cells that its readers see."""

    def told(cell: ShownCell) -> Cell:
        words: list[Block] = [Paragraph([Text(cell.words, bold=is_bold(cell))])] if cell.words else []
        return Cell(words, cell.column_span, cell.row_span)

    rows = [Row([told(cell) for cell in row]) for row in shown.rows]
    return Table(rows, header_rows=len(shown.head), description=shown.caption)


def with_raised_numbers(table: Table) -> Table:
    """Return a table whose marks of notes are raised digits: a cell of a page is plain words."""
    if not any(isinstance(piece, NoteMark) for piece in every_inline([table])):
        return table
    (raised,) = with_marks_as([table], lambda mark: Text(str(mark.number).translate(_RAISED)))
    return raised


def cell_words(cell: Cell, rich: RichText, tell: Callable[[str, str], None]) -> str:
    """Return the words of a cell in one line; addresses of links follow their words in parentheses."""
    parts: list[str] = []
    _gather(cell.blocks, parts, rich, tell)
    return "; ".join(part for part in parts if part)


def _gather(blocks: list[Block], parts: list[str], rich: RichText, tell: Callable[[str, str], None]) -> None:
    for block in blocks:
        if isinstance(block, (Paragraph, Heading)):
            words = _words(block.content)
            parts.append(words)
            if words != plain(block.content):
                tell("cell_content", words)
            rich.pictures += [piece for piece in block.content if isinstance(piece, Picture)]
        else:
            if isinstance(block, (Table, ItemList)):
                tell("cell_content", "")
            for inner in inside(block):
                _gather(inner, parts, rich, tell)


def _words(content: list[Inline]) -> str:
    told: list[Inline] = []
    for place, piece in enumerate(content):
        told.append(piece)
        after = content[place + 1] if place + 1 < len(content) else None
        if isinstance(piece, Text) and piece.link and not piece.link.is_internal:
            goes_on = isinstance(after, Text) and after.link is piece.link
            if not goes_on and piece.link.address not in piece.text:
                told.append(Text(f" ({piece.link.address})"))
    return plain(told)
