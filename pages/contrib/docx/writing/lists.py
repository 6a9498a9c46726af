"""Real lists: each begins its own numbering, on as many levels as Word has."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Cm

from .elements import element
from .template import LEVELS, LISTS

STEP = Cm(0.75)


class Numbering:
    """The descriptions of lists in one document."""

    def __init__(self, document: WordDocument):
        self.root = document.part.numbering_part.element
        self.patterns = {ordered: self._add_pattern(ordered) for ordered in (False, True)}

    def begin(self, ordered: bool, level: int, start: int = 1) -> int:
        """Return the number of a new list whose items stand on a level (0 to 8) and count from ``start``."""
        number = self._next("w:num", "w:numId")
        override = element("w:lvlOverride", element("w:startOverride", val=start), ilvl=min(level, LEVELS - 1))
        pattern = element("w:abstractNumId", val=self.patterns[ordered])
        self.root.append(element("w:num", pattern, *([override] if ordered else []), numId=number))
        return number

    def _next(self, name: str, attribute: str) -> int:
        return max((int(found.get(qn(attribute))) for found in self.root.findall(qn(name))), default=0) + 1

    def _add_pattern(self, ordered: bool) -> int:
        number = self._next("w:abstractNum", "w:abstractNumId")
        levels = [_level(ordered, level) for level in range(LEVELS)]
        pattern = element(
            "w:abstractNum", element("w:multiLevelType", val="hybridMultilevel"), *levels, abstractNumId=number
        )
        # All patterns stand before the first list (ISO/IEC 29500-1, 17.9.15).
        first = self.root.find(qn("w:num"))
        if first is None:
            self.root.append(pattern)
        else:
            first.addprevious(pattern)
        return number


def _level(ordered: bool, level: int) -> Any:
    shape = LISTS["number" if ordered else "bullet"][level % 3]
    indent = element("w:ind", left=STEP.twips * (level + 1), hanging=STEP.twips)
    return element(
        "w:lvl",
        element("w:start", val=1),
        element("w:numFmt", val=shape if ordered else "bullet"),
        element("w:lvlText", val=f"%{level + 1}." if ordered else shape),
        element("w:lvlJc", val="left"),
        element("w:pPr", indent),
        ilvl=level,
    )
