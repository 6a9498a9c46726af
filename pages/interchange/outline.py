"""What a text says, free of any file format and of any CMS block.

A reader of a file format makes an ``Outline``; a page, an accessible HTML document and the text for
the search are made from it, so that the three cannot disagree. Nothing here knows Word or Django.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Literal, Protocol, TypeAlias

Direction = Literal["", "ltr", "rtl"]


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """Where some words lead: an address, or ``#name`` of an anchor in the same text.

    Compared by identity: two links to one address that stand side by side stay two links.
    """

    address: str

    @property
    def is_internal(self) -> bool:
        return self.address.startswith("#")


@dataclass(frozen=True, slots=True)
class Text:
    """Words that share their marks; ``language`` is empty where it is that of the whole text."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    superscript: bool = False
    subscript: bool = False
    language: str = ""
    direction: Direction = ""
    #: The direction holds against the letters' own, as a numbered code in Arabic does.
    overrides_direction: bool = False
    link: Link | None = None

    def looks_like(self, other: Text) -> bool:
        """Whether the two differ in their words only."""
        return (
            self.link is other.link
            and self.bold == other.bold
            and self.italic == other.italic
            and self.underline == other.underline
            and self.strike == other.strike
            and self.superscript == other.superscript
            and self.subscript == other.subscript
            and self.language == other.language
            and self.direction == other.direction
            and self.overrides_direction == other.overrides_direction
        )


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line inside a paragraph, as in an address or a poem."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that a link of the same text leads to."""

    name: str


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The place of a note; ``number`` is its place in ``Outline.notes``, counted from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by the name of its part in the file; its bytes are asked of the file when needed."""

    name: str
    alt: str = ""
    is_decorative: bool = False
    #: What the bytes are, as ``png``; empty where no browser shows them (EMF, WMF, damaged).
    format: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Equation:
    """A formula: MathML for who can show it, and its characters in a row for who cannot."""

    mathml: str
    text: str


Inline: TypeAlias = Text | LineBreak | Anchor | NoteMark | Picture | Equation


class Role(StrEnum):
    """What a paragraph is in the text."""

    BODY = "body"
    TITLE = "title"
    SUBTITLE = "subtitle"
    CAPTION = "caption"


@dataclass(slots=True)
class Paragraph:
    content: list[Inline]
    role: Role = Role.BODY
    direction: Direction = ""
    #: The level of the heading that these words look like; 0 where they look like a paragraph.
    suggested_level: int = 0


@dataclass(slots=True)
class Heading:
    #: 1 to 9, as the writer numbered them.
    level: int
    content: list[Inline]
    #: The number that the program printed before it, as ``2.1.``; it is not part of the content.
    label: str = ""
    direction: Direction = ""


@dataclass(slots=True)
class Item:
    """One item of a list: mostly one paragraph, then perhaps lists inside it."""

    blocks: list[Block]
    #: What the program printed before it where that is more than a number or a dot, as ``§ 3.``
    label: str = ""
    #: By which it is known again when the file comes back; see ``Part``.
    name: str = ""


@dataclass(slots=True)
class ItemList:
    ordered: bool
    items: list[Item]
    start: int = 1


@dataclass(slots=True)
class Cell:
    blocks: list[Block]
    column_span: int = 1
    row_span: int = 1


@dataclass(slots=True)
class Row:
    cells: list[Cell]


@dataclass(slots=True)
class Table:
    """Rows of cells; a cell that reaches over several rows stands in the first of them only."""

    rows: list[Row]
    header_rows: int = 0
    #: Whether the look marks the first row although nothing says that it is a heading.
    seems_to_have_header: bool = False
    #: What the writer said about the table for those who do not see it.
    description: str = ""
    #: Its place among the tables of the text, counted from 1.
    number: int = 0


@dataclass(slots=True)
class Quote:
    blocks: list[Block]


@dataclass(slots=True)
class Aside:
    """Words in a box of their own, at the place where they are read."""

    blocks: list[Block]


@dataclass(slots=True)
class Part:
    """Blocks with a name by which they are known again when the file comes back; only those who ask for it see any."""

    name: str
    blocks: list[Block]


Block: TypeAlias = Paragraph | Heading | ItemList | Table | Quote | Aside | Part


@dataclass(slots=True)
class Note:
    """A footnote or an endnote."""

    blocks: list[Block]


class Notice(StrEnum):
    """What a reader of files tells about something it left out or changed."""

    DELETED = "deleted"
    INSERTED = "inserted"
    HIDDEN = "hidden"
    CONTENTS = "contents"
    TEXT_BOX = "text_box"
    HEADER_OR_FOOTER = "header_or_footer"
    LINK_REFUSED = "link_refused"
    LINK_WITHOUT_TARGET = "link_without_target"
    PICTURE_MISSING = "picture_missing"
    PICTURE_LINKED = "picture_linked"
    PICTURE_UNSHOWABLE = "picture_unshowable"
    PICTURE_WITHOUT_ALT = "picture_without_alt"
    DRAWING = "drawing"
    OBJECT = "object"
    EMBEDDED_FILE = "embedded_file"
    MACROS = "macros"
    READING_AID = "reading_aid"
    SLIDE_WITHOUT_TITLE = "slide_without_title"
    PICTURE_OF_TEXT = "picture_of_text"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file: its printed page where the file tells, the table's number, the words nearby."""

    page: int = 0
    table: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote at the margin, and the words it is about; never published."""

    author: str
    text: str
    about: str = ""


@dataclass(slots=True)
class Report:
    """What could not be taken as it was: how often, and where the first of each are."""

    counts: Counter[StrEnum] = field(default_factory=Counter)
    places: dict[StrEnum, list[Place]] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)
    #: Whether somebody has yet to accept or reject changes.
    has_tracked_changes: bool = False

    #: More places of one kind help nobody.
    PLACES_KEPT = 20

    def note(self, notice: StrEnum, place: Place | None = None) -> None:
        self.counts[notice] += 1
        if place is not None:
            known = self.places.setdefault(notice, [])
            if len(known) < self.PLACES_KEPT:
                known.append(place)


@dataclass(frozen=True, slots=True)
class Origin:
    """Which page, in which of its states, a file was made of; ``revision`` is 0 for a page without revisions."""

    page: int
    key: str
    language: str
    revision: int = 0


@dataclass(slots=True)
class Outline:
    """A whole text."""

    blocks: list[Block]
    notes: list[Note] = field(default_factory=list)
    #: The language most of it is in, as ``pl`` or ``pt-BR``; empty where the file does not tell.
    language: str = ""
    #: What the file says about itself: ``title``, ``author``, ``description``.
    properties: dict[str, str] = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    origin: Origin | None = None

    @property
    def title(self) -> str:
        """The words set as the title, else those that the file's properties give."""
        shown = next(self._of_role(Role.TITLE), "")
        return shown or self.properties.get("title", "")

    @property
    def lead(self) -> str:
        """The words set as the subtitle, or an empty string."""
        return " ".join(self._of_role(Role.SUBTITLE))

    def _of_role(self, role: Role) -> Iterator[str]:
        for block in self.blocks:
            if isinstance(block, Paragraph) and block.role is role and (words := plain(block.content)):
                yield words


def plain(content: Iterable[Inline]) -> str:
    """Return the words of inline content in one line."""
    parts = []
    for piece in content:
        if isinstance(piece, Text):
            parts.append(piece.text)
        elif isinstance(piece, LineBreak):
            parts.append(" ")
        elif isinstance(piece, Equation):
            parts.append(f" {piece.text} ")
    return " ".join("".join(parts).split())


def by_link(
    content: Iterable[Inline], link_of: Callable[[Inline], Link | None]
) -> Iterator[tuple[Link | None, list[Inline]]]:
    """Yield the pieces that lead to one place together; a new line between two of them belongs to their link."""
    pieces = list(content)
    links = [link_of(piece) for piece in pieces]
    following: Link | None = None
    after: list[Link | None] = []
    for piece, link in zip(reversed(pieces), reversed(links), strict=True):
        after.append(following)
        if not isinstance(piece, (LineBreak, Anchor)):
            following = link
    after.reverse()
    for place, piece in enumerate(pieces):
        if place and isinstance(piece, (LineBreak, Anchor)) and links[place - 1] is after[place]:
            links[place] = after[place]
    for link, found in groupby(zip(links, pieces, strict=True), key=itemgetter(0)):
        yield link, [piece for _, piece in found]


def inside(block: Block) -> list[list[Block]]:
    """Return the lists of blocks that stand directly inside a block."""
    if isinstance(block, ItemList):
        return [item.blocks for item in block.items]
    if isinstance(block, Table):
        return [cell.blocks for row in block.rows for cell in row.cells]
    if isinstance(block, (Quote, Aside, Part)):
        return [block.blocks]
    return []


def every_block(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks and all blocks inside them, in reading order."""
    for block in blocks:
        yield block
        for inner in inside(block):
            yield from every_block(inner)


def every_inline(blocks: Iterable[Block]) -> Iterator[Inline]:
    """Yield all inline content of the blocks, in reading order."""
    for block in every_block(blocks):
        if isinstance(block, (Paragraph, Heading)):
            yield from block.content


def with_marks_as(blocks: list[Block], made_of: Callable[[NoteMark], Inline]) -> list[Block]:
    """Return copies of the blocks with, for each mark of a note, what ``made_of`` makes of it."""
    made = copy.deepcopy(blocks)
    for block in every_block(made):
        if isinstance(block, (Paragraph, Heading)):
            block.content = [made_of(piece) if isinstance(piece, NoteMark) else piece for piece in block.content]
    return made


def pictures(outline: Outline) -> list[Picture]:
    """Return every picture of a text, those in its notes last."""
    everywhere = [outline.blocks, *(note.blocks for note in outline.notes)]
    return [piece for blocks in everywhere for piece in every_inline(blocks) if isinstance(piece, Picture)]


class ReadFile(Protocol):
    """What an importer makes of a file: its outline, and its pictures when they are asked for."""

    outline: Outline

    def picture(self, name: str) -> bytes | None:
        """Return the bytes of a picture of the outline by its name; None where they cannot be had."""
