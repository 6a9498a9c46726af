"""The content of one paragraph: runs with their marks, links, notes, pictures; text boxes are put aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from pages.interchange.addresses import allowed
from pages.interchange.outline import (
    Anchor,
    Direction,
    Inline,
    ItemList,
    LineBreak,
    Link,
    NoteMark,
    Notice,
    Picture,
    Text,
)

from . import links, pictures, symbols
from .context import Context, Relations
from .equations import equation
from .fields import Fields
from .names import VAL, R, W, chosen, is_on, local
from .styles import ParagraphStyle

#: bold, italic, underline, strike, superscript, subscript, language: as they stand in ``Text``.
Marks = tuple[bool, bool, bool, bool, bool, bool, str]

_PROPERTIES = frozenset(
    W + name for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData")
)


@dataclass(frozen=True, slots=True)
class Around:
    """What the elements around a run give to it."""

    link: Link | None = None
    direction: Direction = ""
    overrides: bool = False


_NOTHING = Around()


@dataclass(slots=True)
class Line:
    """The content of a paragraph in the making; words that look alike are joined once, at the end."""

    content: list[Inline] = field(default_factory=list)
    #: Text boxes that are yet to be read, and diagrams.
    boxes: list[etree._Element | ItemList] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    #: Whether words of a table of contents were left out of it.
    is_of_contents: bool = False
    _words: list[str] = field(default_factory=list)
    _look: tuple[Marks, Around] | None = None

    def add(self, words: str, marks: Marks, around: Around) -> None:
        look = (marks, around)
        if look != self._look:
            self.close()
            self._look = look
        self._words.append(words)

    def put(self, piece: Inline) -> None:
        self.close()
        self.content.append(piece)

    def close(self) -> None:
        if self._look is not None and self._words:
            marks, around = self._look
            self.content.append(Text("".join(self._words), *marks, around.direction, around.overrides, around.link))
        self._words = []
        self._look = None


@dataclass(frozen=True, slots=True)
class _Run:
    marks: Marks
    is_hidden: bool
    font: str


class Lines:
    """Reads paragraphs of one story, which is a part of the file with its own relations and fields."""

    def __init__(self, context: Context, relations: Relations, fields: Fields, take_note: Callable[[str, str], int]):
        self._context = context
        self._relations = relations
        self.fields = fields
        #: Reads a note by its kind and id, and returns its number; 0 where there is none.
        self._take_note = take_note
        self._style = ParagraphStyle()
        self._line = Line()
        #: The table of contents that was open when the paragraph began.
        self._contents: object | None = None
        self._gone = context.gone

    def read(self, paragraph: etree._Element, style: ParagraphStyle) -> Line:
        self._style = style
        self._line = line = Line()
        self._contents = self.fields.contents
        self._walk(paragraph, _NOTHING)
        line.close()
        return line

    def _walk(self, parent: etree._Element, around: Around) -> None:
        for element in parent:
            tag = element.tag
            if tag == _RUN:
                self._run(element, around)
            elif tag in self._gone:
                self._context.note(Notice.DELETED if self._context.changes == "accepted" else Notice.INSERTED)
            elif tag not in _PROPERTIES and isinstance(tag, str):
                reader = _READERS.get(tag)
                if reader is not None:
                    reader(self, element, around)
                elif local(element) == "AlternateContent":
                    if (branch := chosen(element)) is not None:
                        self._walk(branch, around)
                else:
                    # Content controls, smart tags, insertions, and wrappers that are yet to be invented.
                    self._walk(element, around)

    def _link(self, element, around):
        self._walk(element, self._linked(self._address(element), around))

    def _address(self, element) -> str:
        anchor = element.get(W + "anchor", "")
        relation = self._relations.get(element.get(f"{R}id", ""))
        if relation is None or not relation.target:
            return f"#{anchor}" if anchor else ""
        if not relation.is_external:
            return relation.target if relation.kind == "hyperlink" else ""
        return relation.target + (f"#{anchor}" if anchor and "#" not in relation.target else "")

    def _linked(self, address: str, around: Around) -> Around:
        """Return the surroundings with a link, or without where the address may not be followed."""
        link = self._made(address)
        return Around(link, around.direction, around.overrides) if link else around

    def _made(self, address: str) -> Link | None:
        if address.startswith("#"):
            return Link(address) if len(address) > 1 else None
        good = allowed(address)
        if good:
            return Link(good)
        self._context.note(Notice.LINK_REFUSED if address else Notice.LINK_WITHOUT_TARGET, address)
        return None

    def _simple_field(self, element, around):
        address = links.of_instruction(element.get(W + "instr", ""))
        self._walk(element, self._linked(address, around) if address else around)

    def _directed(self, element, around):
        direction: Direction = "rtl" if element.get(VAL) == "rtl" else "ltr"
        self._walk(element, Around(around.link, direction, element.tag == W + "bdo"))

    def _bookmark(self, element, around):
        name = element.get(W + "name", "")
        if name in self._context.targets:
            self._line.put(Anchor(name))

    def _formula(self, element, around):
        formula = equation(element, self._gone)
        if formula is not None:
            self._line.put(formula)

    def _drawing(self, element, around):
        if self.fields.is_silent:
            return
        for found in pictures.in_drawing(element, self._context, self._relations):
            if isinstance(found, Picture):
                self._line.put(pictures.with_link(found, around.link or self.fields.link))
            else:
                self._line.boxes.append(found)

    def _object(self, element, around):
        self._context.note(Notice.OBJECT)
        self._drawing(element, around)

    # ---- what stands in a run

    def _run(self, run: etree._Element, around: Around) -> None:
        look = self._look(run.find(_RUN_PROPERTIES))
        link = self.fields.link
        if link is not None and around.link is None:
            around = Around(link, around.direction, around.overrides)
        for element in run:
            tag = element.tag
            if tag == _TEXT:
                self._say(element.text or "", look, around)
            elif tag != _RUN_PROPERTIES and isinstance(tag, str):
                self._in_run(element, tag, look, around)

    def _in_run(self, element, tag, look, around):
        name = tag.rpartition("}")[2]
        if tag in _FIELD_PARTS:
            self._field_part(element, tag, look, around)
        elif name in _SAID:
            self._say(_SAID[name], look, around)
        elif name in ("br", "cr"):
            self._break(element, look)
        elif name == "sym":
            self._say(symbols.letter(_code(element), element.get(W + "font", "")), look, around)
        elif name in ("footnoteReference", "endnoteReference"):
            self._note_mark(element, name.removesuffix("Reference"), look)
        elif name in ("drawing", "pict"):
            self._drawing(element, around)
        elif name == "object":
            self._object(element, around)
        elif name == "ruby":
            self._ruby(element, around)
        elif name == "lastRenderedPageBreak":
            self._context.page = max(self._context.page, 1) + 1
        elif name == "commentReference":
            self._line.comments.append(element.get(W + "id", ""))
        elif name == "delText" and self._context.changes == "rejected":
            self._say(element.text or "", look, around)
        elif name == "AlternateContent" and (branch := chosen(element)) is not None:
            for inner in branch:
                if isinstance(inner.tag, str):
                    self._in_run(inner, inner.tag, look, around)
        elif name in ("t", "r"):  # in a namespace of somebody's own, or nested by mistake
            self._walk(element, around)

    def _say(self, words: str, look: _Run, around: Around) -> None:
        if self.fields.is_silent or not words:
            return
        if self._is_of_contents():
            self._line.is_of_contents = True
            return
        if look.is_hidden:
            if words.strip():
                self._context.note(Notice.HIDDEN)
            return
        self._line.add(symbols.without_private_letters(words, look.font), look.marks, around)

    def _is_of_contents(self) -> bool:
        """Whether what comes now belongs to it: it may end before the words of a heading, in one paragraph."""
        return self._contents is not None and self.fields.contents is self._contents

    def _break(self, element, look):
        kind = element.get(W + "type", "textWrapping")
        if kind == "page":
            self._context.page = max(self._context.page, 1)
        if not (self.fields.is_silent or self._is_of_contents() or look.is_hidden):
            self._line.put(LineBreak())

    def _field_part(self, element, tag, look, around):
        if tag == _INSTRUCTION:
            self.fields.instruct(element.text or "")
            return
        unsaid = self.fields.unsaid(element)
        if (instruction := self.fields.mark(element)) and (address := links.of_instruction(instruction)):
            self.fields.set_link(self._made(address))
        self._say(unsaid, look, around)

    def _note_mark(self, element, kind, look):
        if look.is_hidden or self.fields.is_silent:
            return
        if taken := self._take_note(kind, element.get(W + "id", "")):
            self._line.put(NoteMark(taken))

    def _ruby(self, element, around):
        self._context.note(Notice.READING_AID)
        base = element.find(W + "rubyBase")
        if base is not None:
            self._walk(base, around)

    def _look(self, properties: etree._Element | None) -> _Run:
        """Return how a run looks: what it says itself, else its styles, of which two switches cancel each other."""
        switches: dict[str, bool] = {}
        character_style = underline = position = font = ""
        strike = right_to_left = False
        language = None
        for element in properties if properties is not None else ():
            name = local(element)
            if name in _SWITCHES:
                switches[name] = bool(is_on(element))
            elif name == "rStyle":
                character_style = element.get(VAL, "")
            elif name == "u":
                underline = element.get(VAL, "single")
            elif name == "vertAlign":
                position = element.get(VAL, "")
            elif name in ("strike", "dstrike"):
                strike = bool(is_on(element))
            elif name == "rtl":
                right_to_left = bool(is_on(element))
            elif name == "rFonts":
                font = element.get(W + "ascii", "")
            elif name == "lang":
                language = element
        bold, italic, hidden = (
            switches.get(name, self._by_style(name, character_style)) for name in ("b", "i", "vanish")
        )
        marks = (
            bold,
            italic,
            underline not in ("", "none"),
            strike,
            position == "superscript",
            position == "subscript",
            self._language(language, right_to_left, character_style),
        )
        return _Run(marks, hidden, font)

    def _by_style(self, name: str, character_style: str) -> bool:
        styles = self._context.styles
        paragraph = {"b": self._style.bold, "i": self._style.italic, "vanish": self._style.vanish}[name]
        character = styles.toggle(character_style, name) if character_style else False
        return (paragraph != character) or (name != "vanish" and styles.defaults.get(name, False))

    def _language(self, element, right_to_left, character_style) -> str:
        found = ""
        if element is not None:
            found = element.get(W + "bidi", "") if right_to_left else element.get(VAL, "")
        if not found and character_style:
            found = self._context.styles.character_language(character_style)
        found = found or self._style.language
        return found if found and primary(found) != primary(self._context.language) else ""


def primary(language: str) -> str:
    """Return the first part of a language's code: British and American English are one here."""
    return language.replace("_", "-").partition("-")[0].lower()


def _code(element) -> int:
    try:
        return int(element.get(W + "char", "20"), 16)
    except ValueError:
        return 0x20


_RUN = W + "r"
_RUN_PROPERTIES = W + "rPr"
_TEXT = W + "t"
_INSTRUCTION = W + "instrText"
_FIELD_PARTS = frozenset((W + "fldChar", _INSTRUCTION))
_SWITCHES = frozenset(("b", "i", "vanish"))
_SAID = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_READERS = {
    W + "hyperlink": Lines._link,
    W + "fldSimple": Lines._simple_field,
    W + "bdo": Lines._directed,
    W + "dir": Lines._directed,
    W + "bookmarkStart": Lines._bookmark,
    W + "drawing": Lines._drawing,
    W + "pict": Lines._drawing,
    W + "object": Lines._object,
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath": Lines._formula,
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMathPara": Lines._formula,
}
