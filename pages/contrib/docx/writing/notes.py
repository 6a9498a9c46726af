"""Footnotes, which python-docx does not write: a part of their own, and their marks in the text."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from .elements import element, words

#: The two that Word draws itself: the line above the notes, and the one where they go on.
SEPARATORS = (("separator", -1), ("continuationSeparator", 0))


class NotesPart:
    """The footnotes of one document; the part is added when there is a note."""

    def __init__(self, document: WordDocument, styles: dict[str, str]):
        self.document = document
        self.styles = styles
        self.part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, b"", document.part.package)
        self.root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
        for kind, number in SEPARATORS:
            line = element("w:p", element("w:r", element(f"w:{kind}")))
            self.root.append(element("w:footnote", line, type=kind, id=number))
        self.count = 0

    def mark(self, number: int) -> Any:
        """Return the run that refers to a note, by its place in the outline."""
        style = element("w:rPr", element("w:rStyle", val=self.styles["footnote reference"]))
        return element("w:r", style, element("w:footnoteReference", id=number))

    def add(self, paragraphs: list[Any]) -> None:
        """Add the next note; it begins with its own number."""
        self.count += 1
        first = next((made for made in paragraphs if made.tag == qn("w:p")), None)
        if first is None:
            first = element("w:p")
            paragraphs = [first, *paragraphs]
        style = element("w:rPr", element("w:rStyle", val=self.styles["footnote reference"]))
        number = [element("w:r", style, element("w:footnoteRef")), element("w:r", words(" "))]
        properties = first.find(qn("w:pPr"))
        place = 0 if properties is None else 1
        for offset, run in enumerate(number):
            first.insert(place + offset, run)
        self.root.append(element("w:footnote", *paragraphs, id=self.count))

    def finish(self) -> None:
        """Put the notes into the document."""
        self.part._blob = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self.document.part.relate_to(self.part, RELATIONSHIP_TYPE.FOOTNOTES)
