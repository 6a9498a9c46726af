"""From a presentation (.pptx) to an outline: each slide is a heading and what stands on it, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from pages.interchange.addresses import allowed
from pages.interchange.diagrams import diagram
from pages.interchange.office_file import OfficeFile
from pages.interchange.outline import (
    Block,
    Cell,
    Heading,
    Inline,
    Item,
    ItemList,
    LineBreak,
    Link,
    Notice,
    Outline,
    Paragraph,
    Picture,
    Row,
    Table,
    Text,
    every_block,
    every_inline,
    plain,
)
from pages.interchange.package import Package, Reason, Refused, Relation

from .collecting import Collecting, number

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_USUAL_PLACE = "ppt/presentation.xml"
#: A slide with fewer words and a picture is a picture of a slide.
_FEW_WORDS = 5
_TITLES = ("title", "ctrTitle")
#: What the program prints on every slide.
_AROUND = ("dt", "ftr", "sldNum", "hdr")
_ON = ("1", "true")


def open_file(content: bytes, **choices: Any) -> OfficeFile:
    """Read a .pptx; raises ``Refused`` with a reason, and nothing else."""
    package = Package(content)
    try:
        return OfficeFile(_outline(package), package)
    except RecursionError as error:
        raise Refused(Reason.TOO_DEEP) from error


def _outline(package: Package) -> Outline:
    main = next((r.target for r in _inner(package.relations("")) if r.kind == "officeDocument"), _USUAL_PLACE)
    root = package.xml(main)
    if root is None or root.tag != P + "presentation":
        raise Refused(Reason.NO_TEXT)
    relations = package.relations(main)
    seen = Collecting(package)
    blocks: list[Block] = []
    for entry in root.iter(P + "sldId"):
        relation = relations.get(entry.get(R + "id", ""))
        slide = package.xml(relation.target) if relation and not relation.is_external else None
        if slide is not None and slide.get("show") not in ("0", "false"):
            seen.page += 1
            blocks += _Slide(slide, package.relations(relation.target), seen).blocks()
    if not blocks:
        raise Refused(Reason.NO_TEXT)
    return Outline(blocks, language=seen.language, properties=_properties(package), report=seen.report)


def _inner(relations: dict[str, Relation]) -> Iterator[Relation]:
    return (relation for relation in relations.values() if not relation.is_external)


def _properties(package: Package) -> dict[str, str]:
    name = next((r.target for r in _inner(package.relations("")) if r.kind == "core-properties"), "")
    root = package.xml(name) if name else None
    found = {}
    for element in root if root is not None else ():
        words = " ".join((element.text or "").split())
        if words and etree.QName(element).localname == "title":
            found["title"] = words[:500]
    return found


class _Slide:
    """One slide on its way into blocks."""

    def __init__(self, root: etree._Element, relations: dict[str, Relation], seen: Collecting):
        self._tree = root.find(f"{P}cSld/{P}spTree")
        self._relations = relations
        self._seen = seen
        self._title: list[Inline] = []

    def blocks(self) -> list[Block]:
        self._seen.heading = ""
        inner = list(self._of(self._tree)) if self._tree is not None else []
        title = self._title
        if not plain(title):
            self._seen.note(Notice.SLIDE_WITHOUT_TITLE)
            title = [Text(_("Slide %(number)s") % {"number": self._seen.page})]
        self._look_for_pictures_of_text(inner)
        return [Heading(1, title), *inner]

    def _look_for_pictures_of_text(self, inner: list[Block]) -> None:
        words = sum(len(plain(b.content).split()) for b in every_block(inner) if isinstance(b, Paragraph))
        shown = [piece for piece in every_inline(inner) if isinstance(piece, Picture)]
        if words < _FEW_WORDS and any(not picture.alt and not picture.is_decorative for picture in shown):
            self._seen.note(Notice.PICTURE_OF_TEXT, plain(self._title))

    def _of(self, parent: etree._Element) -> Iterator[Block]:
        for shape in parent:
            if _is_hidden(shape):
                self._seen.note(Notice.HIDDEN)
            elif shape.tag == P + "sp":
                yield from self._shape(shape)
            elif shape.tag == P + "grpSp":
                yield from self._of(shape)
            elif shape.tag == P + "pic":
                yield from self._picture(shape)
            elif shape.tag == P + "graphicFrame":
                yield from self._frame(shape)
            elif shape.tag == MC + "AlternateContent":
                yield from self._first_that_says_something(shape)

    def _first_that_says_something(self, alternatives: etree._Element) -> list[Block]:
        """Return what newer programs show, else what older ones do: a drawing by hand is a picture only there."""
        found = (list(self._of(branch)) for branch in alternatives.iterchildren(MC + "Choice", MC + "Fallback"))
        return next(filter(None, found), [])

    def _shape(self, shape: etree._Element) -> Iterator[Block]:
        place = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        kind = place.get("type", "obj") if place is not None else ""
        body = shape.find(P + "txBody")
        if body is None or kind in _AROUND:
            return
        if kind in _TITLES and not plain(self._title):
            self._title = _in_one_line([self._inline(p) for p in body.iter(A + "p")])
            self._seen.heading = plain(self._title)
        elif kind in ("body", "obj"):
            yield from self._listed(body)
        else:
            yield from self._paragraphs(body)

    def _paragraphs(self, body: etree._Element) -> Iterator[Block]:
        for paragraph in body.iter(A + "p"):
            content = self._inline(paragraph)
            if plain(content):
                yield Paragraph(content, direction=_direction(paragraph))

    def _listed(self, body: etree._Element) -> Iterator[Block]:
        """Yield the points of a slide; a single one without a level is a paragraph."""
        points = [(_level(p), _is_numbered(p), self._inline(p)) for p in body.iter(A + "p")]
        points = [point for point in points if plain(point[2])]
        if len(points) < 2:
            yield from (Paragraph(content) for _level_, _numbered, content in points)
        elif points:
            yield from _lists(points)

    def _picture(self, shape: etree._Element) -> Iterator[Block]:
        properties = shape.find(f"{P}nvPicPr/{P}cNvPr")
        blip = shape.find(f"{P}blipFill/{A}blip")
        relation = self._relations.get(blip.get(R + "embed", "")) if blip is not None else None
        if relation is None or relation.is_external or properties is None:
            return
        mark = next(properties.iter(DECORATIVE), None)
        decorative = mark is not None and mark.get("val") in _ON
        alt = " ".join(properties.get("descr", "").split())
        picture = self._seen.picture(relation.target, alt, decorative=decorative, link=self._link(properties))
        if picture:
            yield Paragraph([picture])

    def _frame(self, frame: etree._Element) -> Iterator[Block]:
        table = next(frame.iter(A + "tbl"), None)
        properties = frame.find(f"{P}nvGraphicFramePr/{P}cNvPr")
        described = " ".join(properties.get("descr", "").split()) if properties is not None else ""
        if table is not None:
            yield self._table(table, described)
            return
        words = self._diagram(frame)
        if words is None:
            self._seen.note(Notice.DRAWING, described)
        if described:
            yield Paragraph([Text(described)])
        if words is not None:
            yield words

    def _diagram(self, frame: etree._Element) -> ItemList | None:
        parts = next(frame.iter(DIAGRAM + "relIds"), None)
        relation = self._relations.get(parts.get(R + "dm", "")) if parts is not None else None
        model = self._seen.package.xml(relation.target) if relation and not relation.is_external else None
        return diagram(model, self._inline) if model is not None else None

    def _table(self, table: etree._Element, described: str) -> Table:
        look = table.find(A + "tblPr")
        has_header = look is not None and look.get("firstRow") in _ON
        rows = [
            Row([self._cell(cell) for cell in row.iterfind(A + "tc") if not _is_covered(cell)])
            for row in table.iterfind(A + "tr")
        ]
        return Table(rows, int(has_header), description=described, number=self._seen.next_table())

    def _cell(self, cell: etree._Element) -> Cell:
        return Cell(list(self._paragraphs(cell)), number(cell.get("gridSpan"), 1), number(cell.get("rowSpan"), 1))

    def _inline(self, paragraph: etree._Element) -> list[Inline]:
        content: list[Inline] = []
        for piece in paragraph:
            if piece.tag in (A + "r", A + "fld"):
                content.append(self._text(piece))
            elif piece.tag == A + "br":
                content.append(LineBreak())
            elif letters := "".join(letter.text or "" for letter in piece.iter(MATH + "t")):
                content.append(Text(f" {letters} "))
        return content

    def _text(self, run: etree._Element) -> Text:
        words = "".join(text.text or "" for text in run.iterfind(A + "t"))
        marks = run.find(A + "rPr")
        if marks is None:
            return Text(words)
        self._seen.hear(marks.get("lang", ""), words)
        raised = marks.get("baseline", "0")
        return Text(
            words,
            bold=marks.get("b") in _ON,
            italic=marks.get("i") in _ON,
            strike=marks.get("strike", "noStrike") != "noStrike",
            superscript=raised not in ("", "0") and not raised.startswith("-"),
            subscript=raised.startswith("-"),
            link=self._link(marks),
        )

    def _link(self, properties: etree._Element) -> Link | None:
        click = properties.find(A + "hlinkClick")
        relation = self._relations.get(click.get(R + "id", "")) if click is not None else None
        address = allowed(relation.target) if relation is not None and relation.is_external else ""
        return Link(address) if address else None


def _in_one_line(paragraphs: list[list[Inline]]) -> list[Inline]:
    line: list[Inline] = []
    for content in paragraphs:
        line += [Text(" "), *content] if line else content
    return [Text(" ") if isinstance(piece, LineBreak) else piece for piece in line]


def _lists(points: list[tuple[int, bool, list[Inline]]]) -> Iterator[ItemList]:
    """Yield lists with those of deeper levels inside their items."""
    top: list[ItemList] = []
    stack: list[tuple[int, ItemList]] = []
    for level, is_numbered, content in points:
        while stack and stack[-1][0] > level:
            stack.pop()
        same = stack[-1] if stack and stack[-1][0] == level else None
        if same is None or same[1].ordered != is_numbered:
            if same:
                stack.pop()
            made = ItemList(is_numbered, [])
            (stack[-1][1].items[-1].blocks if stack else top).append(made)
            stack.append((level, made))
        stack[-1][1].items.append(Item([Paragraph(content)]))
    yield from top


def _level(paragraph: etree._Element) -> int:
    properties = paragraph.find(A + "pPr")
    return number(properties.get("lvl"), 0, 9) if properties is not None else 0


def _is_numbered(paragraph: etree._Element) -> bool:
    return paragraph.find(f"{A}pPr/{A}buAutoNum") is not None


def _direction(paragraph: etree._Element) -> Any:
    properties = paragraph.find(A + "pPr")
    return "rtl" if properties is not None and properties.get("rtl") in _ON else ""


def _is_hidden(shape: etree._Element) -> bool:
    properties = shape.find(f"*/{P}cNvPr") if isinstance(shape.tag, str) else None
    return properties is not None and properties.get("hidden") in _ON


def _is_covered(cell: etree._Element) -> bool:
    return cell.get("hMerge") in _ON or cell.get("vMerge") in _ON
