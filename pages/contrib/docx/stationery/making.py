"""Documents made of a template: one of a workshop, or one for each person."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from ..writing import UnusableTemplate
from ..writing.elements import element
from ..writing.languages import word_language
from ..writing.template import add_missing_styles, set_language
from .cleaning import cleaned
from .fields import SHAPES
from .filling import Fault, Pattern
from .kinds import Kind

FAULTS_SHOWN = 10
#: Of all files of a ZIP together.
MAX_ZIP_BYTES = 100 << 20
_FIRST_PICTURE = 200_000


class Faulty(UnusableTemplate):
    """A template that names what there is not; ``faults`` are sentences with their places."""

    def __init__(self, faults: list[str]):
        super().__init__(" ".join(faults))
        self.faults = faults


def checked_pattern(content: bytes, kind: str) -> bytes:
    """Return a template for documents, cleaned; raises ``Refused`` or ``UnusableTemplate``."""
    template = cleaned(content, keeps_text=True)
    document = _opened(template)
    faults = [str(fault) for fault in _faults(document, kind)]
    if faults:
        raise Faulty(faults[:FAULTS_SHOWN])
    if not _names_fields(document):
        raise UnusableTemplate(
            _("The template names no field, so every document would be the same. Write for example {{ title }}.")
        )
    return template


def made(template: bytes, data: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """Return a document; raises ``UnusableTemplate`` or ``TooMuch``."""
    document = _opened(template)
    _fill_frames(document, data, language)
    Pattern(document.element.body, document.part).fill(data, language)
    return _saved(document, title, data, language)


def made_for_all(template: bytes, data: Mapping[str, Any], names: Sequence[str], *, language: str, title: str) -> bytes:
    """Return one document that begins a page for each person."""
    document = _opened(template)
    _fill_frames(document, data, language)
    pattern = Pattern(document.element.body, document.part)
    pages = [pattern.filled({**data, "name": name}, language) for name in names]
    _put(document, [found for number, page in enumerate(pages) for found in (_on_a_new_page(page) if number else page)])
    return _saved(document, title, data, language)


def made_for_each(
    template: bytes, data: Mapping[str, Any], names: Sequence[str], *, language: str, title: str
) -> bytes:
    """Return a ZIP with a document for each person."""
    # Opened once: what differs from person to person is the text and the title.
    document = _opened(template)
    _fill_frames(document, data, language)
    pattern = Pattern(document.element.body, document.part)
    file, size = io.BytesIO(), 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for number, name in enumerate(names, start=1):
            _put(document, pattern.filled({**data, "name": name}, language))
            content = _saved(document, f"{title}: {name}", data, language)
            size += len(content)
            if size > MAX_ZIP_BYTES:
                raise UnusableTemplate(_("The files would be too large together. Take one document for all instead."))
            slug = slugify(name, allow_unicode=True)[:60]
            archive.writestr(f"{number:03}-{slug}.docx" if slug else f"{number:03}.docx", content)
    return file.getvalue()


def _put(document: WordDocument, blocks: list[Any]) -> None:
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    body[:0] = blocks


def _opened(template: bytes) -> WordDocument:
    try:
        document = Document(io.BytesIO(template))
    except Exception as error:  # python-docx raises what its parser, zipfile or a missing part raise.
        raise UnusableTemplate(str(error)) from error
    add_missing_styles(document)
    return document


def _faults(document: WordDocument, kind: str) -> Iterator[Fault]:
    shape = SHAPES[kind]
    yield from Pattern(document.element.body).check(shape)
    # One header stands on the pages of all people.
    on_all_pages = {name: said for name, said in shape.items() if kind != Kind.CERTIFICATE or name != "name"}
    for part in _frames(document):
        yield from Pattern(part.element).check(on_all_pages)


def _names_fields(document: WordDocument) -> bool:
    stories = [document.element.body, *(part.element for part in _frames(document))]
    return any("{{" in "".join(words.text or "" for words in story.iter(qn("w:t"))) for story in stories)


def _fill_frames(document: WordDocument, data: Mapping[str, Any], language: str) -> None:
    for part in _frames(document):
        Pattern(part.element, part).fill(data, language)


def _frames(document: WordDocument) -> Iterator[Any]:
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            yield relation.target_part


def _on_a_new_page(blocks: list[Any]) -> list[Any]:
    first = blocks[0] if blocks else None
    if first is not None and first.tag == qn("w:p"):
        first.get_or_add_pPr().pageBreakBefore_val = True
        return blocks
    return [element("w:p", element("w:pPr", element("w:pageBreakBefore"))), *blocks]


def _saved(document: WordDocument, title: str, data: Mapping[str, Any], language: str) -> bytes:
    set_language(document, language)
    for number, described in enumerate(document.element.body.iter(qn("wp:docPr")), start=_FIRST_PICTURE):
        described.set("id", str(number))
    body = document.element.body
    end = body.find(qn("w:sectPr"))
    if end.getprevious() is None or end.getprevious().tag == qn("w:tbl"):
        end.addprevious(element("w:p"))
    properties = document.core_properties
    properties.title, properties.author = title[:255], str(data["site"])[:255]
    properties.last_modified_by = properties.author
    properties.subject = properties.comments = properties.keywords = ""
    properties.language = word_language(language)
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
