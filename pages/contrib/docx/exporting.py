"""A page as a Word file: the exporter that this room offers to the socket."""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pages.interchange.page_outline import PageText

from .stationery.keeping import letterhead
from .writing import write

logger = logging.getLogger(__name__)


class WordExporter:
    label = _("Download as a Word file (DOCX)")
    content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    can_come_back = True

    def mark(self, language: str) -> str:
        """Return what the look of the file depends on: the institution's template."""
        found = letterhead(language)
        return found.checksum if found else ""

    def write(self, text: PageText, *, header: str, changed_at: datetime) -> bytes:
        """Return the page on the institution's template, or on ours where that one is broken."""
        if found := letterhead(text.outline.language):
            try:
                return write(text.outline, text.read, template=found.content, header=header, changed_at=changed_at)
            except Exception:
                logger.exception("The Word template %s could not be used; ours was taken", found.checksum[:12])
        return write(text.outline, text.read, header=header, changed_at=changed_at)
