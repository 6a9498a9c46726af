"""From an OpenDocument text (.odt), as LibreOffice writes it, to an outline."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from pages.interchange.addresses import allowed
from pages.interchange.office_file import OfficeFile
from pages.interchange.outline import (
    Anchor,
    Aside,
    Block,
    Cell,
    Heading,
    Inline,
    Item,
    ItemList,
    LineBreak,
    Link,
    Note,
    NoteMark,
    Notice,
    Outline,
    Paragraph,
    Role,
    Row,
    Table,
    Text,
    plain,
)
from pages.interchange.package import Package, Reason, Refused

from .collecting import Collecting, number

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE, STYLE = (f"{{{_NAMES}{name}:1.0}}" for name in ("office", "text", "table", "style"))
DRAW, META = (f"{{{_NAMES}{name}:1.0}}" for name in ("drawing", "meta"))
SVG, FO = (f"{{{_NAMES}{name}-compatible:1.0}}" for name in ("svg", "xsl-fo"))
XLINK, DC = "{http://www.w3.org/1999/xlink}", "{http://purl.org/dc/elements/1.1/}"
_ROLES = {"Title": Role.TITLE, "Subtitle": Role.SUBTITLE, "Caption": Role.CAPTION}
_MOST_SPACES = 200
#: What stands in a text but is no part of what it says.
_SKIPPED = {
    OFFICE + "annotation",
    OFFICE + "annotation-end",
    TEXT + "tracked-changes",
    TEXT + "sequence-decls",
    TEXT + "note-citation",
    TEXT + "hidden-text",
    OFFICE + "forms",
}
_DRAWN = ("g", "rect", "line", "polyline", "polygon", "regular-polygon", "path", "circle", "ellipse", "connector")
_SHAPES = {DRAW + name for name in (*_DRAWN, "caption", "measure", "custom-shape")}


@dataclass(frozen=True, slots=True)
class _Look:
    """What a style says that matters to the text; None where it leaves that to its parent."""

    parent: str = ""
    bold: bool | None = None
    italic: bool | None = None
    position: str | None = None
    language: str | None = None
    is_hidden: bool | None = None


def open_file(content: bytes, **choices: Any) -> OfficeFile:
    """Read an .odt; raises ``Refused`` with a reason, and nothing else."""
    package = Package(content)
    try:
        return OfficeFile(_Reading(package).outline(), package)
    except RecursionError as error:
        raise Refused(Reason.TOO_DEEP) from error


class _Reading:
    """One file on its way into an outline."""

    def __init__(self, package: Package):
        self._package = package
        self._seen = Collecting(package)
        if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
            raise Refused(Reason.PASSWORD)
        root = package.xml("content.xml")
        self._body = root.find(f"{OFFICE}body/{OFFICE}text") if root is not None else None
        if self._body is None:
            raise Refused(Reason.NO_TEXT)
        styles = package.xml("styles.xml")
        self._looks: dict[str, _Look] = {}
        self._ordered: dict[str, list[bool]] = {}
        for part in (styles, root):
            self._learn(part)
        self._default = _default_language(styles)
        self._notes: list[Note] = []

    def outline(self) -> Outline:
        blocks = self._blocks(self._body)
        properties = self._properties()
        language = self._seen.language or properties.pop("language", "")
        properties.pop("language", None)
        return Outline(blocks, self._notes, language, properties, self._seen.report)

    # ---- styles

    def _learn(self, part: etree._Element | None) -> None:
        for style in part.iter(STYLE + "style") if part is not None else ():
            self._looks[style.get(STYLE + "name", "")] = _look(style)
        for style in part.iter(TEXT + "list-style") if part is not None else ():
            levels = [level.tag == TEXT + "list-level-style-number" for level in style]
            self._ordered[style.get(STYLE + "name", "")] = levels

    def _chain(self, name: str) -> Iterator[tuple[str, _Look]]:
        passed: set[str] = set()
        while name in self._looks and name not in passed:
            passed.add(name)
            yield name, self._looks[name]
            name = self._looks[name].parent

    def _says(self, name: str, field: str) -> Any:
        return next((said for _name, look in self._chain(name) if (said := getattr(look, field)) is not None), None)

    def _role(self, name: str) -> Role:
        names = [name, *(look.parent for _name, look in self._chain(name))]
        return next((_ROLES[one] for one in names if one in _ROLES), Role.BODY)

    # ---- blocks

    def _blocks(self, parent: etree._Element) -> list[Block]:
        blocks: list[Block] = []
        for element in parent:
            blocks += self._block(element)
        return blocks

    def _block(self, element: etree._Element) -> list[Block]:
        tag = element.tag
        if tag in _SKIPPED:
            return []
        if tag in (TEXT + "p", TEXT + "h"):
            return self._paragraph(element)
        if tag == TEXT + "list":
            return self._list(element, "", 0)
        if tag == TABLE + "table":
            return [self._table(element)]
        if tag == TEXT + "table-of-content":
            self._seen.note(Notice.CONTENTS)
            return []
        if tag == DRAW + "frame":
            aside: list[Block] = []
            content = list(self._frame(element, aside))
            return ([Paragraph(content)] if content else []) + aside
        if tag in _SHAPES:
            return self._shape(element)
        if tag == TEXT + "section" and _is_hidden(element):
            self._seen.note(Notice.HIDDEN)
            return []
        return self._blocks(element)

    def _shape(self, element: etree._Element) -> list[Block]:
        """Return the words that stand on a drawn shape, and what is said about it for those who do not see it."""
        said = (element.findtext(SVG + "desc") or element.findtext(SVG + "title") or "").split()
        described: list[Block] = [Paragraph([Text(" ".join(said))])] if said else []
        inner = described + self._blocks(element)
        return [Aside(inner)] if inner else []

    def _paragraph(self, element: etree._Element) -> list[Block]:
        style = element.get(TEXT + "style-name", "")
        switch = next(element.iter(TEXT + "hidden-paragraph"), None)
        if self._says(style, "is_hidden") or (switch is not None and _is_hidden(switch)):
            self._seen.note(Notice.HIDDEN)
            return []
        asides: list[Block] = []
        pieces = self._inline(element, Text("", **self._marks(style)), asides)
        content = _without_edges(pieces)
        if not content:
            return asides
        if element.tag == TEXT + "h" and plain(content):
            self._seen.heading = plain(content)
            return [Heading(max(1, number(element.get(TEXT + "outline-level"), 1, 9)), content), *asides]
        return [Paragraph(content, self._role(style)), *asides]

    def _list(self, element: etree._Element, outer_style: str, depth: int) -> list[Block]:
        style = element.get(TEXT + "style-name", "") or outer_style
        levels = self._ordered.get(style, [])
        items = []
        for entry in element:
            blocks: list[Block] = []
            for child in entry:
                blocks += self._list(child, style, depth + 1) if child.tag == TEXT + "list" else self._block(child)
            if blocks:
                items.append(Item(blocks))
        return [ItemList(levels[depth] if depth < len(levels) else False, items)] if items else []

    def _table(self, element: etree._Element) -> Table:
        made = self._seen.next_table()
        heads = [
            row for head in element.iterfind(TABLE + "table-header-rows") for row in head.iter(TABLE + "table-row")
        ]
        rows = [self._row(row) for row in _own_rows(element)]
        return Table([row for row in rows if row.cells], len(heads), number=made)

    def _row(self, row: etree._Element) -> Row:
        cells = [
            Cell(
                self._blocks(cell),
                max(1, number(cell.get(TABLE + "number-columns-spanned"), 1)),
                max(1, number(cell.get(TABLE + "number-rows-spanned"), 1)),
            )
            for cell in row.iterfind(TABLE + "table-cell")
        ]
        return Row(cells)

    # ---- inside a paragraph

    def _marks(self, style: str) -> dict[str, Any]:
        position = (self._says(style, "position") or "").split(" ")[0]
        language = self._says(style, "language") or ""
        raised = position == "super" or (position.endswith("%") and position[:1] not in ("-", "0"))
        return {
            "bold": bool(self._says(style, "bold")),
            "italic": bool(self._says(style, "italic")),
            "superscript": raised,
            "subscript": position == "sub" or position.startswith("-"),
            "language": language,
        }

    def _inline(self, element: etree._Element, like: Text, asides: list[Block]) -> Iterator[Inline]:
        yield from self._words(element.text, like)
        for child in element:
            yield from self._piece(child, like, asides)
            yield from self._words(child.tail, like)

    def _words(self, text: str | None, like: Text) -> Iterator[Inline]:
        if text:
            language = like.language or self._default
            self._seen.hear(language, text)
            words = " ".join(text.split()) if text.strip() else ""
            before, after = " " * text[:1].isspace(), " " * (text[-1:].isspace() and bool(words))
            foreign = like.language if like.language.split("-")[0] != self._default.split("-")[0] else ""
            yield replace(like, text=f"{before}{words}{after}", language=foreign)

    def _piece(self, child: etree._Element, like: Text, asides: list[Block]) -> Iterator[Inline]:
        tag = child.tag
        if tag in _SKIPPED:
            return
        if tag == TEXT + "span":
            style = child.get(TEXT + "style-name", "")
            if self._says(style, "is_hidden"):
                self._seen.note(Notice.HIDDEN)
                return
            own = {name: value for name, value in self._marks(style).items() if value}
            yield from self._inline(child, replace(like, **own), asides)
        elif tag in (TEXT + "a", DRAW + "a"):
            yield from self._inline(child, replace(like, link=self._link(child)), asides)
        elif tag == TEXT + "note":
            yield from self._note(child)
        elif tag == TEXT + "s":
            yield replace(like, text=" " * max(1, number(child.get(TEXT + "c"), 1, _MOST_SPACES)))
        elif tag == TEXT + "tab":
            yield replace(like, text="\t")
        elif tag == TEXT + "line-break":
            yield LineBreak()
        elif tag in (TEXT + "bookmark", TEXT + "bookmark-start"):
            yield Anchor(child.get(TEXT + "name", ""))
        elif tag == DRAW + "frame":
            yield from self._frame(child, asides, like.link)
        elif tag in _SHAPES:
            asides += self._shape(child)
        else:
            # What nobody knows is walked through: a word too many is better than one lost.
            yield from self._inline(child, like, asides)

    def _link(self, element: etree._Element) -> Link | None:
        address = element.get(XLINK + "href", "")
        if address.startswith("#"):
            return Link(address) if len(address) > 1 else None
        good = allowed(address)
        if not good:
            self._seen.note(Notice.LINK_REFUSED if address else Notice.LINK_WITHOUT_TARGET, address)
        return Link(good) if good else None

    def _note(self, element: etree._Element) -> Iterator[Inline]:
        body = element.find(TEXT + "note-body")
        if body is None:
            return
        note = Note([])
        self._notes.append(note)
        place = len(self._notes)
        note.blocks = self._blocks(body)
        yield NoteMark(place)

    def _frame(self, frame: etree._Element, asides: list[Block], link: Link | None = None) -> Iterator[Inline]:
        said = (frame.findtext(SVG + "desc") or frame.findtext(SVG + "title") or "").split()
        for inner in frame:
            if inner.tag == DRAW + "image":
                name = posixpath.normpath(inner.get(XLINK + "href", ""))
                if "://" in inner.get(XLINK + "href", ""):
                    self._seen.note(Notice.PICTURE_LINKED, " ".join(said))
                elif picture := self._seen.picture(name, " ".join(said), link=link):
                    yield picture
                return
            if inner.tag == DRAW + "text-box":
                asides.append(Aside(self._blocks(inner)))
                return
            if inner.tag == DRAW + "object":
                self._seen.note(Notice.OBJECT, " ".join(said))

    def _properties(self) -> dict[str, str]:
        meta = self._package.xml("meta.xml")
        found = {}
        for name in ("title", "language", "description"):
            words = " ".join((meta.findtext(f".//{DC}{name}") or "").split()) if meta is not None else ""
            if words:
                found[name] = words[:500]
        return found


def _is_hidden(element: etree._Element) -> bool:
    """Whether a section or paragraph is not shown; what its condition came to was written down with it."""
    shown = element.get(TEXT + "display")
    return shown == "none" or (shown != "true" and element.get(TEXT + "is-hidden") == "true")


def _look(style: etree._Element) -> _Look:
    marks = style.find(STYLE + "text-properties")
    parent = style.get(STYLE + "parent-style-name", "")
    if marks is None:
        return _Look(parent)
    weight, slant = marks.get(FO + "font-weight"), marks.get(FO + "font-style")
    shown = marks.get(TEXT + "display")
    return _Look(
        parent,
        bold=None if weight is None else weight == "bold" or weight in ("600", "700", "800", "900"),
        italic=None if slant is None else slant in ("italic", "oblique"),
        position=marks.get(STYLE + "text-position"),
        language=_language(marks),
        is_hidden=None if shown is None else shown == "none",
    )


def _language(marks: etree._Element) -> str | None:
    language, country = marks.get(FO + "language"), marks.get(FO + "country")
    if language in (None, "none", "zxx", ""):
        return None
    return f"{language}-{country}" if country not in (None, "none", "") else language


def _default_language(styles: etree._Element | None) -> str:
    for style in styles.iter(STYLE + "default-style") if styles is not None else ():
        marks = style.find(STYLE + "text-properties")
        if style.get(STYLE + "family") == "paragraph" and marks is not None:
            return _language(marks) or ""
    return ""


def _own_rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == TABLE + "table-row":
            yield child
        elif child.tag in (TABLE + "table-header-rows", TABLE + "table-rows", TABLE + "table-row-group"):
            yield from _own_rows(child)


def _without_edges(pieces: Iterator[Inline]) -> list[Inline]:
    """Return the pieces; an empty list where they say and show nothing."""
    content = list(pieces)
    says = any(not isinstance(piece, (Text, LineBreak, Anchor)) for piece in content) or plain(content)
    return content if says else []
