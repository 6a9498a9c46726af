"""Read a document's file and keep what it says; whatever the file is, the answer is a ``Reading`` or None."""

from __future__ import annotations

import hashlib
import logging

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from media.models import SiteDocument
from pages import typography
from pages.interchange.importers import open_file, suffixes
from pages.interchange.outline import Outline, ReadFile
from pages.interchange.package import MAX_FILE_BYTES, Reason, Refused

from . import audit
from .models import Reading, ReadingPicture, State
from .page_html import PageWriter, search_lines
from .pictures import Pictures

logger = logging.getLogger(__name__)

#: The reason of a failure that no importer foresaw.
FAILED = "failed"
MOST_CHARACTERS = 1_000_000


def can_be_read(document: SiteDocument) -> bool:
    """Return whether there is a reader for files of this kind."""
    return document.file_extension.lower() in suffixes()


def read(document: SiteDocument) -> Reading | None:
    """Make the page of a document anew; None where no plugin reads such files."""
    found = _opened(document)
    if found is None or isinstance(found, Reading):
        return found
    checksum, opened = found
    language = language_of(document, opened.outline)
    pictures = Pictures(opened, lambda number: reverse("readable:picture", args=[document.pk, checksum[:12], number]))
    with translation.override(site_language(language) or settings.LANGUAGE_CODE):
        writer = PageWriter(opened.outline, title=document.title, shown=pictures.shown)
        # Set once: a long text would take seconds on each visit.
        html = typography.polish_html(writer.body().replace("\0", ""), language)
    text = "\n".join(filter(None, search_lines(opened.outline)))[:MOST_CHARACTERS].replace("\0", "")
    return _keep(
        document,
        checksum,
        pictures.contents,
        state=State.READ,
        findings=audit.findings(opened.outline, document.page_count),
        language=language,
        html=html,
        headings=[[section.level, section.id, section.words] for section in writer.sections],
        text=text,
    )


def examine(document: SiteDocument) -> Reading | None:
    """Return what is kept of a document's file; of a file not seen yet, what an editor has to know at once."""
    known = Reading.objects.defer("html", "text").filter(document=document, checksum=document.checksum).first()
    if known:
        return known
    found = _opened(document)
    if found is None or isinstance(found, Reading):
        return found
    checksum, opened = found
    language = language_of(document, opened.outline)
    told = audit.findings(opened.outline, document.page_count)
    return _keep(document, checksum, [], state=State.EXAMINED, findings=told, language=language)


def language_of(document: SiteDocument, outline: Outline) -> str:
    """Return the language of the text: the editor's word before the file's own."""
    return document.language or outline.language


def site_language(code: str) -> str:
    """Return the site's language that a text is written in; empty where it is none of them."""
    primary = code.split("-")[0].lower()
    return primary if primary in dict(settings.LANGUAGES) else ""


def _opened(document: SiteDocument) -> tuple[str, ReadFile] | Reading | None:
    """Return the checksum and the opened file, or what is kept of one that was refused."""
    if not can_be_read(document):
        Reading.objects.filter(document=document).delete()
        return None
    checksum = document.checksum
    try:
        if (document.file_size or 0) > MAX_FILE_BYTES:
            raise Refused(Reason.TOO_LARGE)
        with document.open_file() as file:
            content = file.read(MAX_FILE_BYTES + 1)
        checksum = hashlib.sha256(content).hexdigest()
        # What a reader has to name by itself, such as a slide, it names in the language of the text.
        with translation.override(site_language(document.language) or settings.LANGUAGE_CODE):
            return checksum, open_file(document.filename, content)
    except Refused as error:
        return _refused(document, checksum, error.reason, error.detail)
    except Exception:  # an importer may be anybody's, and a worker has to go on
        logger.exception("Document %s could not be read", document.pk)
        return _refused(document, checksum, FAILED)


def _refused(document: SiteDocument, checksum: str, reason: str, detail: str = "") -> Reading:
    return _keep(document, checksum, [], state=State.REFUSED, reason=reason, reason_detail=detail[:200])


@transaction.atomic
def _keep(document: SiteDocument, checksum: str, pictures: list[bytes], **facts) -> Reading:
    """Put one reading in the place of the one before it, all at once."""
    # Of two readings of one document, the second waits for the first here.
    SiteDocument.objects.select_for_update().filter(pk=document.pk).first()
    Reading.objects.filter(document=document).delete()
    reading = Reading.objects.create(document=document, checksum=checksum, read_at=timezone.now(), **facts)
    ReadingPicture.objects.bulk_create(
        [ReadingPicture(reading=reading, number=n, content=content) for n, content in enumerate(pictures, 1)],
        batch_size=10,
    )
    shown = checksum if reading.state == State.READ else ""
    SiteDocument.objects.filter(pk=document.pk).update(text_checksum=shown)
    document.text_checksum = shown
    return reading
