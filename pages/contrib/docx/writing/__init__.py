"""An outline as a Word file that everybody can read (WCAG 2.2, EN 301 549 chapter 10, ISO/IEC 29500).

Made with python-docx; what it has no words for (languages, alternative texts, header rows, links,
lists that begin anew, footnotes) is written as WordprocessingML beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

from pages.interchange.outline import Outline

from ..marks import properties_of
from .custom import add_properties
from .languages import word_language
from .story import Writer
from .template import UnusableTemplate, has_frame, opened

__all__ = ["ReadPicture", "UnusableTemplate", "write"]

#: Return the bytes of a picture by the name that the outline calls it; None where there are none.
ReadPicture = Callable[[str], bytes | None]


def write(
    outline: Outline,
    read_picture: ReadPicture = lambda name: None,
    *,
    template: bytes | None = None,
    header: str = "",
    changed_at: datetime | None = None,
) -> bytes:
    """Return the outline as the bytes of a .docx.

    ``template`` is another .docx whose styles, header, footer and margins are taken, its text left out;
    where neither header nor footer is, ``header`` stands on top of each page and the page's number below. It is
    also the author of a text that names none. A picture that cannot be read is told by its alternative text.
    Raises ``UnusableTemplate``.
    """
    document = opened(template, outline.language or "en")
    writer = Writer(document, outline, read_picture)
    writer.write()
    if not has_frame(document):
        writer.add_frame(header)
    if outline.origin:
        add_properties(document, properties_of(outline.origin))
    properties = document.core_properties
    properties.title = outline.title[:255]
    properties.author = (outline.properties.get("author") or header)[:255]
    properties.subject = outline.properties.get("description", "")[:255]
    properties.last_modified_by = properties.author
    properties.comments = properties.keywords = ""
    properties.language = word_language(outline.language) if outline.language else ""
    moment = (changed_at or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = moment
    file = BytesIO()
    document.save(file)
    return file.getvalue()
