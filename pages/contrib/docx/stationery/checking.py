"""Whether pages can be written with an institution's template, tried before it is taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO

from django.utils.translation import gettext as _
from docx import Document
from docx.oxml.ns import qn
from docx.shared import RGBColor

from pages.contrast import contrast
from pages.interchange.outline import (
    Aside,
    Cell,
    Heading,
    Item,
    ItemList,
    Link,
    Note,
    NoteMark,
    Outline,
    Paragraph,
    Quote,
    Role,
    Row,
    Table,
    Text,
    every_block,
    plain,
)

from ..reading import read
from ..writing import UnusableTemplate, write
from ..writing.template import CALLOUT, needed_styles
from .cleaning import cleaned

ENOUGH_CONTRAST = 4.5
WHITE = (255, 255, 255)


@dataclass(frozen=True)
class Checked:
    """A template that can be used, and what the person who chose it ought to know."""

    content: bytes
    notes: list[str] = field(default_factory=list)


def checked_letterhead(content: bytes) -> Checked:
    """Return a template for pages; raises ``Refused`` or ``UnusableTemplate`` with what to do."""
    template = cleaned(content, keeps_text=False)
    try:
        again = read(write(SAMPLE, template=template))
    except UnusableTemplate:
        raise
    except Exception as error:  # python-docx raises nearly anything for a part that is not as it expects.
        raise UnusableTemplate(
            _("No page could be written with this template (%(error)s).") % {"error": error}
        ) from error
    if _said(again) != _said(SAMPLE):
        raise UnusableTemplate(
            _(
                "A page written with this template could not be read again as it was: one of its styles is not what its "
                "name says. Make the template anew from a blank document in Word."
            )
        )
    return Checked(template, _notes(template))


def _notes(template: bytes) -> list[str]:
    document = Document(BytesIO(template))
    notes = []
    missing = [name for name, _kind, _dress in needed_styles() if name != CALLOUT and name not in document.styles]
    if missing:
        notes.append(
            _("Styles that the template lacks, and that look as ours do: %(names)s.") % {"names": ", ".join(missing)}
        )
    headings = {"Title", "Subtitle", *(f"Heading {level}" for level in range(1, 7))}
    faint = [s.name for s in document.styles if s.name in headings and _is_faint(s.font.color)]
    if faint:
        notes.append(
            _("Styles whose colour is too faint to be read by everybody: %(names)s. Choose a darker one.")
            % {"names": ", ".join(faint)}
        )
    if any(found.get("descr") is None for found in _pictures(document)):
        notes.append(
            _("Pictures in the header or footer without alternative text count as decoration. Word: View Alt Text.")
        )
    return notes


def _is_faint(colour) -> bool:
    if colour is None or not isinstance(colour.rgb, RGBColor):
        return False
    return contrast(tuple(colour.rgb), WHITE) < ENOUGH_CONTRAST


def _pictures(document):
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            yield from relation.target_part.element.iter(qn("wp:docPr"))


def _said(outline: Outline) -> list[tuple[str, str]]:
    """Return what each block is and says, without what is numbered by a style."""
    told = []
    for block in every_block(outline.blocks):
        kind = f"Heading {block.level}" if isinstance(block, Heading) else type(block).__name__
        if isinstance(block, Heading | Paragraph):
            told.append((kind, " ".join(plain(block.content).split())))
        elif isinstance(block, Table):
            told.append((kind, f"{block.header_rows} {len(block.rows)}"))
        elif isinstance(block, ItemList):
            told.append((kind, str(block.ordered)))
    return told


def _words(text: str) -> Paragraph:
    return Paragraph([Text(text)])


#: Seen by nobody: everything that a page can hold, written and read again.
SAMPLE = Outline(
    [
        Paragraph([Text("Title")], Role.TITLE),
        Paragraph([Text("Subtitle")], Role.SUBTITLE),
        *(Heading(level, [Text(f"Heading {level}")]) for level in range(1, 5)),
        Paragraph(
            [Text("Bold", bold=True), Text(" and "), Text("link", link=Link("https://example.org/")), NoteMark(1)]
        ),
        ItemList(False, [Item([_words("one"), ItemList(False, [Item([_words("within")])])])]),
        ItemList(True, [Item([_words("first")]), Item([_words("second")])]),
        Paragraph([Text("Caption")], Role.CAPTION),
        Table([Row([Cell([_words("Column")])]), Row([Cell([_words("Cell")])])], header_rows=1, description="Caption"),
        Quote([_words("Quote")]),
        Aside([_words("Notice")]),
    ],
    [Note([_words("Note")])],
    "en",
    {"title": "Title"},
)
