"""The words of a diagram (SmartArt) as lists inside lists, as they stand in its outline in the program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from lxml import etree

from .outline import Block, Inline, Item, ItemList, Paragraph, plain

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_D = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
#: Points that a person wrote into; the others only draw.
_WRITTEN = ("node", "asst")
_MOST_LEVELS = 20


def diagram(model: etree._Element, inline: Callable[[etree._Element], list[Inline]]) -> ItemList | None:
    """Return what a diagram's data say, or None where they say nothing; ``inline`` reads a paragraph."""
    points = {point.get("modelId", ""): point for point in model.iter(_D + "pt")}
    below: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for line in model.iter(_D + "cxn"):
        if line.get("type", "parOf") == "parOf":
            below[line.get("srcId", "")].append((_place(line), line.get("destId", "")))
    seen: set[str] = set()

    def items(name: str, levels: int) -> list[Item]:
        made = []
        for _order, lower in sorted(below[name]):
            point = points.get(lower)
            if point is None or lower in seen or point.get("type", "node") not in _WRITTEN:
                continue
            seen.add(lower)
            said = (inline(paragraph) for paragraph in point.iter(A + "p"))
            blocks: list[Block] = [Paragraph(content) for content in said if plain(content)]
            inner = items(lower, levels - 1) if levels else []
            if blocks and inner:
                blocks.append(ItemList(ordered=False, items=inner))
            made += [Item(blocks)] if blocks else inner
        return made

    roots = [name for name, point in points.items() if point.get("type") == "doc"]
    found = [item for root in roots for item in items(root, _MOST_LEVELS)]
    return ItemList(ordered=False, items=found) if found else None


def _place(line: etree._Element) -> int:
    said = line.get("srcOrd", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else 0
