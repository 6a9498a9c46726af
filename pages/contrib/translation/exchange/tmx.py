"""TMX 1.4b: accepted translations for the memory of any program, inline tags with their HTML inside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from lxml import etree

from . import inline
from .package import DamagedFile, Package, State
from .safe_xml import XML, add_text, local, plain_text, read_xml, write_xml

_TYPES = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "a": "link", "br": "lb"}
_MOMENT = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Pair:
    """A text in two languages, as Localize's HTML."""

    source: str
    target: str
    source_language: str
    target_language: str


def write(package: Package) -> bytes:
    """Write the accepted units; drafts are no memory."""
    root = etree.Element("tmx", {"version": "1.4"})
    header = {
        "creationtool": "Rynek",
        "creationtoolversion": "1",
        "segtype": "block",
        "o-tmf": "Rynek",
        "adminlang": "en",
        "srclang": package.source_language,
        "datatype": "html",
        "creationdate": package.made_at.strftime(_MOMENT),
    }
    etree.SubElement(root, "header", header)
    body = etree.SubElement(root, "body")
    for part in package.parts:
        for unit in part.units:
            if unit.state is State.ACCEPTED:
                _write_unit(body, package, part, unit)
    return write_xml(root, '<!DOCTYPE tmx SYSTEM "tmx14.dtd">')


def _write_unit(body, package, part, unit) -> None:
    element = etree.SubElement(body, "tu", {"tuid": str(unit.id)})
    if part.title:
        etree.SubElement(element, "prop", {"type": "x-page"}).text = inline.printable(part.title)
    for language, words in [(package.source_language, unit.source), (package.target_language, unit.target)]:
        variant = etree.SubElement(element, "tuv", {f"{XML}lang": language})
        _Writer().fill(etree.SubElement(variant, "seg"), inline.parse(words))


class _Writer:
    """Numbers the pairs of one segment."""

    def __init__(self):
        self.pairs = 0

    def fill(self, element, nodes) -> None:
        for node in nodes:
            if isinstance(node, str):
                add_text(element, node)
            elif isinstance(node, inline.Span):
                self._write_pair(element, node)
            elif node.name == "br":
                etree.SubElement(element, "ph", {"type": "lb"}).text = inline.standing(node.id)
            else:
                etree.SubElement(element, "ph", {"type": "x-character"}).text = node.id

    def _write_pair(self, element, span) -> None:
        self.pairs += 1
        number = str(self.pairs)
        kind = {"type": _TYPES.get(span.name, f"x-{span.name}")}
        etree.SubElement(element, "bpt", {"i": number} | kind).text = inline.opening(span.id)
        self.fill(element, span.children)
        etree.SubElement(element, "ept", {"i": number}).text = inline.closing(span.id)


def read(content: bytes) -> Iterator[Pair]:
    """Yield each pair of the file's source language and another; what stands in foreign tags is left out.

    Raises ``DamagedFile`` before the first pair when the file is no TMX.
    """
    root = read_xml(content)
    header = root.find("header")
    if local(root) != "tmx" or header is None:
        raise DamagedFile(_("This is no TMX file. Nothing was imported."))
    return _pairs(root, header.get("srclang", ""))


def _pairs(root, file_language) -> Iterator[Pair]:
    for unit in root.iter("tu"):
        variants = [(tuv.get(f"{XML}lang") or tuv.get("lang") or "", tuv.find("seg")) for tuv in unit.iter("tuv")]
        words = [(language, _words(seg)) for language, seg in variants if language and seg is not None]
        source_language = (unit.get("srclang") or file_language).lower()
        source = next((entry for entry in words if entry[0].lower() == source_language), None)
        if source is None and words:
            source = words[0]
        for language, target in words:
            if source[1].strip() and target.strip() and language != source[0]:
                yield Pair(source[1], target, source[0], language)


def _words(seg) -> str:
    """Return the HTML of a segment; tags of other programs are left out, their text stays."""
    try:
        builder = inline.Builder()
        _read_inline(seg, builder)
        return builder.html()
    except inline.BrokenCode:
        return _text_alone(seg)


def _read_inline(element, builder) -> None:
    builder.text(element.text)
    for child in element:
        name, native = local(child), plain_text(child)
        if name == "hi":
            _read_inline(child, builder)
        elif name == "bpt":
            builder.begin(_code(native))
        elif name == "ept":
            builder.end(builder.open[-1] if builder.open else native)
        elif name == "ph" and native == "<br/>":
            builder.mark("br")
        else:
            builder.mark(native)
        builder.text(child.tail)


def _code(native) -> str:
    """Return the code for a tag of ours such as ``<a id="a1">``."""
    tag = native.strip("<>").split()
    return tag[1].removeprefix('id="').rstrip('"') if len(tag) == 2 else "".join(tag)


def _text_alone(element) -> str:
    builder = inline.Builder()
    _read_text(element, builder)
    return builder.html()


def _read_text(element, builder) -> None:
    builder.text(element.text)
    for child in element:
        if local(child) == "hi":
            _read_text(child, builder)
        builder.text(child.tail)
