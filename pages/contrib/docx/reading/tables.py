"""Tables: rows that are still there, cells with what they span, rows that head the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from pages.interchange.outline import Block, Cell, Notice, Row, Table

from .context import Context
from .names import VAL, W, chosen, is_on, local, number, value

#: More than Word's 63, because other programs make wider ones.
MAX_SPAN = 500

Blocks = Callable[[etree._Element], list[Block]]


def table(element: etree._Element, context: Context, blocks: Blocks) -> Table | None:
    """Return a table, or None where nothing is left of it; ``blocks`` reads the content of a cell."""
    context.tables += 1
    made = Table([], number=context.tables, description=_description(element))
    heading_so_far = True
    merged: dict[int, Cell] = {}
    for row in _rows(element, context):
        properties = row.find(W + "trPr")
        heads = properties is not None and bool(is_on(properties.find(W + "tblHeader")))
        heading_so_far = heading_so_far and heads
        made.header_rows += heading_so_far
        made.rows.append(_row(row, properties, merged, context, blocks))
    made.seems_to_have_header = not made.header_rows and _first_row_is_marked(element)
    return made if any(row.cells for row in made.rows) else None


def _rows(parent: etree._Element, context: Context) -> Iterator[etree._Element]:
    for element in _inside(parent, context):
        if local(element) == "tr":
            if context.is_gone_row(element.find(W + "trPr")):
                context.note(Notice.DELETED)
            else:
                yield element
        elif local(element) != "tc":
            yield from _rows(element, context)


def _cells(parent: etree._Element, context: Context) -> Iterator[etree._Element]:
    for element in _inside(parent, context):
        if local(element) == "tc":
            yield element
        elif local(element) != "tr":
            yield from _cells(element, context)


_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "del", "moveTo", "moveFrom", "smartTag"))


def _inside(parent: etree._Element, context: Context) -> Iterator[etree._Element]:
    """Yield rows, cells and what may be wrapped around them, without what tracked changes took away."""
    for element in parent:
        name = local(element)
        if element.tag in context.gone:
            context.note(Notice.DELETED)
        elif name in ("tr", "tc") or name in _WRAPPERS:
            yield element
        elif name == "AlternateContent" and (branch := chosen(element)) is not None:
            yield branch


def _row(row, properties, merged: dict[int, Cell], context: Context, blocks: Blocks) -> Row:
    before = properties.find(W + "gridBefore") if properties is not None else None
    skipped = min(max(number(value(before)), 0), MAX_SPAN) if before is not None else 0
    # Columns that the row leaves out before its first cell.
    made = Row([Cell([]) for _ in range(skipped)])
    column = skipped
    previous: Cell | None = None
    for element in _cells(row, context):
        span, vertical, horizontal = _merging(element.find(W + "tcPr"))
        if horizontal == "continue" and previous is not None:
            previous.column_span = min(previous.column_span + span, MAX_SPAN)
            column += span
            continue
        content = blocks(element)
        if vertical == "continue" and column in merged:
            previous = merged[column]
            previous.row_span += 1
            previous.blocks += content
        else:
            previous = Cell(content, span)
            made.cells.append(previous)
            merged.pop(column, None)
            if vertical == "restart":
                merged[column] = previous
        column += span
    return made


def _merging(properties) -> tuple[int, str, str]:
    """Return how many columns a cell spans, and whether it begins or continues a merged one in either direction."""
    if properties is None:
        return 1, "", ""
    span = min(max(number(value(properties.find(W + "gridSpan")), 1), 1), MAX_SPAN)
    return span, _merge(properties.find(W + "vMerge")), _merge(properties.find(W + "hMerge"))


def _merge(element) -> str:
    return "" if element is None else element.get(VAL, "continue")


def _description(element) -> str:
    properties = element.find(W + "tblPr")
    if properties is None:
        return ""
    words = [value(properties.find(W + name)) for name in ("tblCaption", "tblDescription")]
    return " ".join(" ".join(dict.fromkeys(word for word in words if word)).split())


def _first_row_is_marked(element) -> bool:
    look = element.find(f"{W}tblPr/{W}tblLook")
    if look is None:
        return False
    if (first := look.get(W + "firstRow")) is not None:
        return first in ("1", "true", "on")
    try:
        return bool(int(look.get(VAL, "0") or "0", 16) & 0x20)
    except ValueError:
        return False
