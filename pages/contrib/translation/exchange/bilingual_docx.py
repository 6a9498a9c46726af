"""A Word file with a table: number, source, target, note. Only the cells of the target can be written in.

Tags are plain words such as ``<b>`` and ``<a1>``, which a translator can copy and move in any program; a text that
really says ``<b>`` is written ``<\\b>``. The number carries the id of the unit in a locked content control and, for
programs that drop those, as hidden text.
"""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from lxml import etree
from wagtail_localize.strings import INLINE_TAGS

from media.archives import open_package

from . import inline
from .package import DamagedFile, Package, Returned, ReturnedFile, State, UnitId, digest
from .safe_xml import read_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
#: Word has no characters for the ends of lines: there they are breaks.
_REFUSED = re.compile("([^\\t\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff])")
_TAGGED_ID = re.compile(r"([0-9a-f]{32}\.[0-9a-f]{10}\.[0-9a-f]{10})\.([0-9a-f]{8})")
_LANGUAGE = re.compile(r"(source|target):([A-Za-z0-9-]{2,20})")
#: Word proofs by country; these are its usual ones.
_REGIONS = {"ar": "ar-SA", "de": "de-DE", "en": "en-GB", "fr": "fr-FR", "pl": "pl-PL", "uk": "uk-UA"}
_GREY, _DRAFT_SHADE, _LOCKED_SHADE = "5F6368", "FFF4CE", "F1F3F4"
_RAISED = {"sub": "subscript", "sup": "superscript"}
_WIDTHS_TWIPS = (700, 5300, 5300, 2900)
#: In the settings of a Word file the protection stands before these.
_AFTER_PROTECTION = (
    *("autoFormatOverride", "styleLockTheme", "styleLockQFSet", "defaultTabStop", "autoHyphenation"),
    *("consecutiveHyphenLimit", "hyphenationZone", "doNotHyphenateCaps", "showEnvelope", "summaryLength"),
    *("clickAndTypeStyle", "defaultTableStyle", "evenAndOddHeaders", "bookFoldRevPrinting", "bookFoldPrinting"),
    *("bookFoldPrintingSheets", "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing"),
    *("displayHorizontalDrawingGridEvery", "displayVerticalDrawingGridEvery", "characterSpacingControl"),
    *("footnotePr", "endnotePr", "compat", "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping"),
    *("shapeDefaults", "decimalSymbol", "listSeparator"),
)


def write(package: Package) -> bytes:
    from docx import Document  # noqa: PLC0415 -- slow import

    document = Document()
    _set_up(document, package)
    writer = _Writer(document, package)
    for part in package.parts:
        document.add_heading(inline.printable(part.title) or "–", level=1)
        writer.add_table(part)
        # Word wants a paragraph after a table.
        document.add_paragraph()
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_up(document, package) -> None:
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415 -- slow import

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = 10692130, 7560310  # A4, in EMU
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = 720000
    title = _("Translation from %(source)s into %(target)s") % {
        "source": _name(package.source_language),
        "target": _name(package.target_language),
    }
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.language = package.target_language
    defaults = document.styles.element.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang")
    if defaults is not None:
        defaults.set(f"{_W}val", _region(package.target_language))
    document.add_paragraph(title, style="Title")
    document.add_paragraph(
        _(
            "Write into the column of the target language; everything else is locked. Keep tags such as <b>…</b> and "
            "<a1>…</a1> around the words they belong to. Save the file as a Word document and upload it where it came from."
        )
    )
    _protect(document.settings.element)


def _protect(settings) -> None:
    protection = _make("documentProtection", edit="readOnly", enforcement="1")
    later = {f"{_W}{name}" for name in _AFTER_PROTECTION}
    for child in settings:
        if child.tag in later:
            child.addprevious(protection)
            return
    settings.append(protection)


def _name(code) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _region(code) -> str:
    return _REGIONS.get(code, code)


def _is_rtl(code) -> bool:
    try:
        return bool(get_language_info(code)["bidi"])
    except KeyError:
        return False


def _make(name, *children, **attributes) -> etree._Element:
    element = etree.Element(f"{_W}{name}", {f"{_W}{key}": value for key, value in attributes.items()})
    element.extend(children)
    return element


class _Writer:
    """Adds tables; numbers of rows, controls and editable ranges run through the whole file."""

    def __init__(self, document, package: Package):
        self.document, self.package, self.number, self.controls = document, package, 0, 0

    def add_table(self, part) -> None:
        borders = ("top", "left", "bottom", "right", "insideH", "insideV")
        edges = [_make(edge, val="single", sz="4", space="0", color="9AA0A6") for edge in borders]
        table = _make(
            "tbl",
            _make(
                "tblPr",
                _make("tblW", w=str(sum(_WIDTHS_TWIPS)), type="dxa"),
                _make("tblBorders", *edges),
                _make("tblLayout", type="fixed"),
            ),
            _make("tblGrid", *(_make("gridCol", w=str(width)) for width in _WIDTHS_TWIPS)),
        )
        table.append(self._header())
        table.extend([self._row(unit) for unit in part.units])
        self.document.element.body.insert(len(self.document.element.body) - 1, table)

    def _header(self):
        source, target = self.package.source_language, self.package.target_language
        cells = [
            self._cell(0, [_paragraph([_run(_("No."), bold=True)])], _LOCKED_SHADE),
            self._cell(
                1, [_paragraph([self._control(f"source:{source}", [_run(_name(source), bold=True)])])], _LOCKED_SHADE
            ),
            self._cell(
                2, [_paragraph([self._control(f"target:{target}", [_run(_name(target), bold=True)])])], _LOCKED_SHADE
            ),
            self._cell(3, [_paragraph([_run(_("Note"), bold=True)])], _LOCKED_SHADE),
        ]
        return _make("tr", _make("trPr", _make("cantSplit"), _make("tblHeader")), *cells)

    def _row(self, unit):
        self.number += 1
        tag = f"{unit.id}.{unit.mark}"
        number = self._control(tag, [_run(str(self.number)), _run(tag, hidden=True)])
        range_id = str(self.number)
        words = _words(unit.target, self.package.target_language) or [_run("", self.package.target_language)]
        words = [_make("permStart", id=range_id, edGrp="everyone"), *words, _make("permEnd", id=range_id)]
        notes = list(unit.notes)
        if unit.former_target:
            notes.append(_("Before: %(source)s") % {"source": _shown(unit.former_source)})
            notes.append(_("Translated before: %(words)s") % {"words": _shown(unit.former_target)})
        return _make(
            "tr",
            _make("trPr", _make("cantSplit")),
            self._cell(0, [_paragraph([number])], _LOCKED_SHADE),
            self._cell(
                1, [_paragraph(_words(unit.source, self.package.source_language), self.package.source_language)]
            ),
            self._cell(
                2,
                [_paragraph(words, self.package.target_language)],
                _DRAFT_SHADE if unit.state is State.DRAFT else "",
            ),
            self._cell(
                3, [_paragraph([_run(inline.printable(note), grey=True)]) for note in notes] or [_paragraph([])]
            ),
        )

    def _cell(self, column, paragraphs, shade=""):
        properties = _make("tcPr", _make("tcW", w=str(_WIDTHS_TWIPS[column]), type="dxa"))
        if shade:
            properties.append(_make("shd", val="clear", color="auto", fill=shade))
        return _make("tc", properties, *paragraphs)

    def _control(self, tag, runs):
        self.controls += 1
        properties = _make(
            "sdtPr",
            _make("tag", val=tag),
            _make("id", val=str(1000 + self.controls)),
            _make("lock", val="sdtContentLocked"),
        )
        return _make("sdt", properties, _make("sdtContent", *runs))


def _paragraph(content, language="") -> etree._Element:
    properties = [_make("pPr", _make("bidi"))] if _is_rtl(language) else []
    return _make("p", *properties, *content)


def _words(html, language) -> list[etree._Element]:
    return list(_runs(inline.parse(html, _REFUSED), language, frozenset()))


def _runs(nodes, language, looks):
    for node in nodes:
        if isinstance(node, str):
            yield _run(_tags().sub(r"<\\\1\2\3>", node), language, looks=looks)
        elif isinstance(node, inline.Span):
            key = node.id.split("-")[0]
            yield _run(f"<{key}>", grey=True, rtl=_is_rtl(language))
            yield from _runs(node.children, language, looks | {node.name})
            yield _run(f"</{key}>", grey=True, rtl=_is_rtl(language))
        elif node.name == "br":
            yield _make("r", _make("br"))
        else:
            yield _run(f"<{node.id.split('-')[0]}>", grey=True)


@cache
def _tags() -> re.Pattern[str]:
    # The list gets longer while the apps of the site are being loaded, and this module may be loaded before.
    names = "|".join(sorted(INLINE_TAGS, key=len, reverse=True))
    return re.compile(rf"<(\\*)(/?)({names}|(?:a|span)\d{{1,6}}|cp[0-9A-F]{{1,6}})>")


def _run(text, language="", *, looks=frozenset(), bold=False, grey=False, hidden=False, rtl=None) -> etree._Element:
    """Make a run; the order of its properties is the one Word asks for."""
    properties = _make("rPr")
    if bold or looks & {"b", "strong"}:
        properties.extend([_make("b"), _make("bCs")])
    if looks & {"i", "em"}:
        properties.extend([_make("i"), _make("iCs")])
    if grey or hidden:
        properties.append(_make("noProof"))
    if hidden:
        properties.append(_make("vanish"))
    if grey:
        properties.append(_make("color", val=_GREY))
    if raised := looks & _RAISED.keys():
        properties.append(_make("vertAlign", val=_RAISED[min(raised)]))
    if _is_rtl(language) if rtl is None else rtl:
        properties.append(_make("rtl"))
    if language:
        region = _region(language)
        properties.append(_make("lang", bidi=region) if _is_rtl(language) else _make("lang", val=region))
    run = _make("r", *([properties] if len(properties) else []))
    for number, piece in enumerate(text.split("\t")):
        if number:
            run.append(_make("tab"))
        if piece:
            element = _make("t")
            element.text = piece
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(element)
    return run


def _shown(html) -> str:
    """The words of a former text, on one line."""
    return " ".join(inline.text_of(inline.parse(html)).split())


def read(content: bytes) -> ReturnedFile:
    """Return the rows of a bilingual Word file, whichever program saved it; tracked changes count as accepted."""
    body = _body(content)
    units, languages = [], {}
    for row in body.iter(f"{_W}tr"):
        cells = [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]
        for tag in row.iter(f"{_W}tag"):
            if named := _LANGUAGE.fullmatch(tag.get(f"{_W}val", "")):
                languages[named[1]] = named[2]
        if cells and (found := _id(cells[0])):
            if len(cells) < 3:
                raise DamagedFile(_("The table of the file has lost a column. Nothing was imported."))
            units.append(_read_row(found, cells))
    if not units:
        raise DamagedFile(
            _("This Word file has no table for translators, or its numbers were deleted. Nothing was imported.")
        )
    return ReturnedFile(units, languages.get("source", ""), languages.get("target", ""))


def _body(content) -> etree._Element:
    try:
        package = open_package(BytesIO(content), len(content))
    except ValidationError as error:
        raise DamagedFile(f"{' '.join(error.messages)} {_('Nothing was imported.')}") from error
    if _BODY not in package.names:
        raise DamagedFile(_("This is no Word file. Nothing was imported."))
    return read_xml(package.archive.read(_BODY))


def _id(cell) -> re.Match[str] | None:
    for tag in cell.iter(f"{_W}tag"):
        if found := _TAGGED_ID.fullmatch(tag.get(f"{_W}val", "")):
            return found
    return _TAGGED_ID.search("".join(text.text or "" for text in cell.iter(f"{_W}t")))


def _read_row(found, cells) -> Returned:
    lines = _lines(cells[2])
    target, error = _html(lines)
    is_as_it_was = digest(target) == found[2]
    return Returned(
        id=UnitId.read(found[1]),
        target=target,
        # Word cannot say whether somebody looked at a draft, so one that is as it was stays a draft.
        state=State.EMPTY if not target.strip() else State.DRAFT if is_as_it_was else State.ACCEPTED,
        source=_html(_lines(cells[1]))[0],
        mark=found[2],
        error=error,
    )


def _lines(cell) -> list[str]:
    """Return the lines of a cell; empty paragraphs at its end are slips of the Enter key."""
    paragraphs = [_text(paragraph) for paragraph in cell.iter(f"{_W}p")]
    while len(paragraphs) > 1 and not paragraphs[-1].strip():
        paragraphs.pop()
    return "\n".join(paragraphs).split("\n")


def _text(paragraph) -> str:
    parts = []
    for element in paragraph.iter():
        if any(ancestor.tag in {f"{_W}moveFrom", f"{_W}del"} for ancestor in element.iterancestors()):
            continue
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        elif element.tag in {f"{_W}br", f"{_W}cr"}:
            parts.append("\n")
        elif element.tag == f"{_W}tab" and element.getparent().tag == f"{_W}r":
            parts.append("\t")
        elif element.tag == f"{_W}noBreakHyphen":
            parts.append("\u2011")
        elif element.tag == f"{_W}softHyphen":
            parts.append("\u00ad")
    return "".join(parts)


def _html(lines) -> tuple[str, str]:
    """Return the words of lines and, when their tags cannot be read, why; the words are then plain text."""
    builder = inline.Builder()
    try:
        for number, line in enumerate(lines):
            if number:
                builder.mark("br")
            _read_line(line, builder)
        return builder.html(), ""
    except inline.BrokenCode as broken:
        return "\n".join(lines), str(broken)


def _read_line(line, builder) -> None:
    position = 0
    for match in _tags().finditer(line):
        builder.text(line[position : match.start()])
        escapes, slash, key = match.groups()
        if escapes:
            builder.text(f"<{escapes[1:]}{slash}{key}>")
        elif key.startswith("cp") or key == "br":
            builder.mark(key)
        elif slash:
            builder.end(key)
        else:
            builder.begin(key)
        position = match.end()
    builder.text(line[position:])
