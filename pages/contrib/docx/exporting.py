"""A page as a Word file: the exporter that this room offers to the socket."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pages.interchange.page_outline import PageText

from .writing import write


class WordExporter:
    label = _("Download as a Word file (DOCX)")
    content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    can_come_back = True

    def write(self, text: PageText, *, header: str, changed_at: datetime) -> bytes:
        return write(text.outline, text.read, header=header, changed_at=changed_at)
