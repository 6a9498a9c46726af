"""A story of the file, that is its main text or a note: paragraphs, tables and boxes in reading order."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from pages.interchange.outline import (
    Anchor,
    Aside,
    Block,
    Direction,
    Equation,
    Heading,
    Inline,
    ItemList,
    LineBreak,
    Notice,
    Paragraph,
    Part,
    Picture,
    Quote,
    Role,
    Text,
    plain,
)
from pages.interchange.progress import counted

from .context import Context, Relations
from .continuations import continuation
from .fields import Fields
from .lines import Line, Lines
from .lists import Depths, Listed, grouped
from .names import W, child_value, chosen, is_on, local, number, value
from .numbering import Position
from .parts import Parts
from .styles import ParagraphStyle
from .tables import table

#: A paragraph with an outline level but no style of a heading is a heading only if it is as short as one.
SHORT_HEADING_WORDS = 25
SHORT_NUMBERED_HEADING_WORDS = 12
#: Bold words that look like a heading.
SUGGESTED_HEADING_WORDS = 12
SUGGESTED_LEVEL = 2
BODY_LEVEL = 10
_SKIPPED = frozenset(("sectPr", "tcPr", "sdtPr", "sdtEndPr", "customXmlPr", "tblPr", "tblGrid", "smartTagPr"))


class Story:
    def __init__(
        self,
        root: etree._Element,
        context: Context,
        relations: Relations,
        take_note: Callable[[str, str], int],
    ):
        self._context = context
        self._lines = Lines(context, relations, Fields(root), take_note)
        self._depths = Depths()
        self._in_cell = False
        self._in_contents = False
        self._anchors: list[Inline] = []
        self._parts = Parts()
        #: Paragraphs that have been read together with one before them.
        self._joined: set[etree._Element] = set()

    def blocks(self, parent: etree._Element) -> list[Block]:
        """Return what stands in an element, with items as lists and quoted paragraphs together."""
        found: list[Block | Listed] = []
        self._walk(parent, found)
        return [made for name, run in self._parts.runs(found) for made in _in_part(name, _quoted(grouped(run)))]

    def _walk(self, parent: etree._Element, found: list[Block | Listed]) -> None:
        for element in counted(parent):
            known = len(found)
            self._read(element, found)
            if self._context.keeps_parts and not self._in_cell:
                self._parts.name(element, found[known:])

    def _read(self, element: etree._Element, found: list[Block | Listed]) -> None:
        name = local(element)
        if name == "p":
            self._paragraph(element, found)
        elif name == "tbl":
            self._table(element, found)
        elif element.tag in self._context.gone:
            self._context.note(Notice.DELETED)
        elif name == "sdt":
            self._control(element, found)
        elif name == "AlternateContent":
            if (branch := chosen(element)) is not None:
                self._walk(branch, found)
        elif name in ("altChunk", "subDoc"):
            self._context.note(Notice.EMBEDDED_FILE)
        elif name in ("r", "hyperlink", "fldSimple", "drawing", "pict", "oMath", "oMathPara"):
            self._loose(element, found)
        elif name and name not in _SKIPPED:
            self._walk(element, found)

    def _loose(self, element, found):
        """Read what should stand in a paragraph and does not, as some programs write it."""
        wrapper = etree.Element(W + "p")
        parent, place = element.getparent(), element.getparent().index(element)
        wrapper.append(element)
        self._paragraph(wrapper, found)
        parent.insert(place, element)

    def _control(self, element, found):
        content = element.find(W + "sdtContent")
        if content is None:
            return
        gallery = value(element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")).lower()
        before = self._in_contents
        self._in_contents = before or "table of contents" in gallery
        self._walk(content, found)
        self._in_contents = before

    def _table(self, element, found):
        depths, in_cell, outer = self._depths, self._in_cell, self._context.table
        self._in_cell = True
        self._context.table = self._context.tables + 1
        made = table(element, self._context, self._cell)
        self._depths, self._in_cell, self._context.table = depths, in_cell, outer
        self._depths.is_interrupted = True
        if made is not None:
            found.append(made)

    def _cell(self, element) -> list[Block]:
        self._depths = Depths()
        return self.blocks(element)

    def _paragraph(self, element, found):
        if element in self._joined:
            self._joined.discard(element)
            return
        properties = self._context.paragraph_properties(element)
        style = self._context.styles.paragraph(child_value(properties, "pStyle"))
        in_field = self._lines.fields.contents is not None
        line = self._lines.read(element, style)
        if line.comments:
            self._remember(line)
        if self._is_contents(style) or (in_field and not _says_something(line.content)):
            if line.is_of_contents or plain(line.content):
                self._context.note(Notice.CONTENTS)
            return
        line, properties, style = self._with_what_follows(element, line, properties, style)
        self._take(line, properties, style, found)
        for box in line.boxes:
            self._box(box, found)

    def _with_what_follows(self, element, line: Line, properties, style: ParagraphStyle):
        """Return a paragraph with those that go on in it; what they are follows from the last that says something."""
        says_something = _says_something(line.content)
        while (following := continuation(element, self._context.gone)) is not None:
            element, own = following, self._context.paragraph_properties(following)
            own_style = self._context.styles.paragraph(child_value(own, "pStyle"))
            if self._is_contents(own_style) or self._lines.fields.contents is not None:
                break
            self._joined.add(element)
            more = self._lines.read(element, own_style)
            if more.comments:
                self._remember(more)
            says_more = _says_something(more.content)
            if says_more or not says_something:
                properties, style = own, own_style
            says_something = says_something or says_more
            line.content += more.content
            line.boxes += more.boxes
        return line, properties, style

    def _is_contents(self, style) -> bool:
        return self._in_contents or (style.is_contents and self._context.has_contents)

    def _remember(self, line):
        words = plain(line.content)[:120]
        for id_ in line.comments:
            self._context.commented.setdefault(id_, words)

    def _box(self, box, found):
        """Read a text box, or a diagram, after the paragraph that it is fastened to."""
        depths, in_cell = self._depths, self._in_cell
        self._depths = Depths()
        blocks: list[Block] = [box] if isinstance(box, ItemList) else self.blocks(box)
        self._depths, self._in_cell = depths, in_cell
        if blocks:
            self._context.note(Notice.TEXT_BOX, _first_words(blocks))
            found.append(Aside(blocks))

    def _take(self, line: Line, properties, style: ParagraphStyle, found) -> None:
        position = self._context.numbering.position(properties, style)
        content = trimmed(line.content)
        if not _says_something(content):
            self._anchors += [piece for piece in content if isinstance(piece, Anchor)]
            return
        if self._anchors:
            content = [*self._anchors, *content]
            self._anchors = []
        direction = _direction(properties, style)
        level = _heading_level(properties, style, position, content)
        if level:
            self._heading(level, content, position, direction, found)
        elif position is not None:
            found.append(Listed(Paragraph(content, direction=direction), position, self._depths.depth(position)))
        else:
            self._depths.is_interrupted = True
            found.append(self._plain(content, properties, style, direction))

    def _heading(self, level, content, position, direction, found):
        if not self._in_cell:
            self._depths = Depths()
            self._context.heading = plain(content)
        label = position.label if position is not None and position.ordered else ""
        found.append(Heading(level, content, label, direction))

    def _plain(self, content, properties, style, direction) -> Block:
        role = style.role
        if role in (Role.TITLE, Role.SUBTITLE) and self._in_cell:
            role = Role.BODY
        paragraph = Paragraph(content, role, direction)
        if style.is_quote:
            return Quote([paragraph])
        if role is Role.BODY and not self._in_cell and _looks_like_heading(content):
            paragraph.suggested_level = SUGGESTED_LEVEL
        return paragraph


def _heading_level(properties, style: ParagraphStyle, position: Position | None, content) -> int:
    """Return the level of a heading, or 0.

    Its style is called "heading N", or is based on one that is; or an outline level, which Word shows in its
    navigation, stands on a short paragraph. A paragraph of a heading's style may be told to be body text.
    """
    direct = properties.find(W + "outlineLvl") if properties is not None else None
    outline = min(number(value(direct), 9), 9) + 1 if direct is not None else style.outline
    if outline >= BODY_LEVEL:
        return 0
    if style.heading:
        return outline or style.heading
    if not outline or style.role is not Role.BODY:
        return 0
    longest = SHORT_HEADING_WORDS if position is None else SHORT_NUMBERED_HEADING_WORDS
    return outline if 0 < len(plain(content).split()) <= longest else 0


def _direction(properties, style) -> Direction:
    own = is_on(properties.find(W + "bidi")) if properties is not None else None
    return "rtl" if (style.right_to_left if own is None else own) else ""


def _says_something(content: list[Inline]) -> bool:
    return any(
        piece.text.strip() if isinstance(piece, Text) else not isinstance(piece, (LineBreak, Anchor))
        for piece in content
    )


def trimmed(content: list[Inline]) -> list[Inline]:
    """Return the content without line breaks and blanks at its ends, where they only push things about."""
    start, end = 0, len(content)
    while start < end and _is_blank(content[start]):
        start += 1
    while end > start and _is_blank(content[end - 1]):
        end -= 1
    return content[start:end] if start < end else [piece for piece in content if isinstance(piece, Anchor)]


def _is_blank(piece: Inline) -> bool:
    return isinstance(piece, LineBreak) or (isinstance(piece, Text) and not piece.text.strip())


def _looks_like_heading(content: list[Inline]) -> bool:
    """Whether a paragraph is short, all bold and no sentence: what people make headings of who know no styles."""
    words = plain(content)
    if not 0 < len(words.split()) <= SUGGESTED_HEADING_WORDS or words[-1] in ".,;:":
        return False
    return all(
        piece.bold or not piece.text.strip() if isinstance(piece, Text) else not isinstance(piece, (Picture, Equation))
        for piece in content
    )


def _first_words(blocks: list[Block]) -> str:
    first = blocks[0]
    return plain(first.content) if isinstance(first, (Paragraph, Heading)) else ""


def _in_part(name: str, blocks: list[Block]) -> list[Block]:
    return [Part(name, blocks)] if name else blocks


def _quoted(blocks: list[Block]) -> list[Block]:
    """Return the blocks with quoted paragraphs that follow each other in one quote."""
    done: list[Block] = []
    for block in blocks:
        if isinstance(block, Quote) and done and isinstance(done[-1], Quote):
            done[-1].blocks += block.blocks
        else:
            done.append(block)
    return done
