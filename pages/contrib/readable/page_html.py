"""The text of a file as part of a page: headings without gaps, tables that scroll, pictures that say what they show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _

from pages.interchange.addresses import is_beside_the_file
from pages.interchange.html import Writer
from pages.interchange.outline import (
    Aside,
    Block,
    Heading,
    Item,
    ItemList,
    Link,
    Outline,
    Paragraph,
    Picture,
    Role,
    Row,
    Table,
    every_block,
    plain,
)

PREFIX = "text-"
HIGHEST, LOWEST = 2, 6


@dataclass(frozen=True)
class Shown:
    """A picture that readers get: where it is, and its size."""

    address: str
    width: int
    height: int


@dataclass(frozen=True)
class Section:
    """A heading of the text and its place in the page."""

    level: int
    id: str
    words: str


class PageWriter(Writer):
    """Writes the text below the title of a page; knows its sections afterwards."""

    def __init__(self, outline: Outline, *, title: str, shown: Callable[[Picture], Shown | None]):
        super().__init__(outline, prefix=PREFIX)
        self._title = _folded(title)
        self._shown = shown
        self._levels = _levels(outline.blocks)
        self._in_header = False
        self.sections: list[Section] = []

    def paragraph(self, paragraph: Paragraph) -> str:
        if paragraph.role is Role.TITLE:
            words = plain(paragraph.content)
            # The page has this title already.
            return "" if not words or _folded(words) == self._title else self._section(HIGHEST, paragraph, words)
        return super().paragraph(paragraph)

    def heading(self, heading: Heading) -> str:
        words = plain(heading.content)
        level = self._levels.get(id(heading))
        if level is None or self._in_header or not words:
            return f"<p>{self.inline(heading.content)}</p>" if heading.content else ""
        return self._section(level, heading, words, heading.label)

    def _section(self, level: int, block: Paragraph | Heading, words: str, label: str = "") -> str:
        section = Section(level, f"{PREFIX}section-{len(self.sections) + 1}", f"{label} {words}".strip())
        self.sections.append(section)
        direction = f' dir="{block.direction}"' if block.direction else ""
        inner = f"{escape(label)} " if label else ""
        inner += self.inline(block.content)
        return f'<h{level} id="{section.id}"{direction}>{inner}</h{level}>'

    def item_list(self, block: ItemList) -> str:
        if not any(item.label for item in block.items):
            return super().item_list(block)
        items = "".join(f"<li>{self._labelled(item)}</li>" for item in block.items)
        return f'<ul class="labelled">{items}</ul>'

    def _labelled(self, item: Item) -> str:
        return f"{escape(item.label)} {self.item(item.blocks)}" if item.label else self.item(item.blocks)

    def table(self, table: Table) -> str:
        if len(table.rows) == 1 and len(table.rows[0].cells) == 1:
            # A frame around some text, and no table to whoever hears it.
            return f'<div class="boxed">{self.blocks(table.rows[0].cells[0].blocks)}</div>'
        name = escape(table.description or _("Table %(number)s") % {"number": table.number})
        if not table.header_rows and table.seems_to_have_header:
            table = Table(table.rows, 1, description=table.description, number=table.number)
        return f'<div class="table-wrap" role="region" aria-label="{name}" tabindex="0">{super().table(table)}</div>'

    def row(self, row: Row, tag: str) -> str:
        self._in_header = tag == "th"
        written = super().row(row, tag)
        self._in_header = False
        return written

    def aside(self, aside: Aside) -> str:
        return f'<div class="boxed">{self.blocks(aside.blocks)}</div>'

    def address(self, link: Link) -> str:
        # What lay beside the file on its writer's computer is not here.
        return "" if not link.is_internal and is_beside_the_file(link.address) else super().address(link)

    def picture(self, picture: Picture) -> str:
        alt = "" if picture.is_decorative else picture.alt or _("Picture without a description")
        shown = self._shown(picture)
        if shown is None:
            return f"[{escape(_('Picture'))}: {escape(picture.alt)}]" if picture.alt else ""
        return (
            f'<img src="{escape(shown.address)}" alt="{escape(alt)}" width="{shown.width}" height="{shown.height}" '
            'loading="lazy">'
        )

    def notes_heading(self) -> str:
        return f'<h2 id="{PREFIX}notes">{escape(_("Notes"))}</h2>'

    def way_back(self, number: int) -> str:
        words = escape(_("Back to the place of note %(number)s") % {"number": number})
        return f'<a href="#{PREFIX}to-note-{number}" role="doc-backlink" aria-label="{words}">↩</a>'


def search_lines(outline: Outline) -> Iterator[str]:
    """Yield the words of a text as they are searched: paragraphs, cells, notes and what pictures say."""
    for blocks in (outline.blocks, *(note.blocks for note in outline.notes)):
        for block in every_block(blocks):
            if isinstance(block, Paragraph):
                yield plain(block.content)
                yield from (piece.alt for piece in block.content if isinstance(piece, Picture))


def _levels(blocks: list[Block]) -> dict[int, int]:
    """Return a level for each heading, by its identity: nothing skipped, whatever the writer chose."""
    found: dict[int, int] = {}
    above: list[int] = []
    for block in every_block(blocks):
        if isinstance(block, Heading) and plain(block.content):
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
            found[id(block)] = min(HIGHEST + len(above) - 1, LOWEST)
    return found


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold().rstrip(".")
