"""An outline as plain accessible HTML: one writer for the preview, for readers and for the measurements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape

from pages.interchange.outline import (
    Anchor,
    Aside,
    Block,
    Equation,
    Heading,
    Inline,
    ItemList,
    LineBreak,
    Link,
    NoteMark,
    Outline,
    Paragraph,
    Picture,
    Quote,
    Role,
    Row,
    Table,
    Text,
    by_link,
)

#: From a picture to its address; empty where it cannot be shown, then its words stand in its place.
PictureUrl = Callable[[Picture], str]

_MARKS = (
    ("bold", "strong"),
    ("italic", "em"),
    ("underline", "u"),
    ("strike", "s"),
    ("superscript", "sup"),
    ("subscript", "sub"),
)


def part_name(picture: Picture) -> str:
    """Return the name of a picture inside its file: enough where nobody looks at it."""
    return picture.name


def document(outline: Outline, *, heading_offset: int = 0, picture_url: PictureUrl = part_name) -> str:
    """Return a whole HTML document; headings go down by ``heading_offset`` levels."""
    language = f' lang="{escape(outline.language)}"' if outline.language else ""
    body = Writer(outline, heading_offset=heading_offset, picture_url=picture_url).body()
    title = escape(outline.title)
    return f'<!doctype html><html{language}><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'


class Writer:
    """Writes the blocks of one outline; addresses inside it begin with ``prefix``.

    What has a name without an underscore may be written otherwise by who derives from it.
    """

    def __init__(
        self,
        outline: Outline,
        *,
        heading_offset: int = 0,
        picture_url: PictureUrl = part_name,
        prefix: str = "",
    ):
        self._outline = outline
        self._offset = heading_offset
        self._picture_url = picture_url
        self._prefix = prefix
        self._has_title = False

    def body(self) -> str:
        return self.blocks(self._outline.blocks) + self.notes()

    def blocks(self, blocks: list[Block]) -> str:
        parts = []
        place = 0
        while place < len(blocks):
            block = blocks[place]
            after = blocks[place + 1] if place + 1 < len(blocks) else None
            if _is_picture_only(block) and _is_caption(after):
                parts.append(f"<figure>{self._block(block)}<figcaption>{self._block(after)}</figcaption></figure>")
                place += 1
            else:
                parts.append(self._block(block))
            place += 1
        return "".join(parts)

    def _block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return self.paragraph(block)
        if isinstance(block, Heading):
            return self.heading(block)
        if isinstance(block, ItemList):
            return self.item_list(block)
        if isinstance(block, Table):
            return self.table(block)
        if isinstance(block, Quote):
            return f"<blockquote>{self.blocks(block.blocks)}</blockquote>"
        return self.aside(block) if isinstance(block, Aside) else ""

    def aside(self, aside: Aside) -> str:
        return f"<aside>{self.blocks(aside.blocks)}</aside>"

    def paragraph(self, paragraph: Paragraph) -> str:
        whole = paragraph.role in (Role.TITLE, Role.SUBTITLE)
        inner = self.inline(_without_marks_of_all(paragraph.content) if whole else paragraph.content)
        if paragraph.role is Role.TITLE and not self._has_title:
            self._has_title = True
            level = 1 + self._offset
            return f'<h{level} class="title"{_dir(paragraph)}>{inner}</h{level}>'
        name = f' class="{paragraph.role}"' if whole else ""
        return f"<p{name}{_dir(paragraph)}>{inner}</p>"

    def heading(self, heading: Heading) -> str:
        level = heading.level + self._offset
        label = f' data-number="{escape(heading.label)}"' if heading.label else ""
        inner = self.inline(_without_marks_of_all(heading.content))
        if level <= 6:
            return f"<h{level}{label}{_dir(heading)}>{inner}</h{level}>"
        return f'<p class="heading" role="heading" aria-level="{level}"{label}{_dir(heading)}>{inner}</p>'

    def item_list(self, block: ItemList) -> str:
        tag = "ol" if block.ordered else "ul"
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        items = "".join(f"<li>{self.item(item.blocks)}</li>" for item in block.items)
        return f"<{tag}{start}>{items}</{tag}>"

    def item(self, blocks: list[Block]) -> str:
        first = blocks[0] if blocks else None
        if isinstance(first, Paragraph) and not first.direction:
            return self.inline(first.content) + self.blocks(blocks[1:])
        return self.blocks(blocks)

    def table(self, table: Table) -> str:
        label = f' aria-label="{escape(table.description)}"' if table.description else ""
        head = "".join(self.row(row, "th") for row in table.rows[: table.header_rows])
        rows = "".join(self.row(row, "td") for row in table.rows[table.header_rows :])
        return f"<table{label}>{f'<thead>{head}</thead>' if head else ''}<tbody>{rows}</tbody></table>"

    def row(self, row: Row, tag: str) -> str:
        cells = []
        for cell in row.cells:
            spans = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
            spans += f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
            scope = ' scope="col"' if tag == "th" and cell.blocks else ""
            # An empty heading names nothing; screen readers would say "column blank".
            own = tag if cell.blocks else "td"
            cells.append(f"<{own}{scope}{spans}>{self.blocks(cell.blocks)}</{own}>")
        return f"<tr>{''.join(cells)}</tr>"

    # ---- inside a paragraph

    def inline(self, content: list[Inline]) -> str:
        """Return inline content, with pieces of one link inside one ``a``."""
        parts = []
        for link, pieces in by_link(content, self._link_of):
            words = "".join(map(self._piece, pieces))
            parts.append(f'<a href="{escape(self.address(link))}">{words}</a>' if link else words)
        return "".join(parts)

    def _link_of(self, piece: Inline) -> Link | None:
        link = piece.link if isinstance(piece, (Text, Picture)) else None
        return link if link and self.address(link) else None

    def address(self, link: Link) -> str:
        """Return where a link leads; empty where only its words are to stand."""
        return f"#{self._prefix}{_name(link.address[1:])}" if link.is_internal else link.address

    def _piece(self, piece: Inline) -> str:
        if isinstance(piece, Text):
            return _marked(piece)
        if isinstance(piece, LineBreak):
            return "<br>"
        if isinstance(piece, Anchor):
            return f'<span id="{self._prefix}{escape(_name(piece.name))}"></span>'
        if isinstance(piece, NoteMark):
            n, p = piece.number, self._prefix
            return f'<sup><a href="#{p}note-{n}" id="{p}to-note-{n}" role="doc-noteref">{n}</a></sup>'
        if isinstance(piece, Picture):
            return self.picture(piece)
        return piece.mathml if isinstance(piece, Equation) else ""

    def picture(self, picture: Picture) -> str:
        address = self._picture_url(picture)
        return f'<img src="{escape(address)}" alt="{escape(picture.alt)}">' if address else escape(picture.alt)

    def notes(self) -> str:
        if not self._outline.notes:
            return ""
        items = []
        for n, note in enumerate(self._outline.notes, 1):
            p = self._prefix
            items.append(f'<li id="{p}note-{n}">{self.blocks(note.blocks)}<p>{self.way_back(n)}</p></li>')
        return f'<section role="doc-endnotes">{self.notes_heading()}<ol>{"".join(items)}</ol></section>'

    def notes_heading(self) -> str:
        return ""

    def way_back(self, number: int) -> str:
        """Return the link from a note to its place in the text."""
        return f'<a href="#{self._prefix}to-note-{number}" role="doc-backlink">↩</a>'


def _name(name: str) -> str:
    """Return an anchor's name that cannot be taken for that of a note; spaces may not stand in an id."""
    return "at-" + "-".join(name.split())


def _marked(piece: Text) -> str:
    words = escape(piece.text, quote=False)
    if not piece.text.strip():
        return words
    for mark, tag in _MARKS:
        if getattr(piece, mark):
            words = f"<{tag}>{words}</{tag}>"
    if piece.direction and piece.overrides_direction:
        words = f'<bdo dir="{piece.direction}">{words}</bdo>'
    language = f' lang="{escape(piece.language)}"' if piece.language else ""
    direction = f' dir="{piece.direction}"' if piece.direction and not piece.overrides_direction else ""
    return f"<span{language}{direction}>{words}</span>" if language or direction else words


def _without_marks_of_all(content: list[Inline]) -> list[Inline]:
    """Return the content of a heading without bold or italic that all of it has: that is its look, no emphasis."""
    words = [piece for piece in content if isinstance(piece, Text) and piece.text.strip()]
    gone = {mark: False for mark in ("bold", "italic") if words and all(getattr(piece, mark) for piece in words)}
    return [replace(piece, **gone) if gone and isinstance(piece, Text) else piece for piece in content]


def _dir(block: Paragraph | Heading) -> str:
    return f' dir="{block.direction}"' if block.direction else ""


def _is_picture_only(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    shown = [piece for piece in block.content if not isinstance(piece, Anchor)]
    return (
        bool(shown)
        and all(isinstance(piece, Picture) or (isinstance(piece, Text) and not piece.text.strip()) for piece in shown)
        and any(isinstance(piece, Picture) for piece in shown)
    )


def _is_caption(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.role is Role.CAPTION
