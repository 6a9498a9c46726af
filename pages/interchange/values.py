"""What a part of a file that came back says, as a value that can be compared and stored."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

from wagtail.rich_text import expand_db_html

from .outline import (
    Anchor,
    Aside,
    Block,
    Heading,
    Inline,
    ItemList,
    Link,
    Paragraph,
    Picture,
    Quote,
    Table,
    Text,
    every_inline,
)
from .rich_text import PageAt, RichText, together
from .slots import Kind, Slot
from .tables import cell_words, grid

_OPENING_LINK = re.compile(r"<a\b[^>]*>")
_ADDRESS = re.compile(r'\shref="([^"]*)"')
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DASH = re.compile(r"\s+[–—-]\s+")


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words of which nobody can tell what in them belongs to which field."""

    words: str


@dataclass(slots=True)
class Said:
    """The value of a slot, and the blocks behind it that are none of its business."""

    value: Any
    rest: list[Block]


class Values:
    """Reads values; ``links`` are the opening tags of links that the page had, by the addresses they lead to."""

    def __init__(self, page_at: PageAt, links: dict[str, str]):
        self._page_at = page_at
        self._links = links

    def of(self, slot: Slot, blocks: list[Block]) -> Said:
        """Return what the blocks of a part say."""
        return _READERS[slot.kind](self, slot, blocks)

    # --- lines ----------------------------------------------------------------------------------

    def _line(self, slot: Slot, blocks: list[Block]) -> Said:
        first, rest = _first_line(blocks)
        words = line_of(first)
        if slot.rest and words.endswith(tidy(slot.rest)):
            return Said(words[: -len(tidy(slot.rest))].strip(" "), rest)
        return Said(Unclear(words) if slot.needs_rest and words else words, rest)

    def _lines(self, slot: Slot, blocks: list[Block]) -> Said:
        taken, rest = _leading(_unwrapped(blocks), (Paragraph, Heading))
        return Said("\n\n".join(filter(None, (lines_of(block.content) for block in taken))), rest)

    def _heading(self, slot: Slot, blocks: list[Block]) -> Said:
        level = blocks[0].level if blocks and isinstance(blocks[0], Heading) else 0
        first, rest = _first_line(blocks)
        return Said((line_of(first), level), rest)

    def _pair(self, slot: Slot, blocks: list[Block]) -> Said:
        first, rest = _first_line(blocks)
        words = line_of(first)
        parts = _DASH.split(words, maxsplit=1)
        return Said(tuple(parts) if len(parts) > 1 else Unclear(words), rest)

    def _link(self, slot: Slot, blocks: list[Block]) -> Said:
        first, rest = _first_line(blocks)
        addresses = [piece.link.address for piece in first if isinstance(piece, Text) and piece.link]
        return Said((line_of(first), addresses[0] if addresses else ""), rest)

    # --- more than a line -----------------------------------------------------------------------

    def _rich(self, slot: Slot, blocks: list[Block]) -> Said:
        taken, rest = _leading(_unwrapped(blocks), (Paragraph, ItemList))
        rich = KnownLinks(self._page_at, self._links)
        parts = [rich.paragraph(smooth(b.content)) if isinstance(b, Paragraph) else rich.items(b) for b in taken]
        pictures: list[Block] = [Paragraph([picture]) for picture in rich.pictures]
        return Said(tuple(together(parts)), [*pictures, *rest])

    def _picture(self, slot: Slot, blocks: list[Block]) -> Said:
        found = next((piece for piece in every_inline(blocks) if isinstance(piece, Picture)), None)
        if found is None:
            return Said(None, blocks)
        rest = [left for block in blocks if (left := _without(block, found)) is not None]
        # LibreOffice loses the mark of a decoration, so only words tell.
        return Said("" if found.is_decorative else tidy(found.alt), rest)

    def _table(self, slot: Slot, blocks: list[Block]) -> Said:
        place = next((place for place, block in enumerate(blocks) if isinstance(block, Table)), None)
        if place is None:
            return Said(None, blocks)
        rich = RichText(lambda _address: None, lambda _change, _words: None)
        rows = grid(blocks[place], lambda cell: cell_words(cell, rich, lambda _change, _words: None))
        pictures: list[Block] = [Paragraph([picture]) for picture in rich.pictures]
        return Said(tuple(tuple(row) for row in rows), [*blocks[:place], *pictures, *blocks[place + 1 :]])

    def _fixed(self, slot: Slot, blocks: list[Block]) -> Said:
        words = (piece.text if isinstance(piece, Text) else " " for piece in every_inline(blocks))
        return Said(tidy("".join(words)), [])


_READERS = {
    Kind.LINE: Values._line,
    Kind.LINES: Values._lines,
    Kind.RICH: Values._rich,
    Kind.HEADING: Values._heading,
    Kind.PICTURE: Values._picture,
    Kind.TABLE: Values._table,
    Kind.PAIR: Values._pair,
    Kind.LINK: Values._link,
    Kind.FIXED: Values._fixed,
}


class KnownLinks(RichText):
    """Writes rich text in which a link that the page had before is stored as it was."""

    def __init__(self, page_at: PageAt, links: dict[str, str]):
        super().__init__(page_at, lambda _change, _words: None)
        self._known = links

    def _link(self, link: Link | None) -> tuple[str, str]:
        if link is not None and (opening := self._known.get(link.address)):
            return opening, "</a>"
        return super()._link(link)

    def _item(self, blocks: list[Block]) -> str:
        smoothed = [replace(b, content=smooth(b.content)) if isinstance(b, Paragraph) else b for b in blocks]
        return super()._item(smoothed)


def links_in(sources: Iterable[str], base: str) -> dict[str, str]:
    """Return the opening tags of the links in stored rich texts by the complete addresses they lead to."""
    known: dict[str, str] = {}
    for source in sources:
        stored, told = _OPENING_LINK.findall(source), _OPENING_LINK.findall(expand_db_html(source))
        if len(stored) != len(told):
            continue
        for opening, shown in zip(stored, told, strict=True):
            if found := _ADDRESS.search(shown):
                known.setdefault(urljoin(base, found[1].replace("&amp;", "&")), opening)
    return known


def smooth(content: list[Inline]) -> list[Inline]:
    """Return inline content without what programs add by themselves: languages, directions, cut runs and links."""
    done: list[Inline] = []
    for piece in content:
        if isinstance(piece, Anchor):
            continue
        if isinstance(piece, Text):
            last = done[-1] if done and isinstance(done[-1], Text) else None
            link = piece.link
            if last and last.link and link and last.link.address == link.address:
                link = last.link
            piece = replace(piece, language="", direction="", overrides_direction=False, strike=False, link=link)
            piece = replace(piece, underline=piece.underline and not link)
            if last and last.looks_like(piece):
                done[-1] = replace(last, text=last.text + piece.text)
                continue
        done.append(piece)
    return done


def tidy(words: str) -> str:
    """Return words in one line; a space that does not break a line stays one."""
    return _SPACES.sub(" ", words).strip(" ")


def line_of(content: list[Inline]) -> str:
    return tidy("".join(piece.text if isinstance(piece, Text) else " " for piece in content))


def lines_of(content: list[Inline]) -> str:
    parts = (tidy_within(piece.text) if isinstance(piece, Text) else "\n" for piece in content)
    return "\n".join(line.strip(" ") for line in "".join(parts).split("\n")).strip("\n")


def tidy_within(words: str) -> str:
    return _SPACES.sub(" ", words)


def _without(block: Block, picture: Picture) -> Block | None:
    """Return a block without a picture, or None where it says nothing else."""
    content = list(every_inline([block]))
    if not isinstance(block, (Paragraph, Heading)) or not any(piece is picture for piece in content):
        return None if any(piece is picture for piece in content) else block
    left = [piece for piece in content if piece is not picture]
    says = any(isinstance(piece, Picture) or (isinstance(piece, Text) and piece.text.strip()) for piece in left)
    return replace(block, content=left) if says else None


def _unwrapped(blocks: list[Block]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        found += _unwrapped(block.blocks) if isinstance(block, (Quote, Aside)) else [block]
    return found


def _first_line(blocks: list[Block]) -> tuple[list[Inline], list[Block]]:
    """Return the first line of the blocks, also if it is an item or stands in a box, and the blocks behind it."""
    flat = _unwrapped(blocks)
    if not flat:
        return [], []
    first, rest = flat[0], flat[1:]
    if isinstance(first, ItemList) and first.items and first.items[0].blocks:
        inner = first.items[0].blocks
        others = replace(first, items=first.items[1:])
        rest = [*inner[1:], *([others] if others.items else []), *rest]
        first = inner[0]
    return (first.content, rest) if isinstance(first, (Paragraph, Heading)) else ([], flat)


def _leading(blocks: list[Block], kinds: tuple[type, ...]) -> tuple[list[Any], list[Block]]:
    end = next((place for place, block in enumerate(blocks) if not isinstance(block, kinds)), len(blocks))
    return blocks[:end], blocks[end:]
