"""XLIFF 2.0: one ``file`` for each page, inline tags as ``pc`` and ``ph`` with their HTML kept as original data.

After the OASIS standard of 5 August 2014, with its module for lengths.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from lxml import etree

from . import inline
from .package import DamagedFile, Package, Part, Returned, ReturnedFile, State, Unit, UnitId
from .safe_xml import XML, add_text, local, plain_text, read_xml, write_xml

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
LENGTHS = "urn:oasis:names:tc:xliff:sizerestriction:2.0"
#: Attributes of ours; programs keep what they do not know, as the standard asks.
OURS = "urn:rynek:translation"
_X, _L, _O = f"{{{NAMESPACE}}}", f"{{{LENGTHS}}}", f"{{{OURS}}}"
_TYPES = {
    "b": {"type": "fmt", "subType": "xlf:b"},
    "strong": {"type": "fmt", "subType": "xlf:b"},
    "i": {"type": "fmt", "subType": "xlf:i"},
    "em": {"type": "fmt", "subType": "xlf:i"},
    "br": {"type": "fmt", "subType": "xlf:lb"},
    "a": {"type": "link"},
}
_STATES = {State.EMPTY: "initial", State.DRAFT: "initial", State.ACCEPTED: "translated"}


def write(package: Package) -> bytes:
    root = etree.Element(
        f"{_X}xliff",
        {"version": "2.0", "srcLang": package.source_language, "trgLang": package.target_language},
        nsmap={None: NAMESPACE, "slr": LENGTHS, "rynek": OURS},
    )
    for number, part in enumerate(package.parts, 1):
        _write_part(root, number, part)
    return write_xml(root)


def _write_part(root, number, part: Part) -> None:
    file = etree.SubElement(root, f"{_X}file", {"id": f"f{number}", "original": part.translation.hex})
    etree.SubElement(file, f"{_L}profiles", {"generalProfile": "xliff:codepoints"})
    notes = etree.SubElement(file, f"{_X}notes")
    etree.SubElement(notes, f"{_X}note", {"category": "title"}).text = inline.printable(part.title) or None
    for unit in part.units:
        _write_unit(file, unit)


def _write_unit(file, unit: Unit) -> None:
    attributes = {"id": str(unit.id), "name": unit.path, f"{_O}mark": unit.mark, f"{XML}space": "preserve"}
    if unit.max_length:
        attributes[f"{_L}sizeRestriction"] = str(unit.max_length)
    element = etree.SubElement(file, f"{_X}unit", attributes)
    _write_notes(element, unit)
    source, target = inline.parse(unit.source), inline.parse(unit.target)
    _write_original_data(element, [*inline.spans(source), *inline.spans(target)])
    segment = etree.SubElement(element, f"{_X}segment", {"state": _STATES[unit.state]})
    if unit.state is State.DRAFT:
        segment.set("subState", "rynek:draft")
    _fill(etree.SubElement(segment, f"{_X}source"), source)
    if unit.target:
        _fill(etree.SubElement(segment, f"{_X}target"), target)


def _write_notes(element, unit) -> None:
    former = [("former-source", unit.former_source), ("former-target", unit.former_target)]
    told = [("place", note) for note in unit.notes] + [pair for pair in former if pair[1]]
    if told:
        notes = etree.SubElement(element, f"{_X}notes")
        for category, note in told:
            etree.SubElement(notes, f"{_X}note", {"category": category}).text = inline.printable(note)


def _write_original_data(element, codes) -> None:
    tags = {}
    for code in codes:
        if isinstance(code, inline.Span):
            tags[_data_id(code.id)] = inline.opening(code.id)
            tags[_data_id(code.id, closing=True)] = inline.closing(code.id)
        elif code.name == "br":
            tags[_data_id(code.id)] = inline.standing(code.id)
    if tags:
        data = etree.SubElement(element, f"{_X}originalData")
        for id_, tag in tags.items():
            etree.SubElement(data, f"{_X}data", {"id": id_}).text = tag


def _data_id(code, *, closing=False) -> str:
    return f"{'e' if closing else 'd'}-{code}"


def _fill(element, nodes) -> None:
    for node in nodes:
        if isinstance(node, str):
            add_text(element, node)
        elif isinstance(node, inline.Span):
            data = {"dataRefStart": _data_id(node.id), "dataRefEnd": _data_id(node.id, closing=True)}
            _fill(
                etree.SubElement(element, f"{_X}pc", {"id": node.id} | _TYPES.get(node.name, {}) | data), node.children
            )
        elif node.name == "br":
            data = {"dataRef": _data_id(node.id)}
            etree.SubElement(element, f"{_X}ph", {"id": node.id} | _TYPES["br"] | data)
        else:
            etree.SubElement(element, f"{_X}cp", {"hex": f"{ord(inline.standing(node.id)):04X}"})


def read(content: bytes) -> ReturnedFile:
    """Return the units of an XLIFF 2.0 or 2.1 file, also when another program has cut them into sentences."""
    root = read_xml(content)
    if root.tag != f"{_X}xliff":
        raise DamagedFile(_("This is no XLIFF 2.0 file. Nothing was imported."))
    units = [_read_unit(unit) for unit in root.iter(f"{_X}unit")]
    return ReturnedFile(units, root.get("srcLang", ""), root.get("trgLang", ""))


def _read_unit(unit) -> Returned:
    sections = [child for child in unit if child.tag in {f"{_X}segment", f"{_X}ignorable"}]
    segments = [section for section in sections if section.tag == f"{_X}segment"]
    is_translated = any(segment.find(f"{_X}target") is not None for segment in segments)
    words, error = _words(_targets(sections)) if is_translated else ("", "")
    # What the standard calls initial is also its default, so only a program that says so means it.
    is_draft = any(segment.get("state") == "initial" for segment in segments)
    return Returned(
        id=UnitId.read(unit.get("id", "")),
        target=words,
        state=State.EMPTY if not words.strip() else State.DRAFT if is_draft else State.ACCEPTED,
        source=_words([section.find(f"{_X}source") for section in sections])[0],
        mark=unit.get(f"{_O}mark") or None,
        error=error,
    )


def _targets(sections) -> list:
    """The targets in their order; the space between two sentences is that of the source when nobody wrote another."""
    targets = []
    for number, section in enumerate(sections, 1):
        target = section.find(f"{_X}target")
        if target is None and section.tag == f"{_X}ignorable":
            target = section.find(f"{_X}source")
        if target is not None:
            order = target.get("order", "")
            targets.append((int(order) if order.isdecimal() and len(order) < 9 else number, number, target))
    return [target for *_order, target in sorted(targets, key=lambda entry: entry[:2])]


def _words(elements) -> tuple[str, str]:
    """Return the words and, when their tags cannot be read, why; the words are then plain text."""
    builder = inline.Builder()
    elements = [element for element in elements if element is not None]
    try:
        for element in elements:
            _read_inline(element, builder, {})
        return builder.html(), ""
    except inline.BrokenCode as broken:
        return "".join(plain_text(element) for element in elements), str(broken)


def _read_inline(element, builder, begun) -> None:
    builder.text(element.text)
    for child in element:
        code, name = child.get("copyOf") or child.get("id", ""), local(child)
        if name == "mrk":
            _read_inline(child, builder, begun)
        elif name == "pc":
            builder.begin(code)
            _read_inline(child, builder, begun)
            builder.end(code)
        elif name == "sc":
            begun[child.get("id", "")] = code
            builder.begin(code)
        elif name == "ec":
            builder.end(begun.get(child.get("startRef", ""), code))
        elif name == "cp":
            builder.mark(f"cp{child.get('hex', '').upper().lstrip('0')}")
        elif name not in {"sm", "em"}:
            builder.mark(code)
        builder.text(child.tail)
