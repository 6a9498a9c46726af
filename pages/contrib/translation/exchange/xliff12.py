"""XLIFF 1.2: one ``file`` for each page, inline tags as ``g`` and ``x``. After the OASIS standard of 1 February 2008."""

from __future__ import annotations

from django.utils.translation import gettext as _
from lxml import etree

from . import inline
from .package import DamagedFile, Package, Part, Returned, ReturnedFile, State, Unit, UnitId
from .safe_xml import XML, add_text, local, plain_text, read_xml, write_xml

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_X = f"{{{NAMESPACE}}}"
_CTYPES = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "a": "link", "br": "lb"}
_STATES = {State.ACCEPTED: "translated", State.DRAFT: "needs-review-translation"}
#: What programs say of words that nobody has finished; anything else is finished.
_UNFINISHED = {
    *("new", "needs-translation", "needs-adaptation", "needs-l10n"),
    *("needs-review-translation", "needs-review-adaptation", "needs-review-l10n"),
}


def write(package: Package) -> bytes:
    root = etree.Element(f"{_X}xliff", {"version": "1.2"}, nsmap={None: NAMESPACE})
    for part in package.parts:
        _write_part(root, package, part)
    return write_xml(root)


def _write_part(root, package, part: Part) -> None:
    file = etree.SubElement(
        root,
        f"{_X}file",
        {
            "original": part.translation.hex,
            "source-language": package.source_language,
            "target-language": package.target_language,
            "datatype": "html",
            "date": package.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        },
    )
    header = etree.SubElement(file, f"{_X}header")
    _add(header, "note", [inline.printable(part.title)])
    body = etree.SubElement(file, f"{_X}body")
    for unit in part.units:
        _write_unit(body, unit)


def _write_unit(body, unit: Unit) -> None:
    attributes = {
        "id": str(unit.id),
        "resname": unit.path,
        "extradata": unit.mark,
        f"{XML}space": "preserve",
        "approved": "yes" if unit.state is State.ACCEPTED else "no",
    }
    if unit.max_length:
        attributes |= {"maxwidth": str(unit.max_length), "size-unit": "char"}
    element = etree.SubElement(body, f"{_X}trans-unit", attributes)
    _add(element, "source", inline.parse(unit.source))
    if unit.target:
        _add(element, "target", inline.parse(unit.target)).set("state", _STATES[unit.state])
    for note in unit.notes:
        _add(element, "note", [inline.printable(note)])
    if unit.former_target:
        former = etree.SubElement(element, f"{_X}alt-trans", {"alttranstype": "previous-version"})
        _add(former, "source", inline.parse(unit.former_source))
        _add(former, "target", inline.parse(unit.former_target))


def _add(parent, name, nodes) -> etree._Element:
    element = etree.SubElement(parent, f"{_X}{name}")
    _fill(element, nodes)
    return element


def _fill(element, nodes) -> None:
    for node in nodes:
        if isinstance(node, str):
            add_text(element, node)
            continue
        ctype = {"ctype": _CTYPES.get(node.name, f"x-html-{node.name}")}
        if isinstance(node, inline.Span):
            _fill(etree.SubElement(element, f"{_X}g", {"id": node.id} | ctype), node.children)
        else:
            etree.SubElement(element, f"{_X}x", {"id": node.id} | ctype)


def read(content: bytes) -> ReturnedFile:
    """Return the units of an XLIFF 1.2 file, also when another program has rewritten it."""
    root = read_xml(content)
    if root.tag != f"{_X}xliff":
        raise DamagedFile(_("This is no XLIFF 1.2 file. Nothing was imported."))
    files = root.findall(f"{_X}file")
    pairs = {(file.get("source-language", ""), file.get("target-language", "")) for file in files}
    if len(pairs) != 1:
        raise DamagedFile(_("The file holds no pages, or several languages at once. Nothing was imported."))
    source, target = pairs.pop()
    return ReturnedFile([_read_unit(unit) for file in files for unit in file.iter(f"{_X}trans-unit")], source, target)


def _read_unit(unit) -> Returned:
    target = unit.find(f"{_X}target")
    state = target.get("state", "") if target is not None else ""
    words, error = _words(target)
    return Returned(
        id=UnitId.read(unit.get("id", "")),
        target=words,
        state=State.EMPTY if not words.strip() else State.DRAFT if state in _UNFINISHED else State.ACCEPTED,
        source=_words(unit.find(f"{_X}source"))[0],
        mark=unit.get("extradata") or None,
        error=error,
    )


def _words(element) -> tuple[str, str]:
    """Return the words and, when their tags cannot be read, why; the words are then plain text."""
    if element is None:
        return "", ""
    builder = inline.Builder()
    try:
        _read_inline(element, builder)
        return builder.html(), ""
    except inline.BrokenCode as broken:
        return plain_text(element), str(broken)


def _read_inline(element, builder) -> None:
    builder.text(element.text)
    for child in element:
        code, name = child.get("id", ""), local(child)
        if name == "mrk":
            _read_inline(child, builder)
        elif name == "g":
            builder.begin(code)
            _read_inline(child, builder)
            builder.end(code)
        elif name in {"bx", "bpt"}:
            builder.begin(code)
        elif name in {"ex", "ept"}:
            builder.end(code)
        else:
            builder.mark(code)
        builder.text(child.tail)
