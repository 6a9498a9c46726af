"""The templates that are there from the start, in the language of the page, on the institution's letterhead if it has one.

They are written with the same fields that an editor's own template has, so each can be taken away, changed in Word and
uploaded.
"""

from __future__ import annotations

import io

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from pages.interchange.outline import (
    Block,
    Cell,
    Heading,
    Inline,
    Item,
    ItemList,
    Outline,
    Paragraph,
    Role,
    Row,
    Table,
    Text,
)

from ..writing.elements import mirror
from ..writing.languages import runs_right_to_left
from ..writing.story import Writer
from ..writing.template import has_frame, opened
from .kinds import Kind


def builtin(kind: str, language: str, letterhead: bytes | None = None) -> bytes:
    """Return our own template for a kind of document; raises ``UnusableTemplate`` for a letterhead that is broken."""
    with translation.override(language):
        document = opened(letterhead, language)
        if kind == Kind.CERTIFICATE:
            _write_certificate(document, language)
        else:
            blocks = _summary() if kind == Kind.SUMMARY else _outcomes()
            Writer(document, Outline(blocks, language=language), lambda name: None).write()
        if not has_frame(document):
            _writer(document, language).add_frame("{{ site }}", is_numbered=kind != Kind.CERTIFICATE)
    _forget_languages(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _writer(document: WordDocument, language: str) -> Writer:
    return Writer(document, Outline([], language=language), lambda name: None)


def _forget_languages(document: WordDocument) -> None:
    """Take off the languages that were noted for the names of fields: each value gets its own."""
    for noted in list(document.element.body.iter(qn("w:lang"))):
        noted.getparent().remove(noted)


def _words(*pieces: str | Text, role: Role = Role.BODY) -> Paragraph:
    content: list[Inline] = [Text(piece) if isinstance(piece, str) else piece for piece in pieces]
    return Paragraph(content, role)


def _fact(name: str, label: str) -> list[Block]:
    return [
        _words(f"{{% if {name} %}}"),
        _words(Text(f"{label}: ", bold=True), f"{{{{ {name} }}}}"),
        _words("{% endif %}"),
    ]


def _when_and_where() -> list[Block]:
    return [
        _words(Text(_("When") + ": ", bold=True), "{{ dates }} {{ hours }}"),
        _words("{% if place %}"),
        _words(Text(_("Where") + ": ", bold=True), "{{ place }}"),
        _words("{% endif %}"),
        *_fact("organiser", _("Organiser")),
        *_fact("programme", _("Programme")),
    ]


def _summary() -> list[Block]:
    return [
        _words("{{ title }}", role=Role.TITLE),
        _words("{{ lead }}", role=Role.SUBTITLE),
        *_when_and_where(),
        *_fact("audience", _("For whom")),
        _words("{% if text %}"),
        Heading(1, [Text(_("About the workshop"))]),
        _words("{{ text }}"),
        _words("{% endif %}"),
        _words("{% for track in tracks %}"),
        Heading(1, [Text("{{ track.title }}")]),
        _words("{% for person in track.people %}"),
        ItemList(False, [Item([_words("{{ person.line }}")])]),
        _words("{% endfor %}"),
        _words("{% if track.summary %}"),
        _words("{{ track.summary }}"),
        _words("{% endif %}"),
        _words("{% if track.outcomes %}"),
        Heading(2, [Text(_("Outcomes"))]),
        _words("{% for outcome in track.outcomes %}"),
        ItemList(False, [Item([_words("{{ outcome.name }}")])]),
        _words("{% endfor %}"),
        _words("{% endif %}"),
        _words("{% endfor %}"),
        *_fact("contact", _("Contact")),
        *_fact("address", _("Page on the site")),
    ]


def _outcomes() -> list[Block]:
    def row(*cells: str) -> Row:
        return Row([Cell([_words(cell)]) for cell in cells])

    heads = row(_("Outcome"), _("Track"), pgettext("column of a table", "Document"))
    rows = [
        heads,
        row("{% for outcome in outcomes %}", "", ""),
        row("{{ outcome.name }}", "{{ outcome.track }}", "{{ outcome.file }}"),
        row("{% endfor %}", "", ""),
    ]
    return [
        _words(_("List of outcomes"), role=Role.TITLE),
        _words("{{ title }}", role=Role.SUBTITLE),
        *_when_and_where(),
        Heading(1, [Text(_("Outcomes"))]),
        _words("{% if outcomes %}"),
        Table(rows, header_rows=1, description=_("Outcomes")),
        _words("{% endif %}"),
        *_fact("contact", _("Contact")),
        *_fact("address", _("Page on the site")),
        _words(_("State of %(day)s.") % {"day": "{{ today }}"}),
    ]


def _write_certificate(document: WordDocument, language: str) -> None:
    is_mirrored = runs_right_to_left(language)

    def add(text: str, style: str = "Normal", *, size: int = 12, before: int = 0) -> None:
        paragraph = document.add_paragraph(style=style)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(before)
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        if is_mirrored:
            mirror(paragraph._p)

    add(_("Certificate of attendance"), "Title", size=26, before=72)
    add(_("awarded to"), before=36)
    add("{{ name }}", "Heading 1", size=24, before=12)
    add(_("for taking part in the workshop"), before=24)
    add("{{ title }}", "Subtitle", size=16, before=12)
    add("{{ dates }}", before=24)
    add("{% if city %}")
    add("{{ city }}")
    add("{% endif %}")
    add("{% if organiser %}")
    add(_("Organiser") + ": {{ organiser }}", before=12)
    add("{% endif %}")
    add(_("Signature: %(line)s") % {"line": "……………………………"}, before=96)
