"""Paragraphs, lists, tables, pictures and notes of an outline as WordprocessingML."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx.document import Document as WordDocument
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Emu

from pages.interchange.outline import (
    Anchor,
    Aside,
    Block,
    Cell,
    Equation,
    Heading,
    Inline,
    Item,
    ItemList,
    LineBreak,
    Link,
    NoteMark,
    Outline,
    Paragraph,
    Part,
    Picture,
    Quote,
    Role,
    Row,
    Table,
    Text,
    by_link,
    plain,
)
from pages.interchange.progress import counted
from pages.plain_text import without_control_characters

from ..marks import PREFIX
from .elements import element, field, flag, valued, words
from .languages import begins_right_to_left, likely_language, runs_right_to_left, word_language
from .lists import STEP, Numbering
from .notes import NotesPart
from .template import CALLOUT, LEVELS

STYLES = {Role.TITLE: "Title", Role.SUBTITLE: "Subtitle", Role.CAPTION: "Caption"}
DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)
#: What python-docx raises for a file that it does not know.
UNREADABLE = (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError)
PIXELS_PER_INCH = 96
FULL_WIDTH = 5000  # fiftieths of a per cent (ISO/IEC 29500-1, 17.18.90)


class Writer:
    """Writes one outline into an empty document."""

    def __init__(self, document: WordDocument, outline: Outline, read_picture: Callable[[str], bytes | None]):
        self.document = document
        self.outline = outline
        self.read_picture = read_picture
        self.language = outline.language or "en"
        self.is_mirrored = runs_right_to_left(self.language)
        self.numbering = Numbering(document)
        self.styles = {style.name: style.style_id for style in document.styles}
        self.notes = NotesPart(document, self.styles)
        self.part: Any = document.part
        self.pictures = 0
        self.anchors: dict[str, int] = {}
        self.bookmarks = 0
        section = document.sections[0]
        self.text_width = Emu(section.page_width - section.left_margin - section.right_margin)
        self.text_height = Emu(section.page_height - section.top_margin - section.bottom_margin)

    def write(self) -> None:
        """Write every block of the outline, then its notes."""
        end = self.document.element.body.find(qn("w:sectPr"))
        for made in self.blocks(self.outline.blocks):
            end.addprevious(made)
        if end.getprevious() is None or end.getprevious().tag == qn("w:tbl"):
            # A text ends with a paragraph.
            end.addprevious(element("w:p"))
        if self.is_mirrored:
            self._mirror(end)
        self._write_notes()

    def add_frame(self, header: str, *, is_numbered: bool = True) -> None:
        """Put a line on top of each page, and the page's number at its end if it is wanted."""
        section = self.document.sections[0]
        top, bottom = section.header.paragraphs[0], section.footer.paragraphs[0]
        # A template may call them by other ids than python-docx does.
        top.style, bottom.style = self.document.styles["Header"], self.document.styles["Footer"]
        if header:
            top._p.extend(self._runs([Text(header)], self.language))
        if is_numbered:
            self._add_numbers(bottom)
        if self.is_mirrored:
            for paragraph in (top, bottom):
                paragraph._p.get_or_add_pPr().append(element("w:bidi"))

    @staticmethod
    def _add_numbers(bottom: Any) -> None:
        before, _middle, after = _("Page %(page)s of %(pages)s").partition("%(page)s")
        between, _middle, rest = after.partition("%(pages)s")
        for piece in (before, "PAGE", between, "NUMPAGES", rest):
            if piece in {"PAGE", "NUMPAGES"}:
                bottom._p.extend(field(piece, "1"))
            elif piece:
                bottom._p.append(element("w:r", words(piece)))

    @staticmethod
    def _mirror(section: Any) -> None:
        grid = section.find(qn("w:docGrid"))
        if grid is None:
            section.append(element("w:bidi"))
        else:
            grid.addprevious(element("w:bidi"))

    def _write_notes(self) -> None:
        if not self.outline.notes:
            return
        self.part = self.notes.part
        for note in self.outline.notes:
            self.notes.add(self.blocks(note.blocks, style="footnote text"))
        self.notes.finish()

    # --- blocks ---------------------------------------------------------------------------------

    def blocks(self, blocks: list[Block], style: str = "", level: int = 0, indent: int = 0) -> list[Any]:
        """Return the elements of blocks; ``level`` is that of a list among them, ``indent`` in twips."""
        made: list[Any] = []
        for block in counted(blocks):
            match block:
                case Paragraph():
                    # A caption stands before its table and after its picture.
                    made.append(
                        self._paragraph(block.content, STYLES.get(block.role, style), block.direction, indent=indent)
                    )
                case Heading():
                    content = [Text(f"{block.label} "), *block.content] if block.label else block.content
                    made.append(self._paragraph(content, f"Heading {min(block.level, 6)}", block.direction))
                case ItemList():
                    made += self._list(block, level, style)
                case Table():
                    made += self._table(block, made)
                case Quote():
                    made += self.blocks(block.blocks, "Quote", level)
                case Aside():
                    made += self.blocks(block.blocks, CALLOUT, level)
                case Part():
                    inner = self._part(block.name, self.blocks(block.blocks, style, level, indent))
                    made += [*_apart(made), *inner] if inner and inner[0].tag == qn("w:tbl") else inner
        return made

    def _paragraph(
        self, content: list[Inline], style: str, direction: str = "", numbering: Any = None, indent: int = 0
    ) -> Any:
        text = plain(content)
        mirrored = direction == "rtl" if direction else begins_right_to_left(text)
        properties = [
            valued("w:pStyle", self.styles.get(style)),
            flag("w:keepNext", bool(text) and isinstance(content[0], Picture)),
            numbering,
            flag("w:bidi", self.is_mirrored if mirrored is None else mirrored),
            element("w:ind", left=indent) if indent else None,
        ]
        made = element("w:p")
        if any(found is not None for found in properties):
            made.append(element("w:pPr", *properties))
        made.extend(self._runs(content, self.language))
        return made

    def _list(self, block: ItemList, level: int, style: str) -> list[Any]:
        level = min(level, LEVELS - 1)
        number = self.numbering.begin(block.ordered, level, block.start)
        return [made for item in block.items for made in self._part(item.name, self._item(item, number, level, style))]

    def _item(self, item: Item, number: int, level: int, style: str) -> list[Any]:
        place = element("w:numPr", element("w:ilvl", val=level), element("w:numId", val=number))
        inner = list(item.blocks)
        first = inner.pop(0) if inner and isinstance(inner[0], Paragraph) else Paragraph([])
        style = style or "List Paragraph"
        label: list[Inline] = [Text(f"{item.label} ")] if item.label else []
        return [
            self._paragraph([*label, *first.content], style, first.direction, place),
            *self.blocks(inner, style, level + 1, indent=STEP.twips * (level + 1)),
        ]

    # --- tables ---------------------------------------------------------------------------------

    def _table(self, table: Table, before: list[Any]) -> list[Any]:
        grid = _grid(table)
        columns = max((sum(span for _cell, span, _goes_on in row) for row in grid), default=0)
        if not columns:
            return []
        look = element("w:tblLook", val="04A0", firstRow=1 if table.header_rows else 0, lastRow=0, firstColumn=0,
                       lastColumn=0, noHBand=1, noVBand=1)  # fmt: skip
        properties = element(
            "w:tblPr",
            valued("w:tblStyle", self.styles["Table Grid"]),
            flag("w:bidiVisual", self.is_mirrored),
            element("w:tblW", w=FULL_WIDTH, type="pct"),
            look,
            valued("w:tblCaption", table.description),
        )
        width = self.text_width.twips // columns
        made = element(
            "w:tbl", properties, element("w:tblGrid", *(element("w:gridCol", w=width) for _n in range(columns)))
        )
        for number, row in enumerate(grid):
            is_header = number < table.header_rows
            marks = element("w:trPr", element("w:cantSplit"), flag("w:tblHeader", is_header))
            made.append(element("w:tr", marks, *(self._cell(*cell, width) for cell in row)))
        return [*_apart(before), made]

    def _cell(self, cell: Cell | None, span: int, goes_on: str, width: int) -> Any:
        properties = element(
            "w:tcPr",
            element("w:tcW", w=width * span, type="dxa"),
            element("w:gridSpan", val=span) if span > 1 else None,
            element("w:vMerge", val=goes_on) if goes_on else None,
        )
        inside = self.blocks(cell.blocks) if cell else []
        if not inside or inside[-1].tag != qn("w:p"):
            # A cell ends with a paragraph (ISO/IEC 29500-1, 17.4.66).
            inside.append(element("w:p"))
        return element("w:tc", properties, *inside)

    # --- lines ----------------------------------------------------------------------------------

    def _runs(self, content: list[Inline], language: str) -> list[Any]:
        made: list[Any] = []
        for link, pieces in by_link(content, lambda piece: getattr(piece, "link", None)):
            runs = [run for piece in pieces for run in self._inline(piece, language)]
            made += [self._link(link, runs)] if link else runs
        return made

    def _link(self, link: Link, runs: list[Any]) -> Any:
        made = element("w:hyperlink", *runs, history=1)
        if link.is_internal:
            made.set(qn("w:anchor"), _bookmark(link.address[1:]))
        else:
            made.set(qn("r:id"), self.part.relate_to(link.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        return made

    def _inline(self, piece: Inline, language: str) -> list[Any]:
        match piece:
            case Text():
                return self._text(piece, language)
            case LineBreak():
                return [element("w:r", element("w:br"))]
            case Anchor():
                return self._anchor(piece)
            case NoteMark():
                return [self.notes.mark(piece.number)]
            case Picture():
                return self._picture(piece, language)
            case Equation():
                return self._text(Text(piece.text), language)

    def _text(self, piece: Text, language: str) -> list[Any]:
        text = without_control_characters(piece.text)
        if not text:
            return []
        said = piece.language or likely_language(text, language)
        mirrored = bool(begins_right_to_left(text))
        code = word_language(said)
        properties = [
            valued("w:rStyle", self.styles["Hyperlink"] if piece.link else ""),
            *((element("w:b"), element("w:bCs")) if piece.bold else ()),
            *((element("w:i"), element("w:iCs")) if piece.italic else ()),
            flag("w:strike", piece.strike),
            element("w:u", val="single") if piece.underline else None,
            valued("w:vertAlign", "superscript" if piece.superscript else "subscript" if piece.subscript else ""),
            flag("w:rtl", mirrored),
            element("w:lang", **{"bidi" if mirrored else "val": code}) if said != self.language else None,
        ]
        run = element("w:r")
        if any(found is not None for found in properties):
            run.append(element("w:rPr", *properties))
        run.append(words(text))
        return [run]

    def _anchor(self, anchor: Anchor) -> list[Any]:
        if anchor.name in self.anchors:
            return []
        self.anchors[anchor.name] = self.bookmarks + 1
        return self._place(_bookmark(anchor.name))

    def _place(self, name: str) -> list[Any]:
        self.bookmarks += 1
        start = element("w:bookmarkStart", id=self.bookmarks, name=name)
        return [start, element("w:bookmarkEnd", id=self.bookmarks)]

    # --- parts of a page ------------------------------------------------------------------------

    def _part(self, name: str, made: list[Any]) -> list[Any]:
        """Return elements marked as one part of a page, if it has a name (see ``marks.py``)."""
        paragraphs = [paragraph for found in made for paragraph in found.iter(qn("w:p"))]
        if not name or not paragraphs:
            return made
        start, end = self._place(f"{PREFIX}{name}")
        first = paragraphs[0]
        first.insert(0 if first.find(qn("w:pPr")) is None else 1, start)
        # A bookmark that ends in another cell than it begins in would be one of columns.
        (first if made[0].tag == qn("w:tbl") else paragraphs[-1]).append(end)
        return made

    def _picture(self, picture: Picture, language: str) -> list[Any]:
        file = self.read_picture(picture.name) if self.part is self.document.part else None
        shown = self._drawing(file) if file else None
        if shown is None:
            return self._text(Text(f"[{picture.alt}]"), language) if picture.alt else []
        self.pictures += 1
        described = shown.find(qn("wp:docPr"))
        described.set("id", str(self.pictures))
        described.set("name", f"{_('Picture')} {self.pictures}")
        if picture.is_decorative:
            described.append(parse_xml(DECORATIVE))
        else:
            described.set("descr", picture.alt)
        return [element("w:r", element("w:drawing", shown))]

    def _drawing(self, file: bytes) -> Any | None:
        try:
            _id, image = self.part.get_or_add_image(BytesIO(file))
        except UNREADABLE:
            return None
        width, height = (Emu(round(pixels * 914_400 / PIXELS_PER_INCH)) for pixels in (image.px_width, image.px_height))
        scale = min(1, self.text_width / width, self.text_height / 2 / height)
        return self.part.new_pic_inline(BytesIO(file), Emu(int(width * scale)), Emu(int(height * scale)))


def _apart(before: list[Any]) -> list[Any]:
    """Return an empty paragraph after a table, for Word joins tables that touch."""
    return [element("w:p")] if before and before[-1].tag == qn("w:tbl") else []


def _bookmark(name: str) -> str:
    """Return a name that Word takes: letters, digits, underscores, 40 characters at most."""
    return "_" + "".join(letter if letter.isalnum() else "_" for letter in name)[:39]


def _grid(table: Table) -> list[list[tuple[Cell | None, int, str]]]:
    """Return for each row its cells with their columns and whether they begin or go on downwards."""
    reaching: dict[int, tuple[int, int]] = {}
    grid = []
    for row in table.rows:
        grid.append(_row(row, reaching))
    return grid


def _row(row: Row, reaching: dict[int, tuple[int, int]]) -> list[tuple[Cell | None, int, str]]:
    """Return one row; ``reaching`` tells by its column how many rows and columns a cell from above still takes."""
    made: list[tuple[Cell | None, int, str]] = []
    column, cells = 0, list(row.cells)
    while cells or any(place >= column for place in reaching):
        if column in reaching:
            rows, span = reaching.pop(column)
            made.append((None, span, "continue"))
            if rows > 1:
                reaching[column] = (rows - 1, span)
        elif cells:
            cell = cells.pop(0)
            span = max(1, cell.column_span)
            made.append((cell, span, "restart" if cell.row_span > 1 else ""))
            if cell.row_span > 1:
                reaching[column] = (cell.row_span - 1, span)
        else:
            span = 1
            made.append((None, 1, ""))
        column += span
        if not cells and not any(place >= column for place in reaching):
            break
    return made
