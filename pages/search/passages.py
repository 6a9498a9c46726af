"""The part of a text that shows why it was found."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import chain
from typing import NamedTuple

from . import stemming

LENGTH = 240
#: How much of a text is looked through word by word; behind it, only lines that seem to hold one of the words.
SEARCHED_CHARACTERS = 20_000
ELLIPSIS = "…"
#: What forms of one word nearly always share.
BEGINNING = 3


class Fragment(NamedTuple):
    """A piece of a passage; a hit is one of the words sought."""

    text: str
    is_hit: bool = False


class Hit(NamedTuple):
    start: int
    end: int
    stem: str


def passage(text: str, stems: Collection[str], language: str, length: int = LENGTH) -> list[Fragment]:
    """Return the part of ``text`` with the most of the stems, in fragments; its beginning if none is in it."""
    most, line, marks = -1, "", []
    for one in chain(text[:SEARCHED_CHARACTERS].split("\n"), _promising(text[SEARCHED_CHARACTERS:], stems)):
        found = hits(one, stems, language)
        different = len({hit.stem for hit in found})
        if different > most:
            most, line, marks = different, one, found
        if most == len(stems):
            break  # no other line can show more
    return _fragments(line, marks, length)


def _promising(text: str, stems: Collection[str]) -> Iterator[str]:
    """Yield the lines of a long rest that hold the beginning of a stem.

    To take every word of a book apart for one passage would make a reader wait.
    """
    if not text or not stems:
        return
    begun = re.compile(rf"\b(?:{'|'.join(re.escape(stem[:BEGINNING]) for stem in stems)})")
    yield from (line for line in text.split("\n") if begun.search(stemming.fold_line(line)))


def hits(line: str, stems: Collection[str], language: str) -> list[Hit]:
    """Return where words with one of the stems stand in a line."""
    if not stems:
        return []
    return [
        Hit(start, end, stem)
        for start, end, word in stemming.tokens(line)
        if (stem := stemming.stem(word, language)) in stems
    ]


def _fragments(line: str, marks: list[Hit], length: int) -> list[Fragment]:
    start, end = _window(line, marks, length)
    parts, place = [Fragment(ELLIPSIS)] if start else [], start
    for hit in marks:
        if start <= hit.start and hit.end <= end:
            parts += [Fragment(line[place : hit.start]), Fragment(line[hit.start : hit.end], is_hit=True)]
            place = hit.end
    parts.append(Fragment(line[place:end]))
    if end < len(line):
        parts.append(Fragment(ELLIPSIS))
    return [part for part in parts if part.text]


def _window(line: str, marks: list[Hit], length: int) -> tuple[int, int]:
    """Return the bounds of the stretch with the most different stems, widened to whole words."""
    if len(line) <= length:
        return 0, len(line)
    best = max(marks, key=lambda first: _different(marks, first.start, length), default=None)
    start = max(0, best.start - length // 4) if best else 0
    start = min(start, len(line) - length)
    end = start + length
    # A word without spaces, such as a long address, is cut where the stretch ends.
    if start:
        start = line.find(" ", start, start + 30) + 1 or start
    if end < len(line):
        end = max(line.rfind(" ", end - 30, end), 0) or end
    return start, end


def _different(marks: list[Hit], start: int, length: int) -> int:
    return len({hit.stem for hit in marks if start <= hit.start and hit.end <= start + length * 3 // 4})
