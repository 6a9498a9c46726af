"""The footnotes of a page as those of an outline: marks in the text, and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pages.footnotes import POWER

from .outline import Block, Heading, Inline, ItemList, Note, NoteMark, Paragraph, Text, every_block

_LAST_WORD = re.compile(r"\w*\Z")


def taken_as_notes(blocks: list[Block], listed: list[Block]) -> list[Note]:
    """Return the items of a list as notes, and put their marks into the blocks; nothing is done if one has no mark."""
    items = [item for block in listed if isinstance(block, ItemList) for item in block.items]
    marks = {number: (content, place) for number, content, place in _marks(blocks)}
    if marks.keys() != set(range(1, len(items) + 1)):
        return []
    for number, (content, place) in marks.items():
        content[place] = NoteMark(number)
    return [Note(item.blocks) for item in items]


def _marks(blocks: list[Block]) -> Iterator[tuple[int, list[Inline], int]]:
    """Yield the first raised number of each kind, with where it stands."""
    known = set()
    for block in every_block(blocks):
        for place, piece in enumerate(block.content if isinstance(block, (Paragraph, Heading)) else ()):
            if isinstance(piece, Text) and piece.superscript and piece.text.isdecimal() and piece.text not in known:
                before = block.content[place - 1] if place else None
                word = _LAST_WORD.search(before.text)[0] if isinstance(before, Text) else ""
                if not POWER.fullmatch(word):
                    known.add(piece.text)
                    yield int(piece.text), block.content, place
