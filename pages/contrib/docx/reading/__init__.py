"""From the bytes of a Word file to an ``Outline``: our own walk over the guarded parts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pages.interchange.outline import Comment, Note, Notice, Origin, Outline
from pages.interchange.package import Package, Reason, Refused, Relation

from ..marks import origin_of
from .context import Changes, Context
from .lines import primary
from .names import W, child_value, local
from .numbering import Numbering
from .story import Story
from .styles import Styles

__all__ = ["Changes", "read", "read_origin", "read_package"]

_USUAL_PLACE = "word/document.xml"
_PROPERTIES = {"title": "title", "creator": "author", "description": "description", "subject": "subject"}
_CHANGES = [W + name for name in ("ins", "del", "moveFrom", "moveTo")]
_ANCHORED = re.compile(r'\\l\s+"?([^"\s]+)')


def read(content: bytes, **choices: Any) -> Outline:
    """Return what a Word file says, after the choices of ``read_package``."""
    return read_package(Package(content), **choices)


def read_package(
    package: Package, *, changes: Changes = "accepted", parts: bool = False, diagrams: bool = False
) -> Outline:
    """Return what a Word file says; raises ``Refused`` with a reason, and nothing else.

    With ``parts`` what came from a page stands in a ``Part`` of its name. With ``diagrams`` their words are said as
    lists, for who cannot put a picture in their place.
    """
    try:
        return _Reading(package, changes, parts, diagrams).outline()
    except RecursionError as error:
        raise Refused(Reason.TOO_DEEP) from error


def read_origin(package: Package) -> Origin | None:
    """Return the page that a file was made of, without reading its text; raises ``Refused``."""
    described = _described(package, "custom-properties")
    return origin_of({element.get("name", ""): "".join(element.itertext()).strip() for element in described})


@dataclass(slots=True)
class _NotePart:
    elements: dict[str, etree._Element]
    relations: dict[str, Relation]
    story: Story | None = None


class _Reading:
    """One file on its way into an outline."""

    def __init__(self, package: Package, changes: Changes, parts: bool, diagrams: bool):
        self._package = package
        self._main = _main_part(package)
        root = _sound(package.xml(self._main))
        self._body = _body(root)
        self._relations = package.relations(self._main)
        styles = Styles(self._related("styles"))
        self._context = Context(package, self._main, styles, Numbering(self._related("numbering"), styles), changes)
        self._context.keeps_parts = parts
        self._context.says_diagrams = diagrams
        self._context.language = _language(self._body, styles)
        self._context.targets = _targets(self._body)
        self._context.has_contents = _has_contents(self._body)
        self._notes: dict[str, _NotePart] = {}

    def outline(self) -> Outline:
        context = self._context
        if next(self._body.iter(W + "lastRenderedPageBreak"), None) is not None:
            context.page = 1
        blocks = Story(self._body, context, self._relations, self._take_note).blocks(self._body)
        self._tell_what_is_left()
        context.report.has_tracked_changes = next(self._body.iter(*_CHANGES), None) is not None
        context.report.comments = self._comments()
        properties, origin = self._properties(), read_origin(self._package)
        return Outline(blocks, context.notes, context.language, properties, context.report, origin)

    def _part_name(self, kind: str) -> str:
        return next((r.target for r in self._relations.values() if r.kind == kind and not r.is_external), "")

    def _related(self, kind: str) -> etree._Element | None:
        name = self._part_name(kind)
        return self._package.xml(name) if name else None

    # ---- notes

    def _take_note(self, kind: str, id_: str) -> int:
        """Read a note where it is referred to; return its number, or 0 where there is no such note."""
        part = self._note_part(kind)
        element = part.elements.get(id_)
        if element is None:
            return 0
        # Notes refer to no notes: one that did could refer to itself.
        story = Story(element, self._context, part.relations, lambda *_: 0)
        self._context.notes.append(Note(story.blocks(element)))
        return len(self._context.notes)

    def _note_part(self, kind: str) -> _NotePart:
        if kind not in self._notes:
            name = self._part_name(f"{kind}s")
            root = self._package.xml(name) if name else None
            elements = {} if root is None else {element.get(W + "id", ""): element for element in root}
            self._notes[kind] = _NotePart(elements, self._package.relations(name) if elements else {})
        return self._notes[kind]

    # ---- what is told beside the text

    def _comments(self) -> list[Comment]:
        root = self._related("comments")
        found = {} if root is None else {element.get(W + "id", ""): element for element in root}
        about = self._context.commented
        ordered = [*(id_ for id_ in about if id_ in found), *(id_ for id_ in found if id_ not in about)]
        return [Comment(found[id_].get(W + "author", ""), _raw_text(found[id_]), about.get(id_, "")) for id_ in ordered]

    def _tell_what_is_left(self) -> None:
        for relation in self._relations.values():
            if relation.kind in ("header", "footer") and not relation.is_external:
                root = self._package.xml(relation.target)
                if root is not None and _raw_text(root):
                    self._context.report.note(Notice.HEADER_OR_FOOTER)
            elif relation.kind == "vbaProject":
                self._context.report.note(Notice.MACROS)

    def _properties(self) -> dict[str, str]:
        found = {}
        for element in _described(self._package, "core-properties"):
            words = " ".join((element.text or "").split())
            if words and (key := _PROPERTIES.get(local(element))):
                found[key] = words[:500]
        return found


def _described(package: Package, kind: str) -> Iterable[etree._Element]:
    relations = package.relations("").values()
    name = next((r.target for r in relations if r.kind == kind and not r.is_external), "")
    root = package.xml(name) if name else None
    return () if root is None else root


def _main_part(package: Package) -> str:
    roots = package.relations("").values()
    name = next((r.target for r in roots if r.kind == "officeDocument" and not r.is_external), _USUAL_PLACE)
    if name in package:
        return name
    if _USUAL_PLACE in package:
        return _USUAL_PLACE
    other = "content.xml" in package or "mimetype" in package
    raise Refused(Reason.OTHER_OFFICE if other else Reason.NO_TEXT)


def _sound(root: etree._Element | None) -> etree._Element:
    if root is None or local(root) != "document" or not root.tag.startswith(W):
        name = local(root) if root is not None else ""
        raise Refused(Reason.OTHER_OFFICE if name in ("workbook", "presentation") else Reason.NO_TEXT)
    return root


def _body(root: etree._Element) -> etree._Element:
    """Return the text; some programs write it in several bodies, which belong one behind the other."""
    bodies = root.findall(W + "body")
    if not bodies:
        raise Refused(Reason.NO_TEXT)
    for other in bodies[1:]:
        bodies[0].extend(list(other))
    return bodies[0]


def _language(body: etree._Element, styles: Styles) -> str:
    """Return the language of most of the words: the file's default is often that of who sold the program."""
    letters: Counter[str] = Counter()
    around = default = styles.paragraph("").language or styles.language
    for element in body.iter(W + "p", W + "t"):
        if element.tag == W + "p":
            around = styles.paragraph(_style_of(element, "p")).language or default
        elif words := element.text:
            letters[_run_language(element.getparent(), styles) or around] += len(words)
    by_primary: Counter[str] = Counter()
    for language, size in letters.items():
        by_primary[primary(language)] += size
    most = next((language for language, _ in by_primary.most_common(1)), "")
    return next((language for language, _ in letters.most_common() if primary(language) == most), default)


def _run_language(run: etree._Element, styles: Styles) -> str:
    properties = run.find(W + "rPr")
    if properties is None:
        return ""
    noted = properties.find(W + "lang")
    if noted is not None and (language := noted.get(W + ("val" if properties.find(W + "rtl") is None else "bidi"), "")):
        return language
    style = _style_of(run, "r")
    return styles.character_language(style) if style else ""


def _style_of(element: etree._Element, kind: str) -> str:
    return child_value(element.find(f"{W}{kind}Pr"), f"{kind}Style")


def _targets(body: etree._Element) -> set[str]:
    named = {element.get(W + "anchor", "") for element in body.iter(W + "hyperlink")}
    for element in body.iter(W + "instrText"):
        named.update(_ANCHORED.findall(element.text or ""))
    return named - {""}


def _has_contents(body: etree._Element) -> bool:
    return any((element.text or "").strip().upper().startswith("TOC") for element in body.iter(W + "instrText"))


def _raw_text(root: etree._Element) -> str:
    return " ".join(" ".join("".join(t.text or "" for t in p.iter(W + "t")) for p in root.iter(W + "p")).split())
