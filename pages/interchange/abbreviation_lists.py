"""Lists of abbreviations in a text: a heading that says so, and below it nothing but abbreviations with their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from .outline import Block, Heading, Inline, ItemList, Paragraph, Table, Text, plain

#: What a page has room for; a list with more in any place stays as it is.
ABBREVIATION_LENGTH, EXPANSION_LENGTH, TITLE_LENGTH = 30, 200, 120
_MOST_WORDS_OF_A_HEADING = 6
_NAMES_A_LIST = re.compile(r"\b(?:skrót|skrot|abbreviat|acronym|скорочен|акронім|(?:ال)?اختصار)", re.IGNORECASE)
#: Before a colon only what is plainly an abbreviation counts: "Note: ..." explains nothing.
_ENTRY = re.compile(
    r"(?:(?P<before>[^\t]+?)(?:\s*\t\s*|\s+[–—-]\s+|\s*=\s*)|(?P<acronym>\w*[^\W\d_a-z]\w*[^\W\d_a-z]\w*):\s+)(?P<after>.+)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Entry:
    abbreviation: str
    expansion: str
    #: The words as they were written, by which a mark of language is known.
    content: list[Inline]


@dataclass(frozen=True, slots=True)
class AbbreviationList:
    title: str
    entries: list[Entry]


def with_abbreviations(blocks: list[Block]) -> list[Block | AbbreviationList]:
    """Return the blocks, with one for each list of abbreviations in the place of its heading and of what is below."""
    made: list[Block | AbbreviationList] = []
    place = 0
    while place < len(blocks):
        block = blocks[place]
        place += 1
        if isinstance(block, Heading) and _heads_a_list(block):
            below = _below(blocks, place)
            if entries := _entries(below):
                made.append(AbbreviationList(plain(block.content), entries))
                place += len(below)
                continue
        made.append(block)
    return made


def _heads_a_list(block: Heading) -> bool:
    words = plain(block.content)
    is_short = len(words) <= TITLE_LENGTH and len(words.split()) <= _MOST_WORDS_OF_A_HEADING
    return is_short and bool(_NAMES_A_LIST.search(words))


def _below(blocks: list[Block], place: int) -> list[Block]:
    """Return the blocks from a place up to the next heading."""
    return list(takewhile(lambda block: not isinstance(block, Heading), islice(blocks, place, None)))


def _entries(blocks: list[Block]) -> list[Entry]:
    """Return what the blocks explain, or nothing if one of them says something else."""
    found = [entry for block in blocks for entry in _of_block(block)]
    return found if found and all(found) else []


def _of_block(block: Block) -> Iterator[Entry | None]:
    if isinstance(block, Paragraph):
        yield _of_line(block.content)
    elif isinstance(block, ItemList):
        for item in block.items:
            only = item.blocks[0] if len(item.blocks) == 1 else None
            yield _of_line(only.content) if isinstance(only, Paragraph) else None
    elif isinstance(block, Table):
        yield from _of_table(block)
    else:
        yield None


def _of_table(table: Table) -> Iterator[Entry | None]:
    for place, row in enumerate(table.rows):
        cells = [cell.blocks[0] for cell in row.cells if len(cell.blocks) == 1]
        paragraphs = [block for block in cells if isinstance(block, Paragraph)]
        if len(paragraphs) != len(row.cells) or len(paragraphs) != 2:
            yield None
            return
        first, second = (plain(paragraph.content) for paragraph in paragraphs)
        if place < table.header_rows or (place == 0 and _NAMES_A_LIST.search(first)):
            continue
        yield _entry(first, second, [*paragraphs[0].content, *paragraphs[1].content])


def _of_line(content: list[Inline]) -> Entry | None:
    match = _ENTRY.fullmatch("".join(piece.text for piece in content if isinstance(piece, Text)).strip())
    return _entry(match["before"] or match["acronym"], match["after"], content) if match else None


def _entry(abbreviation: str, expansion: str, content: list[Inline]) -> Entry | None:
    abbreviation, expansion = abbreviation.strip(), " ".join(expansion.split()).rstrip(";,")
    fits = 0 < len(abbreviation) <= ABBREVIATION_LENGTH and 0 < len(expansion) <= EXPANSION_LENGTH
    # A link, a picture or the mark of a note has no place there.
    is_plain = all(isinstance(piece, Text) and not piece.link for piece in content)
    return Entry(abbreviation, expansion, content) if fits and is_plain else None
