"""What is inaccessible in a document, told of its outline: each kind once, with the first places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from pages.interchange.outline import (
    Block,
    Heading,
    Inline,
    Link,
    Notice,
    Outline,
    Paragraph,
    Picture,
    Place,
    Table,
    Text,
    every_block,
    every_inline,
    pictures,
    plain,
)

#: A shorter text needs no headings.
WORDS_WITHOUT_HEADINGS = 250
#: A page with fewer words and a picture is a picture of a page.
WORDS_OF_A_PAGE = 20
PLACES_KEPT = 5


class Kind(StrEnum):
    """What can be wrong; ``findings.py`` names each and says how to mend it."""

    NO_TITLE = "no_title"
    NO_LANGUAGE = "no_language"
    NO_HEADINGS = "no_headings"
    PICTURE_WITHOUT_ALT = "picture_without_alt"
    TABLE_WITHOUT_HEADER = "table_without_header"
    EMPTY_LINK = "empty_link"
    SLIDE_WITHOUT_TITLE = "slide_without_title"
    PICTURE_OF_TEXT = "picture_of_text"


@dataclass
class Finding:
    """One kind of barrier: how often it is there and where first, as ``[page, table, words]``."""

    kind: str
    count: int = 1
    places: list[list[Any]] = field(default_factory=list)


def findings(outline: Outline, page_count: int | None) -> list[dict[str, Any]]:
    """Return what is inaccessible in a text, as plain data."""
    return [asdict(finding) for finding in _found(outline, page_count)]


def _found(outline: Outline, page_count: int | None) -> Iterator[Finding]:
    words = _words(outline)
    if not outline.properties.get("title"):
        yield Finding(Kind.NO_TITLE)
    if not outline.language and words:
        yield Finding(Kind.NO_LANGUAGE)
    if words > WORDS_WITHOUT_HEADINGS and not any(isinstance(b, Heading) for b in every_block(outline.blocks)):
        yield Finding(Kind.NO_HEADINGS)
    untitled = _noticed(outline, Notice.SLIDE_WITHOUT_TITLE, Kind.SLIDE_WITHOUT_TITLE)
    scanned = _noticed(outline, Notice.PICTURE_OF_TEXT, Kind.PICTURE_OF_TEXT)
    if not scanned.count and pictures(outline) and words < WORDS_OF_A_PAGE * max(1, page_count or 1):
        scanned = Finding(Kind.PICTURE_OF_TEXT)
    for finding in (untitled, _pictures(outline), _tables(outline.blocks), _links(outline), scanned):
        if finding.count:
            yield finding


def _noticed(outline: Outline, notice: Notice, kind: Kind) -> Finding:
    """Return what the reader of the file itself has seen."""
    places = outline.report.places.get(notice, [])
    return Finding(kind, outline.report.counts[notice], [_told(place) for place in places[:PLACES_KEPT]])


def _words(outline: Outline) -> int:
    paragraphs = (b for b in every_block(outline.blocks) if isinstance(b, (Paragraph, Heading)))
    return sum(len(plain(paragraph.content).split()) for paragraph in paragraphs)


def _pictures(outline: Outline) -> Finding:
    count = sum(1 for picture in pictures(outline) if not picture.alt and not picture.is_decorative)
    places = outline.report.places.get(Notice.PICTURE_WITHOUT_ALT, [])
    return Finding(Kind.PICTURE_WITHOUT_ALT, count, [_told(place) for place in places[:PLACES_KEPT]])


def _tables(blocks: list[Block]) -> Finding:
    headless = [b for b in every_block(blocks) if isinstance(b, Table) and _needs_header(b)]
    places = [_told(Place(table=table.number, words=_first_words(table))) for table in headless[:PLACES_KEPT]]
    return Finding(Kind.TABLE_WITHOUT_HEADER, len(headless), places)


def _needs_header(table: Table) -> bool:
    return not table.header_rows and len(table.rows) > 1 and max(len(row.cells) for row in table.rows) > 1


def _first_words(table: Table) -> str:
    paragraphs = (b for b in every_block([table]) if isinstance(b, (Paragraph, Heading)))
    return next(filter(None, (plain(paragraph.content) for paragraph in paragraphs)), "")


def _links(outline: Outline) -> Finding:
    everywhere = [outline.blocks, *(note.blocks for note in outline.notes)]
    said: dict[Link, str] = {}
    for blocks in everywhere:
        for piece in every_inline(blocks):
            if link := getattr(piece, "link", None):
                said[link] = said.get(link, "") + _said(piece)
    silent = [link for link, words in said.items() if not words.strip()]
    places = [_told(Place(words=link.address)) for link in silent[:PLACES_KEPT]]
    return Finding(Kind.EMPTY_LINK, len(silent), places)


def _said(piece: Inline) -> str:
    if isinstance(piece, Text):
        return piece.text
    return piece.alt if isinstance(piece, Picture) else ""


def _told(place: Place) -> list[Any]:
    return [place.page, place.table, place.words[:80]]
