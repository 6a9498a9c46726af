"""Puts what a page says into the places that a template leaves for it.

A template knows three things: ``{{ field }}``; ``{% for track in tracks %}`` … ``{% endfor %}``; and ``{% if field %}`` …
``{% endif %}``. A tag stands alone in its paragraph or in a row of a table, so that what it repeats is what lies between two
paragraphs or rows. Nothing is evaluated: a name is looked up in plain data whose shape is known beforehand, so
that a template can be checked without any data, and an unknown field is told with its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, TypeAlias

from django.utils.translation import gettext as _
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from pages.interchange.outline import Place
from pages.interchange.places import place_words
from pages.plain_text import without_control_characters

from ..writing.elements import element, mirror, words
from ..writing.languages import begins_right_to_left, likely_language, word_language

#: Texts, and lists of mappings of the same kind.
Data: TypeAlias = Mapping[str, Any]
#: The names of texts, and for each list the shape of its entries.
Shape: TypeAlias = Mapping[str, Any]

MAX_DEPTH = 4
#: Paragraphs and rows in one document; what lies in them is copied with them.
MAX_BLOCKS = 20_000
WORDS_SHOWN = 60

_FIELD = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_TAG = re.compile(r"\{%(.*?)%\}", re.DOTALL)
_NAME = r"[^\W\d]\w*(?:\.[^\W\d]\w*)?"
_FOR = re.compile(rf"for\s+([^\W\d]\w*)\s+in\s+({_NAME})")
_IF = re.compile(rf"if\s+({_NAME})")
_P, _TBL, _TR, _TC, _SDT, _CONTENT = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "sdt", "sdtContent"))
_R, _T, _RPR, _BOX = qn("w:r"), qn("w:t"), qn("w:rPr"), qn("w:txbxContent")
_HOLDERS = {_TBL, _TR, _TC, _SDT, _CONTENT}


class TooMuch(Exception):
    """The document would be larger than anybody reads."""


class Linked(str):
    """Words that lead to an address."""

    address: str

    def __new__(cls, text: str, address: str) -> Linked:
        made = super().__new__(cls, text)
        made.address = address
        return made


@dataclass
class Fault:
    """What is wrong in a template, and where."""

    said: str
    place: Place

    def __str__(self) -> str:
        where = place_words(self.place)
        return f"{where}: {self.said}" if where else self.said


@dataclass
class _Piece:
    """One paragraph, row or other element as it stands in the template; with ``inner`` it holds others."""

    element: Any
    place: Place
    inner: list[_Node] | None = None


@dataclass
class _Loop:
    name: str
    path: str
    place: Place
    inner: list[_Node] = field(default_factory=list)


@dataclass
class _Choice:
    path: str
    place: Place
    inner: list[_Node] = field(default_factory=list)


_Node: TypeAlias = "_Piece | _Loop | _Choice"


class Pattern:
    """One story of a template (its text, a header, a footer), ready to be filled."""

    def __init__(self, holder: Any, part: Any = None):
        self._holder = holder
        self._part = part
        self.faults: list[Fault] = []
        self._table = 0
        self._nodes = self._read(holder)

    def check(self, shape: Shape) -> list[Fault]:
        """Return what is wrong: tags that do not fit together, fields that are not known."""
        return [*self.faults, *_Check(shape).of(self._nodes, {})]

    def filled(self, data: Data, language: str) -> list[Any]:
        """Return the elements of the story with the data in their places; raises ``TooMuch``."""
        return _Filling(data, language, self._part).of(self._nodes, {})

    def fill(self, data: Data, language: str) -> None:
        """Put the data into the story itself."""
        made = self.filled(data, language)
        for child in list(self._holder):
            if child.tag != qn("w:sectPr"):
                self._holder.remove(child)
        self._holder[:0] = made or [element("w:p")]

    # ---- from elements to nodes

    def _read(self, holder: Any) -> list[_Node]:
        nodes: list[_Node] = []
        levels: list[list[_Node]] = [nodes]
        opened: list[_Loop | _Choice] = []
        for child in holder:
            if child.tag == qn("w:sectPr"):
                continue
            if child.tag == _TBL:
                self._table += 1
            place = self._place(child)
            tag = _lone_tag(child)
            if tag is None:
                self._find_stray_tags(child, place)
                levels[-1].append(_Piece(child, place, self._read(child) if child.tag in _HOLDERS else None))
            elif tag in {"endfor", "endif"}:
                self._close(tag, place, opened, levels)
            else:
                self._open(tag, place, opened, levels)
        for begun in opened:
            end = "endfor" if isinstance(begun, _Loop) else "endif"
            self.faults.append(
                Fault(_("What begins here has no end: “%(end)s” is missing.") % {"end": end}, begun.place)
            )
        return nodes

    def _open(self, tag: str, place: Place, opened: list[Any], levels: list[list[_Node]]) -> None:
        begun: _Loop | _Choice
        if match := _FOR.fullmatch(tag):
            begun = _Loop(match[1], match[2], place)
        elif match := _IF.fullmatch(tag):
            begun = _Choice(match[1], place)
        else:
            self.faults.append(
                Fault(
                    _("“%(tag)s” is not known here. There are “for … in …”, “endfor”, “if …” and “endif”.")
                    % {"tag": tag},
                    place,
                )
            )
            return
        if len(opened) >= MAX_DEPTH:
            self.faults.append(Fault(_("Too many tags stand inside each other."), place))
            return
        levels[-1].append(begun)
        levels.append(begun.inner)
        opened.append(begun)

    def _close(self, tag: str, place: Place, opened: list[Any], levels: list[list[_Node]]) -> None:
        if not opened or isinstance(opened[-1], _Loop) != (tag == "endfor"):
            self.faults.append(Fault(_("Nothing was begun that “%(end)s” could end.") % {"end": tag}, place))
            return
        opened.pop()
        levels.pop()

    def _find_stray_tags(self, child: Any, place: Place) -> None:
        """Tell of tags among other words; those in a table's cells are met when the cells are read."""
        if child.tag == _P and _TAG.search(_text(child)):
            self.faults.append(
                Fault(
                    _(
                        "A tag such as “for” or “endif” has to stand alone in its paragraph, or alone in a row of a table."
                    ),
                    place,
                )
            )

    def _place(self, child: Any) -> Place:
        text = " ".join(_text(child).split())
        in_table = child.tag in {_TBL, _TR, _TC} or next(child.iterancestors(_TBL), None) is not None
        return Place(table=self._table if in_table else 0, words=text[:WORDS_SHOWN])


class _Check:
    """Finds the fields that a template names and that there are not."""

    def __init__(self, shape: Shape):
        self._shape = shape

    def of(self, nodes: list[_Node], scope: dict[str, Shape]) -> Iterator[Fault]:
        for node in nodes:
            if isinstance(node, _Loop):
                entries, said = self._found(node.path, scope)
                if said or not isinstance(entries, Mapping):
                    yield Fault(said or _("“%(name)s” is no list.") % {"name": node.path}, node.place)
                    entries = None
                # In an unknown list nothing is known, and one fault is enough.
                yield from self.of(node.inner, {**scope, node.name: entries} if entries else {**scope, node.name: _ANY})
            elif isinstance(node, _Choice):
                _entry, said = self._found(node.path, scope)
                if said:
                    yield Fault(said, node.place)
                yield from self.of(node.inner, scope)
            elif node.inner is not None:
                yield from self.of(node.inner, scope)
            else:
                yield from self._of_piece(node, scope)

    def _of_piece(self, piece: _Piece, scope: dict[str, Shape]) -> Iterator[Fault]:
        for paragraph in _paragraphs(piece.element):
            text = _text(paragraph)
            if any(brace in _TAG.sub("", _FIELD.sub("", text)) for brace in ("{{", "}}", "{%", "%}")):
                yield Fault(_("A brace is missing: a field is written “{{ title }}”."), piece.place)
            for match in _FIELD.finditer(text):
                entry, said = self._found(match[1].strip(), scope)
                if said or isinstance(entry, Mapping):
                    yield Fault(
                        said or _("“%(name)s” is a list; go through it with “for”.") % {"name": match[1].strip()},
                        piece.place,
                    )

    def _found(self, path: str, scope: dict[str, Shape]) -> tuple[Any, str]:
        """Return what a path means, or a sentence that says that it means nothing."""
        owner, dot, name = path.rpartition(".")
        if owner and scope.get(owner) is _ANY:
            return "", ""
        known: Shape = (scope.get(owner) or {}) if dot else self._shape
        if name in known:
            return known[name], ""
        names = [*self._shape, *(f"{owner}.{name}" for owner, entries in scope.items() for name in entries or ())]
        likely = get_close_matches(path, names, 1)
        said = _("There is no field “%(name)s”.") % {"name": path[:WORDS_SHOWN]}
        return None, said + (" " + _("Do you mean “%(name)s”?") % {"name": likely[0]} if likely else "")


_ANY: Shape = {}


class _Filling:
    def __init__(self, data: Data, language: str, part: Any):
        self._data = data
        self._language = language
        self._part = part
        self._left = MAX_BLOCKS

    def of(self, nodes: list[_Node], scope: dict[str, Data]) -> list[Any]:
        made: list[Any] = []
        for node in nodes:
            if isinstance(node, _Loop):
                for entry in self._value(node.path, scope) or ():
                    made += self.of(node.inner, {**scope, node.name: entry})
            elif isinstance(node, _Choice):
                if self._value(node.path, scope):
                    made += self.of(node.inner, scope)
            else:
                made += self._piece(node, scope)
        return made

    def _piece(self, piece: _Piece, scope: dict[str, Data]) -> list[Any]:
        self._left -= 1
        if self._left < 0:
            raise TooMuch
        if piece.inner is None:
            return [self._filled(piece.element, scope, line) for line in self._lines(piece.element, scope)]
        held = piece.element
        copy = held.makeelement(held.tag, dict(held.attrib), held.nsmap)
        inner = self.of(piece.inner, scope)
        if held.tag == _TBL and not any(child.tag == _TR for child in inner):
            return []  # all its rows were repeated not once
        if held.tag == _TC and (not inner or inner[-1].tag != _P):
            inner.append(element("w:p"))  # a cell ends with a paragraph (ISO/IEC 29500-1, 17.4.66)
        copy.extend(inner)
        return [copy]

    def _lines(self, found: Any, scope: dict[str, Data]) -> list[str | None]:
        """Return the lines of a field that has a paragraph for itself: each becomes a paragraph."""
        match = _FIELD.fullmatch(_text(found).strip()) if found.tag == _P else None
        if match is None or "{{" in match[1]:
            return [None]
        value = self._value(match[1].strip(), scope) or ""
        return [None] if isinstance(value, Linked) else value.split("\n")

    def _filled(self, found: Any, scope: dict[str, Data], line: str | None) -> Any:
        copy = deepcopy(found)
        for paragraph in _paragraphs(copy):
            fill_paragraph(
                paragraph,
                lambda path: (self._value(path, scope) or "") if line is None else line,
                self._language,
                self._part,
            )
        return copy

    def _value(self, path: str, scope: dict[str, Data]) -> Any:
        owner, dot, name = path.rpartition(".")
        return (scope.get(owner, {}) if dot else self._data).get(name)


# ---- paragraphs


def fill_paragraph(paragraph: Any, value_of: Callable[[str], str], language: str, part: Any) -> None:
    """Replace the fields of one paragraph; each value keeps the look of its first brace."""
    text = _text(paragraph)
    for match in reversed(list(_FIELD.finditer(text))):
        value = value_of(match[1].strip())
        runs = _cut_out(paragraph, match.start(), match.end())
        if value:
            made = _valued(runs[0], without_control_characters(value), language)
            if isinstance(value, Linked) and runs[0].getparent() is paragraph:
                made = _link(made, value.address, part)
            runs[0].addprevious(made)
        for run in runs:
            run.getparent().remove(run)
    if begins_right_to_left(_text(paragraph)) and not begins_right_to_left(_FIELD.sub("", text)):
        mirror(paragraph)


def _cut_out(paragraph: Any, start: int, end: int) -> list[Any]:
    """Return the runs that hold exactly the letters from ``start`` to ``end``, cut loose from those beside them."""
    found = []
    position = 0
    for run, letters in _runs_with_text(paragraph):
        begins, ends = position, position + len(letters.text or "")
        position = ends
        if ends <= start or begins >= end:
            continue
        piece = letters.text[max(0, start - begins) : end - begins]
        before, after = letters.text[: max(0, start - begins)], letters.text[end - begins :] if end < ends else ""
        if before:
            run.addprevious(_run(run, before))
        if after:
            run.addnext(_run(run, after))
        letters.text = piece
        found.append(run)
    return found


def _runs_with_text(paragraph: Any) -> list[tuple[Any, Any]]:
    """Return each run with its letters, after runs of several pieces have been cut into runs of one."""
    for run in list(_own(paragraph, _R)):
        pieces = [child for child in run if child.tag != _RPR]
        if len(pieces) > 1 and any(child.tag == _T for child in pieces):
            for piece in pieces[:-1]:
                single = run.makeelement(_R, {}, run.nsmap)
                if (look := run.find(_RPR)) is not None:
                    single.append(deepcopy(look))
                single.append(piece)
                run.addprevious(single)
    return [(run, letters) for run in _own(paragraph, _R) if (letters := run.find(_T)) is not None]


def _run(like: Any, text: str) -> Any:
    look = like.find(_RPR)
    return element("w:r", deepcopy(look) if look is not None else None, words(text))


def _valued(like: Any, value: str, language: str) -> Any:
    """Return a run with a value, in the language that its letters are of."""
    lines = value.split("\n")
    made = _run(like, lines[0])
    for line in lines[1:]:
        made.extend([element("w:br"), words(line)])
    said = likely_language(value, language)
    mirrored = bool(begins_right_to_left(value))
    look = made.find(_RPR)
    if look is None:
        look = element("w:rPr")
        made.insert(0, look)
    for former in look.findall(qn("w:lang")) + look.findall(qn("w:rtl")):
        look.remove(former)
    if mirrored:  # letters that run from right to left have a size and a weight of their own
        for plain, complex_ in ((qn("w:b"), "w:bCs"), (qn("w:i"), "w:iCs"), (qn("w:sz"), "w:szCs")):
            own = look.find(plain)
            if own is not None and look.find(qn(complex_)) is None:
                own.addnext(
                    element(complex_, **{etree.QName(key).localname: value for key, value in own.attrib.items()})
                )
    # In the order of the schema: what may stand behind these two is in every run of Word's at its end.
    behind = next((child for child in look if child.tag in _BEHIND), None)
    for new in (
        element("w:rtl") if mirrored else None,
        element("w:lang", **{"bidi" if mirrored else "val": word_language(said)}) if said != language else None,
    ):
        if new is not None:
            look.append(new) if behind is None else behind.addprevious(new)
    if not len(look):
        made.remove(look)
    return made


def _link(run: Any, address: str, part: Any) -> Any:
    look = run.find(_RPR)
    if look is None:
        look = element("w:rPr")
        run.insert(0, look)
    if look.find(qn("w:rStyle")) is None:
        look.insert(0, element("w:rStyle", val=part.get_style_id("Hyperlink", WD_STYLE_TYPE.CHARACTER)))
    made = element("w:hyperlink", run, history=1)
    made.set(qn("r:id"), part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    return made


_BEHIND = {qn("w:cs"), qn("w:em"), qn("w:eastAsianLayout"), qn("w:specVanish"), qn("w:oMath")}


def _own(paragraph: Any, tag: str) -> Iterator[Any]:
    """Yield the elements of a paragraph that are not in a text box inside it."""
    for found in paragraph.iter(tag):
        if next(ancestor for ancestor in found.iterancestors(_P)) is paragraph:
            yield found


def _text(holder: Any) -> str:
    if holder.tag == _P:
        return "".join(letters.text or "" for letters in _own(holder, _T))
    return " ".join(_text(paragraph) for paragraph in holder.iter(_P))


def _paragraphs(holder: Any) -> list[Any]:
    """Return the paragraph itself and those of text boxes in it."""
    return list(holder.iter(_P))


def _lone_tag(child: Any) -> str | None:
    """Return the inside of a tag that is all that a paragraph or a row says."""
    if child.tag not in {_P, _TR}:
        return None
    match = _TAG.fullmatch(_text(child).strip())
    return " ".join(match[1].split()) if match and "{%" not in match[1] else None
