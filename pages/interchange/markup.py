"""HTML as our rich texts and blocks have it, as an outline."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urljoin

from lxml import html

from pages.list_numbers import allowed

from .outline import Block, Heading, Inline, Item, ItemList, LineBreak, Link, Paragraph, Quote, Row, Table, Text
from .outline import Cell as TableCell

MARKS = {
    "b": {"bold": True},
    "strong": {"bold": True},
    "i": {"italic": True},
    "em": {"italic": True},
    "cite": {"italic": True},
    "u": {"underline": True},
    "s": {"strike": True},
    "del": {"strike": True},
    "sup": {"superscript": True},
    "sub": {"subscript": True},
}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
UNHEARD = {"script", "style", "template", "svg", "button", "input", "select", "textarea", "iframe", "object"}
#: A link in a file that somebody keeps may lead only where a browser leads.
ADDRESSES = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


def blocks_of(markup: str, base: str = "", language: str = "") -> list[Block]:
    """Return what a piece of HTML says; relative addresses are completed with ``base``.

    ``language`` is that of the whole; words in it carry no language of their own. Unknown elements
    are read as what stands inside them; scripts, forms and drawings are left out.
    """
    if not markup.strip():
        return []
    root = html.fragment_fromstring(markup, create_parent="div")
    reading = _Reading(base, language)
    reading.read(root, Text(""))
    return reading.finish()


class _Reading:
    def __init__(self, base: str, language: str):
        self.base = base
        self.language = language
        self.stack: list[list[Block]] = [[]]
        self.line: list[Inline] = []

    def finish(self) -> list[Block]:
        self.end_line()
        return self.stack[0]

    # --- lines ----------------------------------------------------------------------------------

    def say(self, words: str | None, style: Text) -> None:
        if not words:
            return
        words = re.sub(r"[ \t\r\n\f]+", " ", words)
        last = self.line[-1] if self.line else None
        if last is None or isinstance(last, LineBreak) or (isinstance(last, Text) and last.text.endswith(" ")):
            words = words.lstrip(" ")
        if words:
            self.line.append(replace(style, text=words))

    def taken_line(self) -> list[Inline]:
        line, self.line = self.line, []
        while line and (
            isinstance(line[-1], LineBreak) or (isinstance(line[-1], Text) and not line[-1].text.strip(" "))
        ):
            line.pop()
        if line and isinstance(line[-1], Text):
            line[-1] = replace(line[-1], text=line[-1].text.rstrip(" "))
        return line

    def end_line(self) -> None:
        if line := self.taken_line():
            self.stack[-1].append(Paragraph(line))

    # --- elements -------------------------------------------------------------------------------

    def read(self, element, style: Text) -> None:
        """Read what is inside an element."""
        self.say(element.text, style)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in UNHEARD and child.get("hidden") is None:
                self.read_element(child, self._style_in(child, style))
            self.say(child.tail, style)

    def read_element(self, element, style: Text) -> None:
        tag = element.tag
        if tag == "br":
            self.line.append(LineBreak())
        elif tag in HEADINGS:
            self._heading(element, style)
        elif tag in {"ul", "ol"}:
            self.end_line()
            for found in self._lists(element, style):
                self._add_list(found)
        elif tag == "blockquote":
            self.end_line()
            self.stack[-1].append(Quote(self._inside(element, style)))
        elif tag == "table":
            self.end_line()
            self.stack[-1].extend(self._table(element, style))
        elif tag in MARKS or tag in {"a", "span", "bdi", "bdo", "abbr", "code", "q", "time", "small", "label"}:
            self.read(element, style)
        elif tag == "img":
            self.say(element.get("alt"), style)
        else:
            self.end_line()
            self.read(element, style)
            self.end_line()

    def _style_in(self, element, style: Text) -> Text:
        style = replace(style, **MARKS.get(element.tag, {}))
        language = element.get("lang")
        if language:
            style = replace(style, language="" if language == self.language else language)
        if element.tag == "a" and (address := self._address(element.get("href"))):
            style = replace(style, link=Link(address))
        return style

    def _address(self, address: str | None) -> str:
        if not address:
            return ""
        whole = urljoin(self.base, address.strip())
        return whole if ADDRESSES.match(whole) else ""

    def _inside(self, element, style: Text) -> list[Block]:
        self.stack.append([])
        self.read(element, style)
        self.end_line()
        return self.stack.pop()

    def _heading(self, element, style: Text) -> None:
        self.end_line()
        self.read(element, style)
        if line := self.taken_line():
            self.stack[-1].append(Heading(HEADINGS[element.tag], line))

    def _lists(self, element, style: Text) -> list[ItemList]:
        """Return a list; each number that is no step from the one before begins another, as in a Word file."""
        is_ordered = element.tag == "ol"
        start = allowed(element.get("start"))
        number = 1 if start is None else start
        made: list[ItemList] = []
        for child in element.iterchildren("li"):
            own = allowed(child.get("value"))
            number = number if own is None else own
            if blocks := self._inside(child, self._style_in(child, style)):
                last = made[-1] if made else None
                if last is None or (is_ordered and number != last.start + len(last.items)):
                    last = ItemList(is_ordered, [], number if is_ordered else 1)
                    made.append(last)
                last.items.append(Item(blocks))
            number += 1
        return made

    def _add_list(self, found: ItemList) -> None:
        """Add a list, or go on with the one directly before it: a list is stored in two where bullets stand inside."""
        last = self.stack[-1][-1] if self.stack[-1] else None
        if isinstance(last, ItemList) and _goes_on(last, found):
            last.items += found.items
        else:
            self.stack[-1].append(found)

    def _table(self, element, style: Text) -> list[Block]:
        caption = element.find("caption")
        rows, header_rows = [], 0
        for row in element.iter("tr"):
            cells = list(row.iterchildren("td", "th"))
            if cells and all(cell.tag == "th" for cell in cells) and header_rows == len(rows):
                header_rows += 1
            rows.append(Row([self._cell(cell, style) for cell in cells]))
        named = [] if caption is None else self._inside(caption, style)
        return [*named, Table([row for row in rows if row.cells], header_rows)]

    def _cell(self, cell, style: Text) -> TableCell:
        spans = {
            name: min(int(cell.get(name)), 1000) if (cell.get(name) or "").isdecimal() and cell.get(name) != "0" else 1
            for name in ("colspan", "rowspan")
        }
        return TableCell(self._inside(cell, self._style_in(cell, style)), spans["colspan"], spans["rowspan"])


def _goes_on(last: ItemList, found: ItemList) -> bool:
    counts_on = not found.ordered or found.start == last.start + len(last.items)
    return last.ordered == found.ordered and counts_on
