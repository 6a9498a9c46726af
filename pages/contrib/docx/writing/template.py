"""The Word file that a written document begins as: an institution's own, or a plain one that anybody can read."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart
from docx.shared import Cm, Pt, RGBColor
from docx.styles import BabelFish
from docx.styles.style import BaseStyle

from .elements import element
from .languages import runs_right_to_left, word_language

#: 11:1 and 7:1 on white: readable, printed in grey too (WCAG 2.2, 1.4.6).
INK, LINK = RGBColor(0x1F, 0x38, 0x64), RGBColor(0x05, 0x4A, 0x91)
SIZES = {"Title": 26, "Subtitle": 14, "Heading 1": 18, "Heading 2": 15, "Heading 3": 13}
COLOURED = [*SIZES, "Heading 4", "Heading 5", "Heading 6", "Caption", "Quote"]
#: In which the words in a box stand; Word has no style of its own for them.
CALLOUT = "Callout"
LISTS = {"bullet": ("•", "–", "◦"), "number": ("decimal", "lowerLetter", "lowerRoman")}
LEVELS = 9


class UnusableTemplate(Exception):
    """A file that cannot be a template; the message is for the person who chose it."""


def opened(template: bytes | None, language: str) -> WordDocument:
    """Return an empty document with every style that a writer needs, in a language.

    Raises ``UnusableTemplate`` for a file that python-docx cannot open.
    """
    try:
        document = Document(BytesIO(template) if template else None)
    except Exception as error:  # python-docx raises what its parser, zipfile or a missing part raise.
        raise UnusableTemplate(str(error)) from error
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    if not template:
        _tidy(document)
    add_missing_styles(document)
    set_language(document, language)
    _need_numbering(document)
    return document


def has_frame(document: WordDocument) -> bool:
    """Return whether something stands on top of the pages or at their end."""
    section = document.element.body.find(qn("w:sectPr"))
    return section is not None and any(child.tag.endswith("Reference") for child in section)


# --- the plain look -----------------------------------------------------------------------------


def _tidy(document: WordDocument) -> None:
    """Make python-docx's own template readable: contrast, A4, a paragraph's distance instead of empty lines."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    normal = document.styles["Normal"]
    normal.font.size, normal.font.name = Pt(11), "Calibri"
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(8), 1.15
    for name in COLOURED:
        document.styles[name].font.color.rgb = INK
    for name, size in SIZES.items():
        document.styles[name].font.size = Pt(size)
    for name in ("Caption", "Quote", "Subtitle"):
        document.styles[name].font.italic = False
    document.styles["Caption"].font.size, document.styles["Caption"].font.bold = Pt(10), False
    zoom = document.settings.element.find(qn("w:zoom"))
    if zoom is not None:
        zoom.set(qn("w:percent"), "100")


def add_missing_styles(document: WordDocument) -> None:
    """Add the styles that are written and that a template lacks; raises ``UnusableTemplate``."""
    _name_as_word_does(document)
    known = {style.style_id for style in document.styles}
    for name, kind, dress in needed_styles():
        if name not in document.styles:
            style = document.styles.add_style(name, kind, builtin=name != CALLOUT)
            if style.style_id in known:  # of a style with another name
                style.element.styleId = f"{style.style_id}Rynek"
            if dress:
                dress(style)
        elif document.styles[name].type != kind:
            raise UnusableTemplate(_("The style “%(name)s” is of another kind than in Word.") % {"name": name})


def _name_as_word_does(document: WordDocument) -> None:
    """Write the names of styles as Word itself does; other programs differ in capital letters."""
    usual = {
        BabelFish.ui2internal(name).lower(): BabelFish.ui2internal(name) for name, _kind, _dress in needed_styles()
    }
    for style in document.styles:
        name = style.element.find(qn("w:name"))
        if name is not None and (word_name := usual.get(name.get(qn("w:val"), "").lower())):
            name.set(qn("w:val"), word_name)


def needed_styles() -> list[tuple[str, WD_STYLE_TYPE, Callable[[BaseStyle], None] | None]]:
    """Return the name and kind of each style that is written, and what dresses it where a template has none."""
    return [
        ("Title", WD_STYLE_TYPE.PARAGRAPH, None),
        ("Subtitle", WD_STYLE_TYPE.PARAGRAPH, None),
        *((f"Heading {level}", WD_STYLE_TYPE.PARAGRAPH, _as_heading(level)) for level in range(1, 7)),
        ("Caption", WD_STYLE_TYPE.PARAGRAPH, None),
        ("Quote", WD_STYLE_TYPE.PARAGRAPH, _as_quote),
        ("List Paragraph", WD_STYLE_TYPE.PARAGRAPH, None),
        (CALLOUT, WD_STYLE_TYPE.PARAGRAPH, _as_callout),
        ("footnote text", WD_STYLE_TYPE.PARAGRAPH, _as_note),
        ("footnote reference", WD_STYLE_TYPE.CHARACTER, _as_note_mark),
        ("Hyperlink", WD_STYLE_TYPE.CHARACTER, _as_link),
        ("Table Grid", WD_STYLE_TYPE.TABLE, _as_grid),
        ("Header", WD_STYLE_TYPE.PARAGRAPH, None),
        ("Footer", WD_STYLE_TYPE.PARAGRAPH, None),
    ]


def _as_heading(level: int) -> Callable[[BaseStyle], None]:
    def dress(style: BaseStyle) -> None:
        style.font.bold, style.font.size = True, Pt(max(11, 20 - 2 * level))
        style.paragraph_format.keep_with_next = True
        style.element.get_or_add_pPr().append(element("w:outlineLvl", val=level - 1))

    return dress


def _as_quote(style: BaseStyle) -> None:
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Cm(1)


def _as_callout(style: BaseStyle) -> None:
    side = {"val": "single", "sz": 24, "space": 8, "color": str(INK)}
    style.element.get_or_add_pPr().insert(0, element("w:pBdr", element("w:left", **side)))
    style.paragraph_format.left_indent = Cm(0.5)


def _as_note(style: BaseStyle) -> None:
    style.font.size = Pt(10)


def _as_note_mark(style: BaseStyle) -> None:
    style.font.superscript = True


def _as_link(style: BaseStyle) -> None:
    style.font.color.rgb, style.font.underline = LINK, True


def _as_grid(style: BaseStyle) -> None:
    line = {"val": "single", "sz": 4, "space": 0, "color": "auto"}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = element("w:tblBorders", *(element(f"w:{side}", **line) for side in sides))
    style.element.append(element("w:tblPr", borders))


# --- what every document needs ------------------------------------------------------------------


def set_language(document: WordDocument, language: str) -> None:
    """Say in which language the words are, for screen readers and for the spelling checker (WCAG 2.2, 3.1.1)."""
    code = word_language(language)
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = element("w:docDefaults")
        styles.insert(0, defaults)
    run = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if run is None:
        run = element("w:rPr")
        defaults.insert(0, element("w:rPrDefault", run))
    for former in run.findall(qn("w:lang")):
        run.remove(former)
    run.append(element("w:lang", val=code, eastAsia=code, **({"bidi": code} if runs_right_to_left(language) else {})))
    theme_font = document.settings.element.find(qn("w:themeFontLang"))
    if theme_font is not None:
        theme_font.set(qn("w:val"), code)


def _need_numbering(document: WordDocument) -> None:
    """Give a template without lists the part that lists are described in."""
    try:
        document.part.numbering_part  # noqa: B018 -- python-docx looks for it, and cannot make one
    except (KeyError, NotImplementedError):
        empty = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        part = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, empty, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
